import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

const VERDICTS = ['PASS', 'FAIL'];

export const validatorGatesVerdictMismatch = defineRule<'validatorGates', Args>({
  id: 'validator-gates/verdict-mismatch',
  summary: 'A validation has one verdict, PASS or FAIL, and every gate of it that tells one tells the same.',
  appliesTo: 'validatorGates',
  severity: 'error',
  message: ({ found, expected }) => `Unexpected verdict ${found}, expected ${expected}`,
  *check({ sessions, archived }) {
    for (const { verdict, gates, entry } of [...sessions, ...archived]) {
      if (verdict === undefined || !VERDICTS.includes(verdict.text)) {
        const args = { found: verdict?.text ?? '(none)', expected: 'PASS or FAIL' };
        yield verdict ? { place: verdict.place, args, found: verdict.source } : { place: entry.place, args };
        continue;
      }
      for (const { gate, verdict: told } of gates) {
        if (told === undefined || told.text === verdict.text) continue;
        const args = {
          found: `${told.text} of ${gate.text}`,
          expected: `the ${verdict.text} of its session`,
        };
        yield { place: told.place, args, found: told.source };
      }
    }
  },
});
