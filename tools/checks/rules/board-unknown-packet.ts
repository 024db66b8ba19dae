import { boardState, hasDocument, isStarted, workPackets } from '../../artifacts/index.ts';
import { stateSight } from '../about/sight.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  state: string;
}

export const boardUnknownPacket = defineRule<'tree', Args>({
  id: 'board/unknown-packet',
  summary: 'An entry of the Task Board names a work packet that has a document.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `An entry without stub, packet and refinement is a slip in the id, or what is left of a document that was taken away: what is superseded stays as history. Entries that are past STUB are the matter of board/packet-missing.`,
  message: ({ wpId, state }) => `Unexpected entry for ${wpId} (${state}), expected a document of that id`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const work of workPackets(tree).values()) {
      if (hasDocument(work) || isUnread(work.id)) continue;
      for (const entry of work.entries) {
        const state = boardState(entry);
        if (state === undefined || isStarted(state)) continue;
        yield { ...stateSight(entry), args: { wpId: work.id, state } };
      }
    }
  },
});
