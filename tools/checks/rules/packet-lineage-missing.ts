import { packetId } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  id: string;
  found: string;
}

/** How the template's own lines begin; each other line is an answer, also `NONE` and why. */
const TEMPLATE = /^(?:Required when|List every prior packet|Hard rule:|If this is not a revision)/;

export const packetLineageMissing = defineRule<'packet', Args>({
  id: 'packet/lineage-missing',
  summary: 'A packet that revises others says what became of them: LINEAGE_AUDIT.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `Packets are never rewritten once they are signed; what changes becomes "-v2". Then a demand of the first packet that the second does not repeat is lost without a decision. LINEAGE_AUDIT names every earlier packet of the same base and says what is kept and what is not.

It is asked of packets whose id ends in "-v2" or higher; the template's own lines do not count. In packets without PACKET_FORMAT_VERSION this is a note.`,
  message: ({ id, found }) =>
    `Unexpected ${found} in the revision ${id}, expected a LINEAGE_AUDIT that names the packets before it`,
  *check(packet) {
    const id = packetId(packet);
    if (Number(/-v(\d{1,9})$/.exec(id)?.[1] ?? 1) < 2) return;
    const { lineage, path, metadata } = packet;
    if (lineage?.wpIds.length || lineage?.lines.some(({ text }) => !TEMPLATE.test(text))) return;
    const place = lineage?.place ?? linePlace(path, metadata?.line ?? 1);
    const found = lineage === undefined ? 'absence of LINEAGE_AUDIT' : 'LINEAGE_AUDIT without an answer';
    yield { place, args: { id, found }, severity: byAge(packet, 'info') };
  },
});
