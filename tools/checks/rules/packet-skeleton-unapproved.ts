import type { Packet, Section } from '../../artifacts/index.ts';
import { isModern } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  section: string;
}

/** `SKELETON APPROVED` belongs before each of these, once something stands in them. */
const WORK = /^(?:IMPLEMENTATION|VALIDATION_REPORTS|VALIDATION(?: \(Coder\)| REPORT)?)(?![A-Z_])/i;

export const packetSkeletonUnapproved = defineRule<'packet', Args>({
  id: 'packet/skeleton-unapproved',
  summary: 'A line "SKELETON APPROVED" stands before what was implemented and validated.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `The skeleton is the moment to stop: interfaces are looked at before code is written to them. Its approval is a line that says "SKELETON APPROVED" and nothing else, outside fences and comments. The old gate asked for it only under headings that the current template does not have, so that 13 of 18 packets of that form were validated without one.

The sections IMPLEMENTATION and VALIDATION count once somebody has written into them; the template's own lines are no work. Packets without PACKET_FORMAT_VERSION are not asked.`,
  message: ({ section }) =>
    `Unexpected content under "${section}", expected a line "SKELETON APPROVED" before it`,
  *check(packet) {
    if (!isModern(packet)) return;
    const begun = packet.sections.find((section) => WORK.test(section.title) && hasWork(packet, section));
    if (begun === undefined) return;
    if (packet.skeletonApprovals.some(({ line }) => line < begun.line)) return;
    yield { place: begun.place, args: { section: begun.title } };
  },
});

/** Lines that are no placeholder of the template: `(Coder fills after skeleton approval.)`. */
function hasWork({ file, manifest }: Packet, { title, line, endLine }: Section): boolean {
  if (/^VALIDATION(?: |$)/i.test(title)) {
    return manifest.some(
      ({ path, target }) => target !== undefined && within(target.place.line) && path !== 'path/to/file',
    );
  }
  return file.lines
    .slice(line, endLine)
    .some(
      (text) =>
        text.trim() !== '' && !/^\s*(?:[-*+]\s+)?(?:\([^)]*\)|<[^>]*>|N\/A|NONE|-{3,})\.?\s*$/i.test(text),
    );

  function within(at: number): boolean {
    return at > line && at <= endLine;
  }
}
