import type { Packet, Sited } from '../../artifacts/index.ts';
import { spanPlace } from '../../text/index.ts';
import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

/** Examples that the template gives, as whole items of a list. */
const EXAMPLES =
  /^\s*[-*+]\s+(measurable criterion \d+|out\/of\/scope\/path|"exact symbol"|"error code"|"risk name" -> "impact")\s*$/d;

export const packetTemplateText = defineRule<'packet', Args>({
  id: 'packet/template-text',
  summary: 'What the Orchestrator fills in of a packet is filled in.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `METADATA, SCOPE, QUALITY_GATE, AUTHORITY, BOOTSTRAP and END_TO_END_CLOSURE_PLAN say what is to be built before anyone builds it. A packet that still said "<fill>", "path/to/file" and "LOW | MEDIUM | HIGH" there passed the old gate with "You may proceed with implementation".

Fill them in. The sections of the Coder and the Validator (IMPLEMENTATION, VALIDATION, EVIDENCE, ...) keep their template text until they come, and so do the CODER_ fields. In packets without PACKET_FORMAT_VERSION this is a warning.`,
  message: ({ found }) => `Unexpected "${found}" of the template, expected what this packet needs`,
  *check(packet) {
    const severity = byAge(packet);
    const found = [...packet.blanks, ...examplesIn(packet)];
    for (const { text, place } of found) yield { place, args: { found: text }, found: text, severity };
  },
});

function examplesIn({ path, file, sections }: Packet): Sited[] {
  const own = sections.filter(({ title }) => /^(?:SCOPE|QUALITY_GATE|BOOTSTRAP)\b/.test(title));
  return own.flatMap(({ line, endLine }) =>
    file.lines.slice(line, endLine).flatMap((text, index) => {
      const match = EXAMPLES.exec(text);
      if (match === null) return [];
      const column = match.indices![1]![0] + 1;
      return [{ text: match[1]!, place: spanPlace(path, line + 1 + index, column, match[1]!.length) }];
    }),
  );
}
