import { isPlaceholder, openPackets } from '../../artifacts/index.ts';
import { selfSight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  lacks: string;
}

export const packetRefinementUnsigned = defineRule<'tree', Args>({
  id: 'packet/refinement-unsigned',
  summary: 'The refinement of an open packet is approved and signed.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The order is refinement, approval, signature, packet. A packet that is open while its refinement is not signed was made by hand, or the refinement was changed since. Old scripts accepted a chain that was typed throughout; this looks at the refinement itself.`,
  message: ({ wpId, lacks }) => `Unexpected open packet ${wpId}, expected a refinement with ${lacks}`,
  *check(tree) {
    for (const { id: wpId, packet, refinement } of openPackets(tree)) {
      if (refinement === undefined) continue;
      const { reviewStatus, signature } = refinement;
      const lacking = [
        ...(reviewStatus?.value.toUpperCase() === 'APPROVED' ? [] : ['USER_REVIEW_STATUS APPROVED']),
        ...(isPlaceholder(signature?.value ?? '') ? ['a USER_SIGNATURE'] : []),
      ];
      if (lacking.length === 0) continue;
      const place = reviewStatus?.place ?? signature?.place ?? selfSight(refinement).place;
      yield {
        ...selfSight(packet),
        args: { wpId, lacks: lacking.join(' and ') },
        related: [{ place, note: 'the refinement' }],
      };
    }
  },
});
