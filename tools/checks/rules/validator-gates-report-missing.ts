import { type ValidationSessionFacts, workPackets } from '../../artifacts/index.ts';
import { isModern } from '../about/packet-age.ts';
import { latestSessions } from '../about/validations.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  gate: string;
  verdict: string;
  found: string;
}

export const validatorGatesReportMissing = defineRule<'tree', Args>({
  id: 'validator-gates/report-missing',
  summary: 'A validation whose report was appended has that report in the packet, with the same verdict.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `WP_APPENDED says that the report stands in the packet, and COMMITTED that the work was merged because of it. The recipes that write these gates never looked into the packet: all four could be passed without a line of a report, and with one that says the contrary.

Append the report with its line "Verdict: ..." to the packet. A report whose verdict is no PASS, FAIL or OUTDATED_ONLY may say anything, and is not held against the gates. Validations that were set aside are history. For packets without PACKET_FORMAT_VERSION this is a warning.`,
  message: ({ wpId, gate, verdict, found }) =>
    `Unexpected ${gate} with ${found} in the packet of ${wpId}, expected a report with verdict ${verdict}`,
  *check(tree) {
    const packets = workPackets(tree);
    for (const [wpId, session] of latestSessions(tree)) {
      const packet = packets.get(wpId)?.packet;
      const gate = appended(session);
      const verdict = session.verdict?.text;
      if (packet === undefined || gate === undefined || verdict === undefined) continue;
      const told = packet.verdicts.at(-1);
      if (told === verdict || told === 'UNKNOWN') continue;
      yield {
        place: gate.place,
        args: { wpId, gate: gate.text, verdict, found: told ? `a report of ${told}` : 'no report' },
        found: gate.source,
        severity: isModern(packet) ? 'error' : 'warning',
      };
    }
  },
});

/** The first gate that a validation passes only with its report in the packet. */
function appended({ gates }: ValidationSessionFacts) {
  return gates.find(({ gate }) => gate.text === 'WP_APPENDED' || gate.text === 'COMMITTED')?.gate;
}
