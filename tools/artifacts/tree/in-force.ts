import { boardState, standingOf } from '../task-board.ts';
import { baseWpId } from '../wp-id.ts';
import type { PacketFacts, TreeFacts } from './facts.ts';
import { registryRowsOf, revisionsOf, workPackets } from './work-packets.ts';

/** A dependency names a base, a stub or an old revision: the registry says which packet is in force now. */
export function packetInForce(tree: TreeFacts, id: string): PacketFacts | undefined {
  const base = baseWpId(id);
  const active = registryRowsOf(tree, base)[0]?.activePacket;
  const named = revisionsOf(tree, base).find(({ packet }) => packet !== undefined && packet.path === active);
  return named?.packet ?? workPackets(tree).get(id)?.packet;
}

/** What stands in the way of whoever depends on a work packet; undefined where it is validated. */
export interface Hindrance {
  /** Absent where there is no packet at all. */
  packet?: PacketFacts;
  /** What the board says of the packet: `[IN_PROGRESS]`, or `not on the board`. */
  said: string;
}

export function hindranceOf(tree: TreeFacts, id: string): Hindrance | undefined {
  const packet = packetInForce(tree, id);
  if (packet === undefined) return { said: 'no packet' };
  const entries = standingOf(workPackets(tree).get(packet.stem)?.entries ?? []);
  // An entry twice proves neither of its states.
  if (entries.length === 1 && boardState(entries[0]!) === 'VALIDATED') return undefined;
  const said = entries.map(({ token }) => `[${token ?? 'no state'}]`).join(' and ');
  return { packet, said: said === '' ? 'not on the board' : said };
}
