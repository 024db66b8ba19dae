import { linePlace } from '../../findings/index.ts';
import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

export const packetStatusMissing = defineRule<'packet', object>({
  id: 'packet/status-missing',
  summary: 'A packet says its status.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `Whether a packet may be worked on, is being worked on or is closed stands in its line "- **Status:** ...". Without it board, claim check and closure have nothing to compare with, and each assumes something else.

Write the line among the metadata: Ready for Dev, In Progress, Done. In packets without PACKET_FORMAT_VERSION this is a warning.`,
  message: () => 'Unexpected packet without a status, expected "- **Status:** ..." among the metadata',
  *check(packet) {
    if (packet.status !== undefined) return;
    yield {
      place: linePlace(packet.path, packet.metadata?.line ?? packet.title?.place.line ?? 1),
      args: {},
      severity: byAge(packet),
    };
  },
});
