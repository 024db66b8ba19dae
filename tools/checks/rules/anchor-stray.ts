import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const anchorStray = defineRule<'stub', Args>({
  id: 'anchor/stray',
  summary: 'Each anchor candidate of a stub has a bullet of its own; a line without one is not counted.',
  appliesTo: 'stub',
  severity: 'warning',
  docs: `Candidates are read from bullets. A line without a dash of its own is read with the bullet above it, or as nothing: the stub then seems to rest on fewer clauses than its author wrote down.

Put a dash before it, or indent it under the bullet that it goes on with.`,
  message: ({ found }) =>
    `Unexpected text "${found}" among the anchor candidates, expected a bullet "- ${found}"`,
  *check(stub) {
    for (const { text, place } of stub.strayCandidates) yield { place, args: { found: text } };
  },
});
