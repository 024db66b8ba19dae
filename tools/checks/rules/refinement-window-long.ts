import { defineRule } from '../rule.ts';

interface Args {
  lines: number;
  limit: number;
}

/** The longest that was needed in a tree of 241 anchors has 214 lines. */
const LIMIT = 250;

export const refinementWindowLong = defineRule<'refinement', Args>({
  id: 'refinement/window-long',
  summary: `The window of an anchor has at most ${LIMIT} lines.`,
  appliesTo: 'refinement',
  severity: 'warning',
  docs: `A window from the first line of the spec to the last contains every token, and proves nothing. Half of all real windows have 21 lines or fewer. Name the lines that say what the work packet needs; several clauses are several anchors.`,
  message: ({ lines, limit }) => `Unexpected window of ${lines} lines, expected at most ${limit}`,
  *check({ anchors }) {
    for (const { window, endLine } of anchors) {
      const lines = window === undefined ? 0 : window.end - window.start + 1;
      if (lines <= LIMIT || endLine === undefined) continue;
      yield { place: endLine.place, args: { lines, limit: LIMIT }, found: endLine.raw };
    }
  },
});
