import { type PacketFacts, workPackets } from '../../artifacts/index.ts';
import type { Severity } from '../../findings/index.ts';
import { isModern } from '../about/packet-age.ts';
import { archivedFailures, endOf, latestSessions } from '../about/validations.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  count: number;
}

export const validatorGatesFailReset = defineRule<'tree', Args>({
  id: 'validator-gates/fail-reset',
  summary: 'A FAIL stands: no PASS of the same work packet takes its place by a reset.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The rules of the kernel call a FAIL permanent, and the recipe "reset --confirm" moves it among the archived sessions: what is live then shows a PASS alone, and whoever reads the board or the live session never learns that the work was refused.

It is an error where the packet does not tell of the FAIL either: append the report of the FAIL to the packet, before that of the PASS, or validate a new revision (-vN) of the work packet. It is a warning where the packet holds a report with verdict FAIL and a later one with PASS, since nothing is hidden then, and for packets without PACKET_FORMAT_VERSION, whose closed records are not written again. A FAIL that was set aside before anything else passed is no finding yet.`,
  message: ({ wpId, count }) =>
    `Unexpected PASS of ${wpId} after ${count === 1 ? 'a FAIL that was' : `${count} FAILs that were`} reset, expected a FAIL that stands`,
  *check(tree) {
    const packets = workPackets(tree);
    const latest = latestSessions(tree);
    for (const [wpId, archived] of archivedFailures(tree)) {
      const session = latest.get(wpId);
      if (session?.verdict?.text !== 'PASS') continue;
      const failures = archived.filter((failure) => endOf(failure) <= endOf(session));
      if (failures.length === 0) continue;
      const { place, source } = session.verdict;
      yield {
        place,
        args: { wpId, count: failures.length },
        found: source,
        severity: severityOf(packets.get(wpId)?.packet),
        related: failures.flatMap(({ verdict }) =>
          verdict ? [{ place: verdict.place, note: 'the FAIL that was reset' }] : [],
        ),
      };
    }
  },
});

/** Of a session without a packet nothing says that it is an old one. */
function severityOf(packet: PacketFacts | undefined): Severity {
  if (packet === undefined) return 'error';
  const { verdicts } = packet;
  const told = verdicts.includes('FAIL') && verdicts.at(-1) === 'PASS';
  return told || !isModern(packet) ? 'warning' : 'error';
}
