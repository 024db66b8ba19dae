import { entriesOf } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  expected: string;
}

/** `Done: WP-1-Demo-v1`: the section of the board, and the entry in it. */
const CELL = /^(.+?):\s*(WP-\S+)$/;

export const registryBoardMismatch = defineRule<'tree', Args>({
  id: 'registry/board-mismatch',
  summary: 'What a row of the traceability registry says of the Task Board is what the board says.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `The registry repeats where a packet stands on the board. The repetition is made by hand and forgotten by hand: it was wrong in 25 of 90 rows of one tree. Whoever reads the registry then starts work that is done, or waits for work that nobody does.

Write into the cell what the board says.`,
  message: ({ wpId, found, expected }) =>
    `Unexpected "${found}" for ${wpId}, expected "${expected}" as on the Task Board`,
  *check({ board, registry }) {
    if (board === undefined || registry === undefined) return;
    for (const row of registry.rows) {
      const [, found, wpId] = CELL.exec(row.taskBoard) ?? [];
      if (found === undefined || wpId === undefined) continue;
      const entries = entriesOf(board, wpId);
      if (entries.some(({ section }) => folded(section) === folded(found))) continue;
      const expected = entries[0]?.section ?? 'no entry';
      const related = entries.map(({ place }) => ({ place, note: 'the entry' }));
      yield { place: row.boardPlace, args: { wpId, found, expected }, expected, related };
    }
  },
});

/** Section titles without their remarks: `Stub Backlog (Not Activated)`. */
function folded(section: string): string {
  return section
    .replace(/\s*\(.*$/, '')
    .trim()
    .toLowerCase();
}
