import { linePlace } from '../../findings/index.ts';
import { gapSeverity } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

export const refinementNoAnchor = defineRule<'refinement', object>({
  id: 'refinement/no-anchor',
  summary: 'A refinement rests on at least one anchor in the Master Spec.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `Anchors are what the verdict speaks about: these lines of this spec cover the need. A refinement without one has judged nothing, whatever its boxes say.

Each stands under a heading "#### ANCHOR n" with SPEC_ANCHOR, CONTEXT_START_LINE, CONTEXT_END_LINE, CONTEXT_TOKEN and EXCERPT_ASCII_ESCAPED; "gov wp refine" fills them from the spec.`,
  message: () => 'Unexpected refinement without an anchor, expected "#### ANCHOR 1" under SPEC_ANCHORS',
  *check(refinement) {
    const { path, anchors, sections, file } = refinement;
    if (anchors.length > 0) return;
    const list = sections.find(({ title }) => /^SPEC_ANCHORS\b/.test(title));
    const place = list?.place ?? linePlace(path, Math.max(file.lines.length, 1));
    yield { place, args: {}, severity: gapSeverity(refinement) };
  },
});
