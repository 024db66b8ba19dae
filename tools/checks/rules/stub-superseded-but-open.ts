import { boardState, stateOfSection, stubState, workPackets } from '../../artifacts/index.ts';
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
        // A row has to name some file: one that says Superseded offers nothing.
        .filter(
          ({ activePacket, boardSection }) =>
            activePacket === stub.path && stateOfSection(boardSection?.text ?? '') !== 'SUPERSEDED',
        )
        .map(({ activePlace }) => activePlace);
      const where = [
        ...(onBoard.length > 0 ? ['on the Task Board'] : []),
        ...(inRegistry.length > 0 ? ['in the registry'] : []),
      ].join(' and ');
      if (where === '') continue;
      const { raw: found, place } = stub.status;
      const related = [...onBoard, ...inRegistry].map((offer) => ({ place: offer, note: 'the offer' }));
      yield { place, found, args: { wpId, found, where }, related };
    }
  },
});
