import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, readTree } from '../../tools/artifacts/index.ts';
import {
  type Ground,
  isSettled,
  openDossier,
  openLibrary,
  pinsOf,
  planAttest,
  type SpecLibrary,
  unknownGround,
  type WpItem,
  type WpStatus,
  wpStatus,
} from '../../tools/gate/index.ts';
import { plannedSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../tools/spec/index.ts';
import { memorySnapshot } from '../artifacts/memory.ts';
import { corpusRoot } from '../support/corpus.ts';
import { GOLDEN, GOLDEN_BRANCH, GOLDEN_WORKTREE, goldenFiles } from '../support/golden.ts';
import { type Corruption, corruptionsOf, PATHS } from './corruptions.ts';

/** The activation, and the documents around it that one of its records may be mistaken for. */
const OTHERS = [
  PATHS.stub,
  '.GOV/roles_shared/SPEC_CURRENT.md',
  '.GOV/task_packets/stubs/WP-1-Spec-Authoring-Rubric-v1.md',
];
const SPEC = 'Handshake_Master_Spec_v02.137.md';
const files: Record<string, Uint8Array> = {
  ...Object.fromEntries([...OTHERS, SPEC].map((path) => [path, readFileSync(join(corpusRoot, path))])),
  ...goldenFiles(),
};
const textOf = (path: string): string => Buffer.from(files[path]!).toString('utf8');

/** A repository that has all of it committed, with what PREPARE names. */
const ground: Ground = {
  ...unknownGround(Date.parse('2026-02-24T15:00:00Z')),
  committed: () => 'same',
  branches: new Set(['main', GOLDEN_BRANCH]),
  worktrees: [
    { path: '', branch: 'main' },
    { path: GOLDEN_WORKTREE, branch: GOLDEN_BRANCH },
  ],
};

let spec: SpecIndex;
let library: SpecLibrary;
let attested: Record<string, Uint8Array>;
let whole: GovTree;

/** The state of the work packet with some documents changed. A human has said that the anchors are Main Body. */
async function statusWith(change: Readonly<Record<string, string>>): Promise<WpStatus> {
  const tree = await readTree(plannedSnapshot(memorySnapshot(attested), new Map(Object.entries(change))));
  return wpStatus(tree, spec, GOLDEN, library, ground);
}

/** The same of one document: only that is read again, since the others are what they were. */
async function statusWithOne(path: string, text: string): Promise<WpStatus> {
  const snapshot = plannedSnapshot(memorySnapshot(attested), new Map([[path, text]]));
  const part = await readTree(snapshot, { globs: [path.slice('.GOV/'.length)] });
  const other = ({ path: own }: { path: string }): boolean => own !== path;
  const tree: GovTree = {
    ...whole,
    stubs: [...whole.stubs.filter(other), ...part.stubs],
    packets: [...whole.packets.filter(other), ...part.packets],
    refinements: [...whole.refinements.filter(other), ...part.refinements],
    findings: [...whole.findings.filter(({ place }) => place.file !== path), ...part.findings],
  };
  for (const key of ['board', 'registry', 'audit', 'gates'] as const)
    if (part[key] !== undefined) Object.assign(tree, { [key]: part[key] });
  return wpStatus(tree, spec, GOLDEN, library, ground);
}

beforeAll(async () => {
  attested = { ...files };
  const snapshot = memorySnapshot(files);
  const tree = await readTree(snapshot);
  spec = await loadSpec(snapshot, { root: corpusRoot });
  library = await openLibrary(snapshot, corpusRoot, pinsOf(tree), [spec]);
  const by = { actor: 'ilja', role: 'Operator', time: '2026-02-24T04:00:00Z' } as const;
  const dossier = openDossier(tree, spec, GOLDEN, library, ground);
  const item = itemOf(wpStatus(tree, spec, GOLDEN, library, ground), 'main_body');
  const { unmet, writes } = planAttest(dossier, by, {
    item: item!,
    reason: 'the fence is a slip of the editor',
  });
  expect(unmet).toEqual([]);
  for (const [path, text] of writes) if (path.includes('/ledger/')) attested[path] = Buffer.from(text!);
  whole = await readTree(memorySnapshot(attested));
});

const itemOf = ({ items }: WpStatus, intent: string): WpItem | undefined =>
  items.find((item) => item.intent === intent);

/** Why a corruption was not seen for what it is; undefined where it was. */
function missedBy({ intent, names, line, path }: Corruption, status: WpStatus): string | undefined {
  const item = itemOf(status, intent);
  if (item === undefined || isSettled(item.state)) return `${intent} is ${item?.state ?? 'not asked for'}`;
  const said = item.evidence.filter(({ detail }) => names.some((name) => detail.includes(name)));
  if (said.length === 0) return `not named: ${item.evidence.map(({ detail }) => detail).join(' | ')}`;
  if (line === undefined || said.some((each) => each.file === path && each.line === line)) return undefined;
  return `expected line ${line}: ${said.map((each) => `${each.line} ${each.detail}`).join(' | ')}`;
}

const corruptions = corruptionsOf(textOf);

describe('the golden activation, one field of it corrupted', () => {
  it('stands as it was made, with a word for what only a human can say', async () => {
    const { items } = await statusWith({});
    expect(items.map(({ intent, state }) => [intent, state])).toEqual([
      ['main_body', 'ATTESTED'],
      ['refinement_block', 'ATTESTED'],
      ['signature', 'ATTESTED'],
      ['refinement_file', 'PASS'],
      ['packet', 'PASS'],
      ['copy_notes', 'NEEDS_HUMAN'],
      ['board', 'PASS'],
    ]);
  });

  it('there are 500 and more, and no two are the same', () => {
    expect(corruptions.length).toBeGreaterThanOrEqual(500);
    expect(new Set(corruptions.map(({ path, text }) => `${path}\n${text}`)).size).toBe(corruptions.length);
    expect(corruptions.filter(({ path, text }) => text === textOf(path))).toEqual([]);
  });

  it('one document read again among the others says what all of them read again say', async () => {
    for (const path of Object.values(PATHS)) {
      const { text } = corruptions.find((each) => each.path === path)!;
      expect(await statusWithOne(path, text)).toEqual(await statusWith({ [path]: text }));
    }
  });

  it('each of them downgrades the item that reads it, which names the field', async () => {
    const missed: string[] = [];
    for (const corruption of corruptions) {
      const why = missedBy(corruption, await statusWithOne(corruption.path, corruption.text));
      if (why !== undefined) missed.push(`${corruption.name}: ${why}`);
    }
    expect(missed).toEqual([]);
  }, 200_000);
});
