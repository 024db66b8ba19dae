import type { Packet } from './packet.ts';
import { isClosed, packetState } from './packet-state.ts';
import type { Waiver } from './packet-waivers.ts';

/** The waivers that still apply on a day (`2026-02-24`): one that has expired is history (G29). */
export function waiversInForce(packet: Pick<Packet, 'waivers' | 'status'>, today: string): Waiver[] {
  const closed = isClosed(packetState(packet));
  return packet.waivers.filter(
    ({ lastDay, untilClosure }) => !(untilClosure && closed) && (lastDay === undefined || lastDay >= today),
  );
}
