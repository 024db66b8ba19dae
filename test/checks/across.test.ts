import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTo, type Facts, factsOf, type GovTree, type TreeFacts } from '../../tools/artifacts/index.ts';
import { RULES } from '../../tools/checks/index.ts';
import { checkAcross } from '../../tools/checks/judge/across.ts';
import { sortFindings } from '../../tools/findings/index.ts';
import { textAt, treeOf } from '../artifacts/memory.ts';
import { lineOf, readTreeFixtures, treeOfFixture } from './across-fixture.ts';
import { BOARD } from './base.ts';

const fixtures = readTreeFixtures();

/** What the rules see: the facts alone, as they are kept from one run to the next. */
function factsOfTree(tree: GovTree, shuffled: (documents: Facts[]) => Facts[] = (all) => all): TreeFacts {
  const facts: TreeFacts = {
    folder: tree.folder,
    pointers: tree.pointers,
    paths: tree.paths,
    unread: tree.unread,
    stubs: [],
    packets: [],
    refinements: [],
    validatorGates: [],
    ledger: [],
    findings: tree.findings,
  };
  const documents = [...tree.stubs, ...tree.packets, ...tree.refinements];
  const single = [tree.board, tree.registry, tree.audit, tree.gates, tree.pointer, tree.governanceSnapshot];
  const records = single.filter((each) => each !== undefined);
  const all = [...documents, ...records, ...tree.validatorGates];
  // They are kept as JSON: a place that is looked up when it is asked for has to survive that.
  const kept = all.map((each): Facts => JSON.parse(JSON.stringify(factsOf(each))));
  for (const one of shuffled(kept)) addTo(facts, one);
  facts.ledger.push(...tree.ledger);
  return facts;
}

describe('rules across documents', () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const findings = sortFindings(checkAcross(factsOfTree(await treeOfFixture(fixture)), 'v02.137'));
    expect(findings.map(lineOf)).toEqual(fixture.expected);
  });

  it('what is found is what stands at the place', async () => {
    let checked = 0;
    for (const fixture of fixtures) {
      const tree = await treeOfFixture(fixture);
      const files = new Map(tree.files.map((file) => [file.path, file]));
      for (const { place, found, rule, related } of checkAcross(tree, 'v02.137')) {
        const file = files.get(place.file)!;
        if (found !== undefined) expect([rule, textAt(file, place)]).toEqual([rule, found]);
        for (const other of related ?? []) expect(files.has(other.place.file)).toBe(true);
        checked += found === undefined ? 0 : 1;
      }
    }
    expect(checked).toBeGreaterThan(40);
  });

  it.each([
    ['a packet that cannot be read is not called missing', '.GOV/task_packets/WP-1-Blind-v1.md'],
    ['nor is one in a folder that cannot be looked into', '.GOV/task_packets'],
  ])('%s', async (_, path) => {
    const board = '- **[WP-1-Blind-v1]** - [IN_PROGRESS] - blocked_by: WP-1-Blind-v1, WP-1-Other-v1\n';
    const gates =
      '{"gate_logs":[{"wpId":"WP-1-Blind-v1","type":"PREPARE","timestamp":"2026-01-01T08:00:00Z"}]}';
    const tree = await treeOf({
      [BOARD]: board,
      '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json': gates,
    });
    const rules = (): string[] => checkAcross({ ...tree }, 'v02.137').map(({ rule }) => rule);
    expect(rules().sort()).toEqual([
      'board/blocked-by-unknown',
      'board/blocked-by-unknown',
      'board/packet-missing',
      'gates/orphan',
    ]);
    tree.unread.push(path);
    // The entry that waits for itself is wrong all the same.
    expect(new Set(rules())).toEqual(new Set(['board/blocked-by-unknown']));
  });

  it('the order in which documents were read changes nothing', async () => {
    for (const fixture of fixtures) {
      const tree = await treeOfFixture(fixture);
      const expected = sortFindings(checkAcross(factsOfTree(tree), 'v02.137'));
      const all = factsOfTree(tree);
      const count =
        all.stubs.length + all.packets.length + all.refinements.length + all.validatorGates.length + 6;
      const keys = fc.array(fc.double({ noNaN: true }), { minLength: count, maxLength: count });
      fc.assert(
        fc.property(keys, fc.nat(), (order, turn) => {
          const facts = factsOfTree(tree, (documents) =>
            documents
              .map((one, at) => ({ one, key: order[at]! }))
              .sort((a, b) => a.key - b.key)
              .map(({ one }) => one),
          );
          facts.ledger.splice(0, facts.ledger.length, ...rotated(facts.ledger, turn));
          expect(sortFindings(checkAcross(facts, 'v02.137'))).toEqual(expected);
        }),
        { numRuns: 20 },
      );
    }
  });

  it('every rule across documents has a fixture that triggers it', async () => {
    const triggered = new Set<string>();
    for (const fixture of fixtures)
      for (const { rule } of checkAcross(await treeOfFixture(fixture), 'v02.137')) triggered.add(rule);
    // That one is about a tree without a spec, and its fixture is among those of one document.
    const rules = RULES.filter(({ appliesTo, id }) => appliesTo === 'tree' && id !== 'anchor/no-spec');
    expect(rules.map(({ id }) => id).filter((id) => !triggered.has(id))).toEqual([]);
  });
});

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
