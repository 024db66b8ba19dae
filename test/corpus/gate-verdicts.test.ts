import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GovTree, type Intent, readTree } from '../../tools/artifacts/index.ts';
import {
  type Ground,
  openLibrary,
  pinsOf,
  type SpecLibrary,
  unknownGround,
  type WpStatus,
  wpStatus,
} from '../../tools/gate/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';

/**
 * fixtures/gate-verdicts.tsv: every work packet of upstream's gate log that was refined, signed and prepared, with
 * the state of each item, and the reason why a person who read its documents finds that right. `-`: the item is not
 * asked for. A FAIL of `main_body` without anchors is open, and not disproved: the old stubs name none.
 *
 * The corpus is judged as if it were committed, in a repository that has none of upstream's branches and worktrees:
 * no packet can be proven there, and what is said of it is that its branch is not here.
 */
interface Verdict {
  wpId: string;
  states: string[];
  reason: string;
}

const INTENTS: readonly Intent[] = [
  'main_body',
  'refinement_block',
  'signature',
  'refinement_file',
  'packet',
  'copy_notes',
  'board',
  'registry',
];
const FIXTURE = join(import.meta.dirname, 'fixtures', 'gate-verdicts.tsv');
const [header, ...records] = readFileSync(FIXTURE, 'utf8').trimEnd().split(/\r?\n/);
const verdicts = records.map((record): Verdict => {
  const [wpId = '', ...rest] = record.split('\t');
  return { wpId, states: rest.slice(0, INTENTS.length), reason: rest[INTENTS.length] ?? '' };
});

const ground: Ground = {
  ...unknownGround(Date.parse('2026-02-24T15:00:00Z')),
  committed: () => 'same',
  branches: new Set(['main']),
  worktrees: [{ path: '', branch: 'main' }],
};

let tree: GovTree;
let spec: SpecIndex;
let library: SpecLibrary;
let statuses: WpStatus[];

beforeAll(async () => {
  const snapshot = worktreeSnapshot(corpusRoot);
  [tree, spec] = await Promise.all([readTree(snapshot), loadSpec(snapshot, { root: corpusRoot })]);
  library = await openLibrary(snapshot, corpusRoot, pinsOf(tree), [spec]);
  const types = new Map<string, Set<string>>();
  for (const { wpId, type } of tree.gates!.events) types.set(wpId, (types.get(wpId) ?? new Set()).add(type));
  statuses = [...types]
    .filter(([, own]) => ['REFINEMENT', 'SIGNATURE', 'PREPARE'].every((type) => own.has(type)))
    .map(([wpId]) => wpStatus(tree, spec, wpId, library, ground));
});

const stateOf = ({ items }: WpStatus, intent: Intent): string =>
  items.find((item) => item.intent === intent)?.state ?? '-';

describe("the work packets of upstream's gate log", () => {
  it('47 were refined, signed and prepared, and each has its row and its reason', () => {
    expect(header!.split('\t')).toEqual(['wp_id', ...INTENTS, 'reason']);
    expect(statuses).toHaveLength(47);
    expect(verdicts.map(({ wpId }) => wpId)).toEqual(statuses.map(({ wp_id }) => wp_id));
    expect(verdicts.filter(({ reason }) => reason.length < 40)).toEqual([]);
    expect(new Set(verdicts.map(({ reason }) => reason)).size).toBeGreaterThan(35);
  });

  it('stand as reviewed, item by item', () => {
    const found = statuses.map((status) =>
      [status.wp_id, ...INTENTS.map((intent) => stateOf(status, intent))].join('\t'),
    );
    expect(found).toEqual(verdicts.map(({ wpId, states }) => [wpId, ...states].join('\t')));
  });

  it('no gate is open: nobody could have proven it then, and nobody can now', () => {
    expect(statuses.filter(({ ready, stage }) => ready || stage !== 'PACKET')).toEqual([]);
  });

  it('of 46 packets the branch is not here; one was never filled in', () => {
    const said = statuses.map(({ wp_id, items }) => {
      const { state, evidence } = items.find(({ intent }) => intent === 'packet')!;
      return [wp_id, state, evidence[0]!.detail];
    });
    const absent = said.filter(
      ([wpId, , detail]) =>
        detail!.startsWith('its branch feat/') && detail!.endsWith(' is not here') && wpId !== '',
    );
    expect(absent).toHaveLength(46);
    expect(said.filter((each) => !absent.includes(each))).toEqual([
      ['WP-1-Spec-Enrichment-Product-Governance-Consistency-v1', 'FAIL', 'YES | NO is not filled in'],
    ]);
  });

  it('whatever upstream typed is said to be worth what typing is', () => {
    const attested = statuses.flatMap(({ items }) => items.filter(({ state }) => state === 'ATTESTED'));
    expect(
      attested.filter(
        ({ evidence }) => !evidence.some(({ detail }) => detail.endsWith('could have been typed by anyone')),
      ),
    ).toEqual([]);
    expect(attested.length).toBeGreaterThan(80);
  });
});
