import { revisionsOf, stubState, workPackets } from '../../artifacts/index.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
}

export const stubActivatedWithoutPacket = defineRule<'tree', Args>({
  id: 'stub/activated-without-packet',
  summary: 'A stub that says it was activated has its official packet.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The gate refuses a stub that was activated, and there is no packet to work on either: the work packet is stuck. The packet may be one of another revision of the base. The reverse, a stub that still says STUB beside its packet, is how all of upstream's 30 activations look, and no finding: the stub is not edited when it is activated.`,
  message: ({ wpId, found }) => `Unexpected status "${found}" of ${wpId}, expected its official packet`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const { id: wpId, base, stub } of workPackets(tree).values()) {
      if (stub?.status === undefined || stubState(stub) !== 'ACTIVATED' || isUnread(wpId)) continue;
      if (revisionsOf(tree, base).some(({ packet }) => packet !== undefined)) continue;
      const { raw: found, place } = stub.status;
      yield { place, found, args: { wpId, found } };
    }
  },
});
