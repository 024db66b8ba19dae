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
  docs: `What comes next is decided from the status, and what was done is told by the gates. A status ahead of its gates lets a step pass that never happened, one behind makes somebody repeat it. Both come from editing by hand, or from a merge that took one line from each side. The gates are the record: set the status to the last of them.`,
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
