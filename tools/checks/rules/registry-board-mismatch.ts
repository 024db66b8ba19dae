import { standingOf, workPackets } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  expected: string;
}

export const registryBoardMismatch = defineRule<'tree', Args>({
  id: 'registry/board-mismatch',
  summary: 'What a row of the traceability registry says of the Task Board is what the board says.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `The registry repeats where a packet stands on the board. The repetition is made by hand and forgotten by hand: it was wrong in 26 of 90 rows of one tree. Whoever reads the registry then starts work that is done, or waits for work that nobody does.

Write into the cell what the board says, or put the entry on the board where there is none.`,
  message: ({ wpId, found, expected }) =>
    `Unexpected "${found}" for ${wpId}, expected "${expected}" as on the Task Board`,
  *check(tree) {
    if (tree.board === undefined) return;
    const packets = workPackets(tree);
    for (const { boardSection, boardId } of tree.registry?.rows ?? []) {
      if (boardSection === undefined || boardId === undefined) continue;
      const [found, wpId] = [boardSection.text, boardId.text];
      const entries = standingOf(packets.get(wpId)?.entries ?? []);
      if (entries.some(({ section }) => folded(section) === folded(found))) continue;
      const expected = entries[0]?.section ?? 'no entry';
      const related = entries.map(({ place }) => ({ place, note: 'the entry' }));
      yield { place: boardSection.place, args: { wpId, found, expected }, found, expected, related };
    }
  },
});

/** Section titles without their remarks: `Stub Backlog (Not Activated)`. */
function folded(section: string): string {
  const remark = section.indexOf('(');
  return section
    .slice(0, remark < 0 ? undefined : remark)
    .trim()
    .toLowerCase();
}
