import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
  first: string;
  line: number;
}

export const refinementContradiction = defineRule<'refinement', Args>({
  id: 'refinement/contradiction',
  summary: 'A field that decides something has one value in a refinement.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `Where a verdict, a status or a signature stands twice with two values, one reader takes the first and another the last, and both are right by their own rule. That is how a refinement passed whose real verdict was FAIL: an example above it said PASS.

Fences and comments do not count, so an example belongs in one. Keep the value that is true.`,
  message: ({ key, found, first, line }) =>
    `Unexpected second ${key} "${found}", expected "${first}" as in line ${line}`,
  *check({ contradictions }) {
    for (const { first, second } of contradictions) {
      yield {
        place: second.place,
        args: { key: second.key, found: second.raw, first: first.raw, line: first.place.line },
        found: second.raw,
        related: [{ place: first.place, note: 'the first value' }],
      };
    }
  },
});
