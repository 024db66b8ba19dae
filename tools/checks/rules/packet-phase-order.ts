import type { Section } from '../../artifacts/index.ts';
import { isModern } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  section: string;
  after: string;
}

const PHASES = [/^BOOTSTRAP\b/i, /^SKELETON\b/i, /^IMPLEMENTATION\b/i, /^VALIDATION(?![A-Z_])/i];

export const packetPhaseOrder = defineRule<'packet', Args>({
  id: 'packet/phase-order',
  summary: 'The phases of a packet stand in their order: BOOTSTRAP, SKELETON, IMPLEMENTATION, VALIDATION.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `A packet is written from top to bottom as the work goes on, and what is approved is what stands above the approval. A SKELETON below its IMPLEMENTATION was drawn after the code. Headings in a fence are examples: a fence of tildes, or of more marks than the one inside it, hides them as any other does.

The order is asked of packets with PACKET_FORMAT_VERSION.`,
  message: ({ section, after }) => `Unexpected section "${section}" after "${after}", expected it before`,
  *check(packet) {
    if (!isModern(packet)) return;
    let last: Section | undefined;
    for (const title of PHASES) {
      const section = packet.sections.find((each) => each.level === 2 && title.test(each.title));
      if (section === undefined) continue;
      if (last !== undefined && section.line < last.line) {
        yield {
          place: last.place,
          args: { section: last.title, after: section.title },
          related: [{ place: section.place, note: section.title }],
        };
      } else last = section;
    }
  },
});
