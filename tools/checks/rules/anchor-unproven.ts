import type { AnchorStatus } from '../../spec/index.ts';
import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  anchor: string;
  why: string;
}

/** Each is enough for the gate to ask a human; none shows that the anchor is wrong. */
const WHY: Partial<Record<AnchorStatus, string>> = {
  NO_NUMBER: 'without a section number',
  HIDDEN_BY_BROKEN_FENCE: 'whose heading a broken fence hides',
  MISPLACED: 'whose heading stands under another section than its number says',
  ADDENDUM_PARAGRAPH: 'that leads to a bold paragraph',
};

export const anchorUnproven = defineRule<'anchor', Args>({
  id: 'anchor/unproven',
  summary:
    'An anchor leads to a visible heading in the place that its number says; otherwise nothing proves it.',
  appliesTo: 'anchor',
  severity: 'warning',
  docs: `The section is there, but not as a visible heading in the place that its number says: a broken fence hides it, it stands under another chapter, it is a bold paragraph, or the anchor has no number. The text may be right, which only a person can say.

Name the section by number and title. What is wrong in the spec itself is told by "gov spec lint".`,
  message: ({ anchor, why }) =>
    `Unexpected anchor "${anchor}" ${why}, expected a numbered heading in its place`,
  *check({ candidate, result }) {
    const why = WHY[result.status];
    if (why === undefined) return;
    const anchor = result.query.number ?? candidate.text;
    yield { ...sight(candidate.place, candidate.text), args: { anchor, why } };
  },
});
