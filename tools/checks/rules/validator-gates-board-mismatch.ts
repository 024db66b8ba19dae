import { GATE_ORDERS, standingOf, type ValidationSessionFacts, workPackets } from '../../artifacts/index.ts';
import { boardSays } from '../about/board-says.ts';
import { stateSight } from '../about/sight.ts';
import { latestSessions } from '../about/validations.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  expected: string;
}

export const validatorGatesBoardMismatch = defineRule<'tree', Args>({
  id: 'validator-gates/board-mismatch',
  summary: 'What is VALIDATED on the Task Board was validated to the end, and passed.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `VALIDATED lets other work packets begin that wait for this one, and it was written by hand. It is an error where the latest validation ended in FAIL. It is a warning where that validation passed and stops before its last gate: the report may never have been shown, or the work never merged.

Only validations that stand in the validator's gates are held against the board; work packets older than these have none, and nothing is said of them. One that was set aside (archived) does not count. Go on with the validation, or set the entry to what came of it.`,
  message: ({ wpId, found, expected }) => `Unexpected VALIDATED of ${wpId}, expected ${expected}: ${found}`,
  *check(tree) {
    const packets = workPackets(tree);
    for (const [wpId, session] of latestSessions(tree)) {
      const entries = packets.get(wpId)?.entries ?? [];
      if (boardSays(entries) !== 'VALIDATED') continue;
      const against = contradiction(session);
      const entry = standingOf(entries).find(({ token }) => token === 'VALIDATED');
      if (against === undefined || entry === undefined) continue;
      const { found, expected, said, severity } = against;
      yield {
        ...stateSight(entry),
        args: { wpId, found, expected },
        severity,
        related: said === undefined ? [] : [{ place: said.place, note: 'the validation' }],
      };
    }
  },
});

function contradiction({ verdict, gates, order }: ValidationSessionFacts) {
  const last = gates.at(-1)?.gate;
  if (verdict?.text === 'FAIL') {
    const found = 'its latest validation has verdict FAIL';
    return { found, expected: 'FAIL', said: verdict, severity: 'error' as const };
  }
  // Gates in no order, and no verdict at all, have findings of their own.
  if (verdict?.text !== 'PASS' || order === undefined) return undefined;
  const next = order === 'both' ? 'the first gate' : GATE_ORDERS[order][gates.length];
  if (next === undefined) return undefined;
  const found =
    last === undefined ? 'its validation has no gates yet' : `its validation stops at ${last.text}`;
  return { found, expected: `${next} before it`, said: last ?? verdict, severity: 'warning' as const };
}
