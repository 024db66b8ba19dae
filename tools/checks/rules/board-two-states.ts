import { type BoardEntry, isActiveLine } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  first: string;
  at: string;
}

export const boardTwoStates = defineRule<'board', Args>({
  id: 'board/two-states',
  summary: 'A work packet has one entry on the Task Board, and at most one line under Active beside it.',
  appliesTo: 'board',
  severity: 'error',
  docs: `One work packet was on a board as STUB and, sixty lines below, as VALIDATED. A script that looked for the first said that it had not begun, one that looked for the second that it was done, and no check noticed. A line under Active is the exception: it tells other branches who works, beside the entry itself.

Take out the entry that is not true.`,
  message: ({ wpId, found, first, at }) =>
    `Unexpected second entry for ${wpId} (${found}), expected one; the first is at ${at} (${first})`,
  *check(board) {
    const seen = new Map<string, BoardEntry>();
    for (const entry of board.entries) {
      const key = isActiveLine(entry) ? `${entry.wpId} active` : entry.wpId;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, entry);
        continue;
      }
      const at = `${first.place.line}:${first.place.column}`;
      yield {
        place: entry.place,
        args: { wpId: entry.wpId, found: state(entry), first: state(first), at },
        related: [{ place: first.place, note: `the first entry, ${state(first)}` }],
      };
    }
  },
});

function state(entry: BoardEntry): string {
  return entry.token === undefined ? 'no state' : `[${entry.token}]`;
}
