import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const validatorGatesStatusMismatch = defineRule<'validatorGates', Args>({
  id: 'validator-gates/status-mismatch',
  summary: 'The status of a validation is the last gate that it went through.',
  appliesTo: 'validatorGates',
  severity: 'error',
  message: ({ found, expected }) => `Unexpected status ${found}, expected ${expected} (its last gate)`,
  *check({ sessions, archived }) {
    for (const { status, gates, entry } of [...sessions, ...archived]) {
      const last = gates.at(-1)?.gate.text;
      if (last === undefined || status?.text === last) continue;
      if (status === undefined) yield { place: entry.place, args: { found: '(none)', expected: last } };
      else yield { place: status.place, args: { found: status.text, expected: last }, found: status.source };
    }
  },
});
