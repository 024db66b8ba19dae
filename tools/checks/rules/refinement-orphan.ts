import { revisionsOf, workPackets } from '../../artifacts/index.ts';
import { selfSight } from '../about/sight.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
}

export const refinementOrphan = defineRule<'tree', Args>({
  id: 'refinement/orphan',
  summary: 'A refinement belongs to a stub or a packet.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `A refinement without stub and packet was written for an id that is spelled otherwise elsewhere, or outlived what it was for. One that found the spec wanting (ENRICHMENT_NEEDED YES) and was followed by a later revision of the base has done its work: that is no finding.`,
  message: ({ wpId }) => `Unexpected refinement of ${wpId}, expected a stub or a packet of that id`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const { id: wpId, base, stub, packet, refinement } of workPackets(tree).values()) {
      if (refinement === undefined || stub !== undefined || packet !== undefined || isUnread(wpId)) continue;
      const enriched = refinement.enrichmentNeeded?.value.toUpperCase() === 'YES';
      const followed = revisionsOf(tree, base).some((other) => other.packet ?? other.stub);
      if (!(enriched && followed)) yield { ...selfSight(refinement), args: { wpId } };
    }
  },
});
