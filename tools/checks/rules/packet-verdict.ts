import { latestReport, type Packet, type PacketState, packetState } from '../../artifacts/index.ts';
import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  status: string;
  found: string;
  expected: string;
}

/** The verdicts that a closed state can rest on. */
const VERDICTS: Partial<Record<PacketState, readonly string[]>> = {
  DONE: ['PASS', 'FAIL', 'OUTDATED_ONLY'],
  VALIDATED: ['PASS'],
  FAIL: ['FAIL'],
  OUTDATED_ONLY: ['OUTDATED_ONLY'],
};

export const packetVerdict = defineRule<'packet', Args>({
  id: 'packet/verdict',
  summary: 'A packet that is closed holds the verdict that closed it.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `"Done" is what a report of the Validator makes of a packet: a line "Verdict: PASS", "FAIL" or "OUTDATED_ONLY". A status without it was typed, and one that says more than the latest verdict is how work passed that had failed. Where there are several reports the latest counts, by number or by time.

Append the report, or set the status to what the report says. In packets without PACKET_FORMAT_VERSION this is a warning.`,
  message: ({ status, found, expected }) =>
    `Unexpected status "${status}" with ${found}, expected ${expected}`,
  *check(packet) {
    const { status } = packet;
    const allowed = VERDICTS[packetState(packet)];
    if (status === undefined || allowed === undefined) return;
    const report = latestReport(packet.reports);
    const verdict = report?.verdict;
    if (verdict !== undefined && allowed.includes(verdict)) return;
    const found = verdict === undefined ? 'no verdict' : `verdict ${verdict}`;
    const args = { status: status.value, found, expected: `a report with verdict ${allowed.join(', ')}` };
    const related = report && verdict ? [{ place: report.place, note: `the latest report, ${verdict}` }] : [];
    yield { place: status.place, args, found: status.raw, related, severity: severityOf(packet, verdict) };
  },
});

/** A report that nobody can read may say anything. */
function severityOf(packet: Packet, verdict: string | undefined) {
  return verdict === 'UNKNOWN' ? 'warning' : byAge(packet);
}
