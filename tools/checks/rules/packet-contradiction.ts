import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
  first: string;
  line: number;
}

export const packetContradiction = defineRule<'packet', Args>({
  id: 'packet/contradiction',
  summary: 'The ids and the signature of a packet have one value each.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `Where an id or a signature stands twice with two values, one reader takes the first and another the last. A quoted example belongs in a fence, where nobody takes it for a field. Keep the value that is true. In packets without PACKET_FORMAT_VERSION this is a warning.`,
  message: ({ key, found, first, line }) =>
    `Unexpected second ${key} "${found}", expected "${first}" as in line ${line}`,
  *check(packet) {
    for (const { first, second } of packet.contradictions) {
      yield {
        place: second.place,
        args: { key: second.key, found: second.raw, first: first.raw, line: first.place.line },
        found: second.raw,
        related: [{ place: first.place, note: 'the first value' }],
        severity: byAge(packet),
      };
    }
  },
});
