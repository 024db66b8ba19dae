import { boardState, isStarted, standingOf, workPackets } from '../../artifacts/index.ts';
import { stateSight } from '../about/sight.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  state: string;
}

export const boardPacketMissing = defineRule<'tree', Args>({
  id: 'board/packet-missing',
  summary: 'An entry of the Task Board that is past STUB has its official packet in the tree.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `Nobody can work on, or validate, what has no packet: the entry was moved before the packet was made, or names another id than the file. Create the packet, or put the entry back to the stubs.`,
  message: ({ wpId, state }) => `Unexpected state ${state} of ${wpId}, expected its official packet`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const { id: wpId, packet, entries } of workPackets(tree).values()) {
      if (packet !== undefined || isUnread(wpId)) continue;
      // Two entries miss one packet; that they are two is another rule's matter.
      const entry = standingOf(entries).find((each) => isStarted(boardState(each) ?? 'STUB'));
      if (entry === undefined) continue;
      yield { ...stateSight(entry), args: { wpId, state: boardState(entry)! } };
    }
  },
});
