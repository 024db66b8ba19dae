import { isPlaceholder, packetState } from '../../artifacts/index.ts';
import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const packetStatusUnknown = defineRule<'packet', Args>({
  id: 'packet/status-unknown',
  summary: 'The status of a packet is one that the protocol knows.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `A status with a condition in it ("Done, except the UI") is another status, and none that a gate knows. What the condition says belongs into a note in parentheses or below STATUS_HANDOFF. Notes, ticks and brackets do not count: "In Progress (not done yet)" is in progress, where an old gate found the word "done".

Known are Ready for Dev, In Progress, Blocked, Done, Validated, Fail, Outdated Only and Superseded, with blanks, dashes or underscores, in either case.`,
  message: ({ found }) =>
    `Unexpected status "${found}", expected Ready for Dev, In Progress, Blocked, Done, Validated, Fail, Outdated Only or Superseded`,
  *check(packet) {
    const { status } = packet;
    if (status === undefined || isPlaceholder(status.value) || packetState(packet) !== 'UNKNOWN') return;
    yield { place: status.place, args: { found: status.raw }, found: status.raw, severity: byAge(packet) };
  },
});
