import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../../artifacts/index.ts';
import { CONFIG_FILE, loadConfig } from '../../config/index.ts';
import { GovError } from '../../findings/index.ts';
import type { Snapshot } from '../../snapshot/index.ts';
import type { Call } from '../command.ts';
import { loadCallSpec } from '../load.ts';
import { count } from '../output.ts';
import type { DoctorRow } from '../schemas/doctor.ts';

type Row = Omit<DoctorRow, 'group'>;

/** Where the findings that were there at adoption are kept. */
const BASELINE = '.GOV/baseline.json';

/** The governance tree, its spec and its settings. What is wrong in them is told by `gov check`. */
export async function treeRows(call: Call, snapshot: Snapshot): Promise<DoctorRow[]> {
  const rows = await Promise.all([
    treeRow(call, snapshot),
    tried('spec', () => specRow(call, snapshot), 'name a spec in .GOV/roles_shared/SPEC_CURRENT.md'),
    tried('config', () => configRow(call, snapshot), `mend ${CONFIG_FILE}`),
  ]);
  return [...rows, baselineRow(call.root)].map((row) => ({ group: 'tree', ...row }));
}

async function treeRow({ root }: Call, snapshot: Snapshot): Promise<Row> {
  const name = 'tree';
  if (!existsSync(join(root, '.GOV')))
    return { name, state: 'fails', detail: `no .GOV under ${root}`, mend: 'gov init, or --root DIR' };
  const tree = await readTree(snapshot);
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
  return { name, state: 'warns', detail: `${detail}; ${absent}`, mend: 'gov init adds what is missing' };
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
  await loadConfig(snapshot);
  const detail = existsSync(join(root, CONFIG_FILE)) ? CONFIG_FILE : 'none: every default';
  return { name: 'config', state: 'works', detail };
}

function baselineRow(root: string): Row {
  const there = existsSync(join(root, BASELINE));
  return { name: 'baseline', state: 'works', detail: there ? BASELINE : 'none: every finding counts' };
}

async function tried(name: string, row: () => Promise<Row>, mend: string): Promise<Row> {
  try {
    return await row();
  } catch (error) {
    if (error instanceof GovError) return { name, state: 'fails', detail: error.message, mend };
    throw error;
  }
}
