import type { TaskBoard } from '../../artifacts/index.ts';
import { scan, visibleLines } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  section: string;
}

/** Sections that hold entries and nothing else. */
const ENTRIES = /^(?:ready for dev|stub|in progress|done|blocked|superseded)\b/i;
const ITEM = /^ {0,3}[-*+]\s+(\S.*)$/d;

export const boardJunkEntry = defineRule<'board', Args>({
  id: 'board/junk-entry',
  summary: 'A bullet in a section of the Task Board that holds entries is an entry.',
  appliesTo: 'board',
  severity: 'error',
  docs: `An entry is "- **[WP_ID]** - [STATE]". A bullet that is written in another way is on the board for a person and nowhere for a tool: the work packet has no state, and nobody is told. Bullets in fences and comments are examples and are left alone.

Write it as an entry, or as a sentence without a bullet.`,
  message: ({ found, section }) =>
    `Unexpected bullet "${found}" under "${section}", expected "- **[WP_ID]** - [STATE]"`,
  *check(board) {
    const entries = new Set(board.entries.map(({ place }) => place.line));
    const visible = linesOf(board);
    for (const { title, line, endLine } of board.sections) {
      if (!ENTRIES.test(title)) continue;
      for (let at = line + 1; at <= endLine; at++) {
        const item = entries.has(at) ? null : ITEM.exec(visible[at - 1]!);
        // `- - -` is a line across the page.
        if (item === null || /^[-*_\s]+$/.test(item[0])) continue;
        const found = item[1]!.trimEnd();
        const place = spanPlace(board.path, at, item.indices![1]![0] + 1, found.length);
        yield { place, args: { found, section: title }, found };
      }
    }
  },
});

function linesOf({ file }: TaskBoard): string[] {
  return visibleLines(file.lines, scan(file.lines).fences);
}
