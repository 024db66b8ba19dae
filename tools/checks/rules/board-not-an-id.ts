import { isWpId } from '../../artifacts/index.ts';
import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const boardNotAnId = defineRule<'board', Args>({
  id: 'board/not-an-id',
  summary: 'An entry of the Task Board names a work packet by its id.',
  appliesTo: 'board',
  severity: 'error',
  docs: `"WP-Ghost" has no phase and can be the id of no file: such an entry stands for nothing, and an old gate passed one among the validated. An id is WP-<phase>-<Name>, with -vN for a revision.`,
  message: ({ found }) => `Unexpected entry for "${found}", expected an id such as WP-1-Name-v1`,
  *check(board) {
    for (const { wpId, place } of board.entries) {
      if (isWpId(wpId)) continue;
      const at = board.file.lines[place.line - 1]!.indexOf(wpId);
      yield {
        place: spanPlace(board.path, place.line, at + 1, wpId.length),
        args: { found: wpId },
        found: wpId,
      };
    }
  },
});
