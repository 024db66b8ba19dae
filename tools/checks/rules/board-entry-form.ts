import type { BoardEntry, TaskBoard } from '../../artifacts/index.ts';
import { spanPlace } from '../../text/index.ts';
import { replaced } from '../about/field-fix.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const boardEntryForm = defineRule<'board', Args>({
  id: 'board/entry-form',
  summary:
    'An entry of the Task Board is spelled "- **[WP_ID]** - [STATE]", with one blank between its parts.',
  appliesTo: 'board',
  severity: 'warning',
  docs: `The entry is read in any of its spellings: with an asterisk for a bullet, indented, or with two blanks before the state. Other scripts compare whole lines. One looked for exactly "- **[ID]** - [STUB]" and let a packet pass as activated whose entry had a blank too many.

The fix writes the bullet and the blanks as they should be and leaves id, state and details alone.`,
  message: ({ found, expected }) => `Unexpected "${found}", expected "${expected}"`,
  *check(board) {
    for (const entry of board.entries) {
      const found = headOf(board, entry);
      const expected = `- **[${entry.wpId}]**${entry.token === undefined ? '' : ` - [${entry.token}]`}`;
      if (found === undefined || found === expected) continue;
      const place = spanPlace(board.path, entry.place.line, 1, found.length);
      yield { place, args: { found, expected }, found, expected, fix: replaced(place, expected) };
    }
  },
});

/** The line from its start to the end of the state, or of the id where there is no state. */
function headOf(board: TaskBoard, { place, token, tokenPlace }: BoardEntry): string | undefined {
  const text = board.file.lines[place.line - 1]!;
  if (token !== undefined) return text.slice(0, tokenPlace.endColumn - 1);
  return /^\s*[-*+]\s+\*\*\[WP-[^\]]*\]\*\*/.exec(text)?.[0];
}
