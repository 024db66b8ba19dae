import { type PacketState, packetState } from '../../artifacts/index.ts';
import { replaced, valuePlace } from '../about/field-fix.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

const NORMAL: Readonly<Record<Exclude<PacketState, 'UNKNOWN'>, string>> = {
  READY_FOR_DEV: 'Ready for Dev',
  IN_PROGRESS: 'In Progress',
  BLOCKED: 'Blocked',
  DONE: 'Done',
  VALIDATED: 'Validated',
  FAIL: 'Fail',
  OUTDATED_ONLY: 'Outdated Only',
  SUPERSEDED: 'Superseded',
};

export const packetStatusSpelling = defineRule<'packet', Args>({
  id: 'packet/status-spelling',
  summary: 'The status of a packet is spelled as in the template.',
  appliesTo: 'packet',
  severity: 'info',
  docs: `"In-Progress", "IN_PROGRESS" and "In Progress" are one status here. Other scripts look for one spelling, and pass a packet that they should have stopped: the old claim check saw only "In Progress" and let 43 packets by.

The fix spells the word as the template does and leaves notes alone. It is offered where nothing but the spelling differs.`,
  message: ({ found, expected }) => `Unexpected spelling "${found}" of the status, expected "${expected}"`,
  *check(packet) {
    const { status } = packet;
    const state = packetState(packet);
    if (status === undefined || state === 'UNKNOWN') return;
    const expected = NORMAL[state];
    const letters = (text: string): string => text.toLowerCase().replace(/[ _-]+/g, ' ');
    if (status.value === expected || letters(status.value) !== letters(expected)) return;
    const place = valuePlace(status);
    const args = { found: status.value, expected };
    yield { place, args, ...args, fix: replaced(place, expected) };
  },
});
