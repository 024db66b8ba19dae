import { isKnown } from '../../artifacts/index.ts';
import { sight } from '../about/sight.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
}

export const boardBlockedByUnknown = defineRule<'tree', Args>({
  id: 'board/blocked-by-unknown',
  summary: 'What an entry of the Task Board is blocked by is another work packet of this tree.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `A work packet that waits for one that does not exist, or for itself, waits for ever, and nobody is told that it may go on.`,
  message: ({ wpId, found }) =>
    found === wpId
      ? `Unexpected blocked_by ${found}, expected another work packet than the one that is blocked`
      : `Unexpected blocked_by ${found}, expected a work packet of this tree`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const { wpId, blockedBy } of tree.board?.entries ?? []) {
      for (const { id, place } of blockedBy) {
        if (id !== wpId && (isKnown(tree, id) || isUnread(id))) continue;
        yield { ...sight(place, id), args: { wpId, found: id } };
      }
    }
  },
});
