import { linePlace, type Severity } from '../../findings/index.ts';
import { isModern } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  section: string;
}

/** The first half is what a gate looks into; the others are where people look for an answer. */
const REQUIRED: readonly (readonly [section: string, severity: Severity])[] = [
  ['METADATA', 'error'],
  ['SCOPE', 'error'],
  ['QUALITY_GATE', 'error'],
  ['BOOTSTRAP', 'error'],
  ['SKELETON', 'error'],
  ['VALIDATION', 'error'],
  ['TECHNICAL_REFINEMENT', 'warning'],
  ['AUTHORITY', 'warning'],
  ['IMPLEMENTATION', 'warning'],
  ['EVIDENCE_MAPPING', 'warning'],
  ['EVIDENCE', 'warning'],
  ['VALIDATION_REPORTS', 'warning'],
];

export const packetSectionMissing = defineRule<'packet', Args>({
  id: 'packet/section-missing',
  summary: 'A packet of the current form has the sections of its template.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `Old gates looked for six words anywhere in the file: a packet passed that named "SKELETON" in a sentence and had no such section. A section is a heading outside fences and comments. Packets without PACKET_FORMAT_VERSION have had many forms and are not asked.`,
  message: ({ section }) => `Unexpected end of the packet, expected a section "${section}"`,
  *check(packet) {
    const { path, file, sections } = packet;
    if (!isModern(packet)) return;
    const last = linePlace(path, Math.max(file.lines.length, 1));
    for (const [section, severity] of REQUIRED) {
      const title = new RegExp(`^${section}(?![A-Z_])`, 'i');
      if (sections.some((each) => title.test(each.title))) continue;
      yield { place: last, args: { section }, severity };
    }
  },
});
