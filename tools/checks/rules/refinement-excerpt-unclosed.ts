import { defineRule } from '../rule.ts';

interface Args {
  line: number;
}

export const refinementExcerptUnclosed = defineRule<'refinement', Args>({
  id: 'refinement/excerpt-unclosed',
  summary: 'The fence around an excerpt is closed.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `An open fence takes all that follows for quoted text: the next anchors, the reasons, whatever stands below. Readers of Markdown then disagree about what the refinement says.

Close the fence. If the excerpt holds fences itself, use one that is longer than any of them.`,
  message: ({ line }) =>
    `Unexpected end of the excerpt, expected a fence that closes the one in line ${line}`,
  *check({ anchors }) {
    for (const { excerpt } of anchors) {
      if (excerpt === undefined || excerpt.closed) continue;
      yield { place: excerpt.place, args: { line: excerpt.place.line } };
    }
  },
});
