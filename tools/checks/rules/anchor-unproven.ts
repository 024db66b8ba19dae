import type { AnchorStatus } from '../../spec/index.ts';
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
  message: ({ anchor, why }) =>
    `Unexpected anchor "${anchor}" ${why}, expected a numbered heading in its place`,
  *check({ candidate, result }) {
    const why = WHY[result.status];
    if (why === undefined) return;
    yield { place: candidate.place, args: { anchor: result.query.number ?? candidate.text, why } };
  },
});
