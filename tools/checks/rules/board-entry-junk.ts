import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

/** `key: value - key: value`, or a remark in parentheses. */
const DETAIL = /^(?:[A-Za-z][A-Za-z_]{0,40}:\s|\()/;

export const boardEntryJunk = defineRule<'board', Args>({
  id: 'board/entry-junk',
  summary: 'Behind the state of an entry stand details with a key, and nothing else.',
  appliesTo: 'board',
  severity: 'warning',
  docs: `Board lines are kept short so that they can be compared: the reason, the evidence and the history belong into the packet. What follows the state is read as "key: value" ("branch: ...", "blocked_by: ..."); loose words behind it say something that no reader understands, and an old gate did not even look at them.`,
  message: ({ found }) => `Unexpected "${found}" behind the state, expected "key: value" or nothing`,
  *check(board) {
    for (const { detail, place } of board.entries) {
      const found = detail.trim();
      if (found === '' || DETAIL.test(found)) continue;
      const at = board.file.lines[place.line - 1]!.lastIndexOf(found);
      yield { place: spanPlace(board.path, place.line, at + 1, found.length), args: { found }, found };
    }
  },
});
