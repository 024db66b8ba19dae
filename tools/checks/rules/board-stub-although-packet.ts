import { boardState, workPackets } from '../../artifacts/index.ts';
import { selfSight, stateSight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
}

export const boardStubAlthoughPacket = defineRule<'tree', Args>({
  id: 'board/stub-although-packet',
  summary: 'The Task Board shows no [STUB] once the official packet is there.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The entry was left behind when the work packet was activated, so that the board offers for activation what is being worked on, or done. Move the entry to Ready for Dev, or take it out where another entry tells the state. The old check looked for one exact line, and for ids with -vN only.`,
  message: ({ wpId }) => `Unexpected state STUB of ${wpId}, expected another: its official packet is there`,
  *check(tree) {
    for (const { id: wpId, packet, entries } of workPackets(tree).values()) {
      if (packet === undefined) continue;
      for (const entry of entries) {
        if (boardState(entry) !== 'STUB') continue;
        const related = [{ place: selfSight(packet).place, note: 'the packet' }];
        yield { ...stateSight(entry), args: { wpId }, related };
      }
    }
  },
});
