import { GATE_ORDERS, type ValidationSession } from '../../artifacts/index.ts';
import { defineRule, type Report } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const validatorGatesIncompletePass = defineRule<'validatorGates', Args>({
  id: 'validator-gates/incomplete-pass',
  summary: 'What is committed has passed, and what has passed goes through every gate.',
  appliesTo: 'validatorGates',
  severity: 'error',
  docs: 'A PASS that stops early is a warning: its validator may still be at work. One that was set aside is history.',
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check({ sessions, archived }) {
    for (const session of [...sessions, ...archived]) {
      yield* unearned(session);
      yield* unfinished(session);
    }
  },
});

function* unearned({ gates, verdict }: ValidationSession): Generator<Report<Args>> {
  if (verdict?.text === 'PASS') return;
  const said = verdict === undefined ? 'without a verdict' : `with verdict ${verdict.text}`;
  for (const { gate } of gates) {
    if (gate.text !== 'COMMITTED') continue;
    yield { place: gate.place, args: { found: `COMMITTED ${said}`, expected: 'a PASS' }, found: gate.source };
  }
}

function* unfinished({ gates, verdict, order, archived }: ValidationSession): Generator<Report<Args>> {
  const last = gates.at(-1)?.gate;
  if (archived || verdict?.text !== 'PASS' || order === undefined || order === 'both') return;
  const next = GATE_ORDERS[order][gates.length];
  if (last === undefined || next === undefined) return;
  const args = { found: `end of a PASS at ${last.text}`, expected: `${next} after it` };
  yield { place: last.place, args, found: last.source, severity: 'warning' };
}
