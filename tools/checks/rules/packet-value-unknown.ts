import { isPlaceholder } from '../../artifacts/index.ts';
import { replaced, valuePlace } from '../about/field-fix.ts';
import { isModern } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
  words: string[];
}

const WORDS: readonly (readonly [key: string, words: readonly string[]])[] = [
  ['AGENTIC_MODE', ['YES', 'NO']],
  ['RISK_TIER', ['LOW', 'MEDIUM', 'HIGH']],
];

export const packetValueUnknown = defineRule<'packet', Args>({
  id: 'packet/value-unknown',
  summary: 'AGENTIC_MODE and RISK_TIER of a packet are words that a gate knows.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `A gate asks for more where the risk is high or where agents work by themselves, and compares these fields with a word to know. "high-ish" is none, and asks for nothing. The fix spells a word whose letters are right. Packets without PACKET_FORMAT_VERSION are not asked.`,
  message: ({ key, found, words }) => `Unexpected ${key} "${found}", expected ${words.join(' or ')}`,
  *check(packet) {
    if (!isModern(packet)) return;
    for (const [key, words] of WORDS) {
      const field = packet.fields.find((each) => each.key === key);
      if (field === undefined || isPlaceholder(field.value) || words.includes(field.value)) continue;
      // packet/template-text tells of a choice that nobody made.
      if (packet.blanks.some(({ place }) => place.line === field.place.line)) continue;
      const place = valuePlace(field);
      const spelled = words.find((word) => word === field.value.toUpperCase());
      yield {
        place,
        args: { key, found: field.value, words: [...words] },
        found: field.value,
        ...(spelled === undefined ? {} : { expected: spelled, fix: replaced(place, spelled) }),
      };
    }
  },
});
