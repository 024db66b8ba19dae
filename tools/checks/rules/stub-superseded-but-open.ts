import { boardState, stubState, workPackets } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  where: string;
}

export const stubSupersededButOpen = defineRule<'tree', Args>({
  id: 'stub/superseded-but-open',
  summary: 'A stub that says it is superseded is offered neither by the Task Board nor by the registry.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The stub says that it is not to be activated, and the board lists it among those that may be, or the registry names it as what is in force. Move the entry to Superseded and point the row at what took its place.`,
  message: ({ wpId, found, where }) =>
    `Unexpected status "${found}" of ${wpId}, expected STUB, or no offer of it ${where}`,
  *check(tree) {
    for (const { id: wpId, stub, entries, rows } of workPackets(tree).values()) {
      if (stub?.status === undefined || stubState(stub) !== 'SUPERSEDED') continue;
      const onBoard = entries.filter((entry) => boardState(entry) === 'STUB').map(({ place }) => place);
      const inRegistry = rows
        .filter(({ activePacket }) => activePacket === stub.path)
        .map(({ activePlace }) => activePlace);
      const { raw: found, place } = stub.status;
      for (const [where, offers] of [
        ['on the Task Board', onBoard],
        ['in the registry', inRegistry],
      ] as const) {
        const related = offers.map((offer: Place) => ({ place: offer, note: 'the offer' }));
        if (related.length > 0) yield { place, found, args: { wpId, found, where }, related };
      }
    }
  },
});
