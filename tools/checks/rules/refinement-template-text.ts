import { gapSeverity } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

/** A key without a value is said by refinement/field-missing and refinement/anchor-incomplete. */
const KEY = /^(?:SPEC_ANCHOR|CONTEXT_(?:START_LINE|END_LINE|TOKEN)|AMBIGUITY_FOUND|SPEC_TARGET_RESOLVED)$/;
/** Beside a verdict an open box is an answer, which refinement/boxes-verdict compares with it. */
const BOX = /^\[ ?\]$/;

export const refinementTemplateText = defineRule<'refinement', Args>({
  id: 'refinement/template-text',
  summary: 'Nothing that the template leaves open is left in a refinement.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `"<fill>", "<pending>" and "{{WP_ID}}" are questions that the template asks. A refinement that still holds one has not answered it, and a gate that looks only for the field takes the question for the answer.

In a draft each is a warning, so that one run lists all that is left to do; once the refinement is approved or signed it is an error. What stands in quotes or in a code span is spoken about, and is none.`,
  message: ({ found }) => `Unexpected "${found}" of the template, expected an answer`,
  *check(refinement) {
    const { blanks, reviewStatus, signature, approvalEvidence } = refinement;
    // The Operator's own lines are open until the Operator has come; what is wrong with them has rules of its own.
    const operators = new Set([reviewStatus, signature, approvalEvidence].map((field) => field?.place.line));
    const severity = gapSeverity(refinement);
    const judged = /^(?:PASS|FAIL)$/.test(refinement.verdict?.value ?? '');
    const told = new Set(blanks.filter(({ text }) => !BOX.test(text)).map(({ place }) => place.line));
    for (const { text, place } of blanks) {
      // A box is filled in with the words beside it.
      if (BOX.test(text) && (judged || told.has(place.line))) continue;
      if (KEY.test(text) || operators.has(place.line)) continue;
      yield { place, args: { found: text }, found: text, severity };
    }
  },
});
