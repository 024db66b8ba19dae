import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const anchorStray = defineRule<'stub', Args>({
  id: 'anchor/stray',
  summary: 'Each anchor candidate of a stub has a bullet of its own; a line without one is not counted.',
  appliesTo: 'stub',
  severity: 'warning',
  message: ({ found }) =>
    `Unexpected text "${found}" among the anchor candidates, expected a bullet "- ${found}"`,
  *check(stub) {
    for (const { text, place } of stub.strayCandidates) yield { place, args: { found: text } };
  },
});
