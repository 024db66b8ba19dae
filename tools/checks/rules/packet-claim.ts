import { isPlaceholder, packetState } from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
  expected: string;
}

const STRENGTHS = ['LOW', 'MEDIUM', 'HIGH', 'EXTRA_HIGH'];

export const packetClaim = defineRule<'packet', Args>({
  id: 'packet/claim',
  summary: 'A packet in progress says which model works on it, and how hard it thinks.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `CODER_MODEL and CODER_REASONING_STRENGTH claim the packet: who reads the board knows who works, and two coders do not start the same work. The old check knew one spelling of the status and one of the strength: "In-Progress" passed without a claim, and "HIGH (see note)" was refused. Here every spelling of the status counts, and a note in parentheses is a note.

Fill both in when the work begins. In packets without PACKET_FORMAT_VERSION this is a note.`,
  message: ({ key, found, expected }) =>
    `Unexpected ${key} ${found} in a packet in progress, expected ${expected}`,
  *check(packet) {
    if (packetState(packet) !== 'IN_PROGRESS' || packet.status === undefined) return;
    const severity = byAge(packet, 'info');
    const find = (key: string): Field | undefined => packet.fields.find((field) => field.key === key);
    const model = find('CODER_MODEL');
    const strength = find('CODER_REASONING_STRENGTH');
    for (const [key, field, expected, wrong] of [
      ['CODER_MODEL', model, 'the model that works on it', unclaimed(model)],
      [
        'CODER_REASONING_STRENGTH',
        strength,
        STRENGTHS.join(', '),
        unclaimed(strength) ?? (STRENGTHS.includes(strength!.value) ? undefined : `"${strength!.raw}"`),
      ],
    ] as const) {
      if (wrong === undefined) continue;
      const args = { key, found: wrong, expected };
      const found = field === undefined ? {} : { found: field.raw };
      yield { place: field?.place ?? packet.status.place, args, ...found, severity };
    }
  },
});

function unclaimed(field: Field | undefined): string | undefined {
  if (field === undefined) return 'absent';
  if (field.value === '') return 'without a value';
  return isPlaceholder(field.value) ? `"${field.value}"` : undefined;
}
