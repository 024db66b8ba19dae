import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { baselinePath, CONFIG_FILE, type Config, defaultConfig, specPointers } from '../../config/index.ts';
import { GovError } from '../../findings/index.ts';
import type { Snapshot } from '../../snapshot/index.ts';
import { total } from '../check/adopt.ts';
import { readPolicy } from '../check/policy.ts';
import type { Call } from '../command.ts';
import { loadCallSpec, loadSettings } from '../load.ts';
import { count } from '../output.ts';
import type { DoctorRow } from '../schemas/doctor.ts';
import { loadTree } from '../tree.ts';

type Row = Omit<DoctorRow, 'group'>;

/** The governance tree, its spec and its settings. What is wrong in them is told by `gov check`. */
export async function treeRows(call: Call, snapshot: Snapshot): Promise<DoctorRow[]> {
  const config = await settings(snapshot);
  const { folder } = config.layout;
  const rows = await Promise.all([
    tried('tree', () => treeRow(call, snapshot, config), `mend ${folder}`),
    tried('spec', () => specRow(call, snapshot), `name a spec in ${specPointers({ folder })[0]}`),
    tried('config', () => configRow(call, snapshot), `mend ${CONFIG_FILE}`),
    tried('baseline', () => baselineRow(snapshot), `mend ${baselinePath(config)}`),
  ]);
  return rows.map((row) => ({ group: 'tree', ...row }));
}

/** One that cannot be read is told by its own row. */
function settings(snapshot: Snapshot): Promise<Config> {
  return loadSettings(snapshot).catch((error: unknown) => {
    if (error instanceof GovError) return defaultConfig;
    throw error;
  });
}

async function treeRow({ root }: Call, snapshot: Snapshot, config: Config): Promise<Row> {
  const name = 'tree';
  const { folder } = config.layout;
  if (!existsSync(join(root, folder)))
    return { name, state: 'fails', detail: `no ${folder} under ${root}`, mend: 'gov init, or --root DIR' };
  const tree = await loadTree(snapshot, config);
  const kinds = [
    count(tree.stubs.length, 'stub'),
    count(tree.packets.length, 'packet'),
    count(tree.refinements.length, 'refinement'),
  ];
  const missing = (['board', 'registry', 'audit', 'roles'] as const).filter(
    (kind) => tree[kind] === undefined,
  );
  const detail = `${count(tree.files.length, 'file')}: ${kinds.join(', ')}`;
  if (missing.length === 0) return { name, state: 'works', detail };
  const absent = `no ${missing.join(', ')}`;
  // gov init makes the usual folder and no other.
  const mend =
    folder === defaultConfig.layout.folder ? 'gov init adds what is missing' : `add it in ${folder}`;
  return { name, state: 'warns', detail: `${detail}; ${absent}`, mend };
}

async function specRow(call: Call, snapshot: Snapshot): Promise<Row> {
  const spec = await loadCallSpec(call, snapshot);
  const files = spec.files.length === 1 ? spec.files[0]!.path : `${spec.source} (${spec.files.length} files)`;
  return {
    name: 'spec',
    state: 'works',
    detail: `${files}, ${spec.version}, ${count(spec.sections.length, 'section')}`,
  };
}

async function configRow({ root }: Call, snapshot: Snapshot): Promise<Row> {
  await loadSettings(snapshot);
  const detail = existsSync(join(root, CONFIG_FILE)) ? CONFIG_FILE : 'none: every default';
  return { name: 'config', state: 'works', detail };
}

/** Where the findings that were there at adoption are kept. */
async function baselineRow(snapshot: Snapshot): Promise<Row> {
  const { path, entries } = (await readPolicy({ snapshot, policy: snapshot })).baseline;
  const detail =
    entries === undefined ? 'none: every finding counts' : `${path}, ${count(total(entries), 'finding')}`;
  return { name: 'baseline', state: 'works', detail };
}

async function tried(name: string, row: () => Promise<Row>, mend: string): Promise<Row> {
  try {
    return await row();
  } catch (error) {
    if (!(error instanceof GovError)) throw error;
    // What the configuration breaks is mended there, whichever row asks for it.
    const config = error.message.startsWith(`${CONFIG_FILE}:`);
    return { name, state: 'fails', detail: error.message, mend: config ? `mend ${CONFIG_FILE}` : mend };
  }
}
