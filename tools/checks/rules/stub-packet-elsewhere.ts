import { registryRowsOf, stubState, takenOverBy, workPackets } from '../../artifacts/index.ts';
import { selfSight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  other: string;
  linked: boolean;
}

export const stubPacketElsewhere = defineRule<'tree', Args>({
  id: 'stub/packet-elsewhere',
  summary: 'A stub whose work goes on in the packet of another revision is linked to it by the registry.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `The stub is of one id and the packet of another (the stub of revision 1, the packet of revision 2), so that by its own id the stub looks as if it had never been activated, and can be activated again. The note "activated from stub PATH" in the registry's row is the link; with it this is information, without it a warning.`,
  message: ({ wpId, other, linked }) =>
    linked
      ? `Unexpected stub ${wpId} that still says STUB, expected no second activation: ${other} was activated from it`
      : `Unexpected stub ${wpId} beside the later packet ${other}, expected "activated from stub" in the notes of the registry, or the status SUPERSEDED`,
  *check(tree) {
    for (const work of workPackets(tree).values()) {
      const { id: wpId, base, stub, packet } = work;
      if (stub === undefined || packet !== undefined || stubState(stub) !== 'STUB') continue;
      const other = takenOverBy(tree, work);
      if (other === undefined) continue;
      const linked = registryRowsOf(tree, base).some(({ activatedFrom }) => activatedFrom === stub.path);
      yield {
        ...selfSight(stub),
        args: { wpId, other: other.id, linked },
        severity: linked ? 'info' : 'warning',
        related: [{ place: selfSight(other.packet!).place, note: 'the packet' }],
      };
    }
  },
});
