import { openPackets } from '../../artifacts/index.ts';
import { selfSight } from '../about/sight.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
}

export const packetRefinementMissing = defineRule<'tree', Args>({
  id: 'packet/refinement-missing',
  summary: 'An open packet has the refinement that it was made from.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The refinement holds what was approved and signed: without it nothing shows that the packet asks for what the spec says. Packets of the first weeks had none; those that are done or superseded are left alone.`,
  message: ({ wpId }) =>
    `Unexpected open packet ${wpId} without a refinement, expected refinements/${wpId}.md`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const { id: wpId, packet, refinement } of openPackets(tree)) {
      if (refinement !== undefined || isUnread(wpId)) continue;
      yield { ...selfSight(packet), args: { wpId } };
    }
  },
});
