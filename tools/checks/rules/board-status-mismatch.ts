import {
  type BoardState,
  isClosed,
  isEnded,
  type PacketState,
  packetState,
  standingOf,
  workPackets,
} from '../../artifacts/index.ts';
import { boardSays } from '../about/board-says.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  expected: BoardState;
}

export const boardStatusMismatch = defineRule<'tree', Args>({
  id: 'board/status-mismatch',
  summary: 'A packet does not say that it is open when the Task Board says that it is over, nor the reverse.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `The status in the packet is a copy of what the board says, and a Coder reads the packet. It is an error where the packet claims an end that the board does not know (VALIDATED, FAIL or SUPERSEDED beside an open entry), or another end than the board's; a warning where the packet of a finished work packet still says "In Progress". On the board as SUPERSEDED it is information: such a packet is locked history, and is not caught up. "Done" in a packet goes with every end.`,
  message: ({ wpId, found, expected }) =>
    `Unexpected status "${found}" of ${wpId}, expected ${expected} as on the Task Board`,
  *check(tree) {
    for (const { id: wpId, packet, entries } of workPackets(tree).values()) {
      if (packet?.status === undefined || entries.length === 0) continue;
      const state = boardSays(entries);
      if (state === undefined) continue;
      const own = packetState(packet);
      if (own === 'UNKNOWN' || agree(own, state)) continue;
      const { raw: found, place } = packet.status;
      const late = !isClosed(own) && isEnded(state);
      yield {
        place,
        found,
        expected: state,
        args: { wpId, found, expected: state },
        severity: !late ? 'error' : state === 'SUPERSEDED' ? 'info' : 'warning',
        related: standingOf(entries).map((entry) => ({ place: entry.place, note: 'the entry' })),
      };
    }
  },
});

function agree(own: PacketState, state: BoardState): boolean {
  // What was replaced keeps the end that it came to.
  if (state === 'SUPERSEDED') return isClosed(own);
  if (isEnded(state)) return own === 'DONE' || own === state;
  return !isClosed(own);
}
