import { isPlaceholder } from '../../artifacts/index.ts';
import { replaced } from '../about/field-fix.ts';
import { gapSeverity } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

/** Refinements from before this day have no such line: the law is younger than they are. */
const SINCE = '2026-01-06';

export const refinementApprovalEvidence = defineRule<'refinement', Args>({
  id: 'refinement/approval-evidence',
  summary: 'An approved refinement holds the words of its approval: "APPROVE REFINEMENT WP_ID".',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `USER_APPROVAL_EVIDENCE is the sentence that the Operator wrote, with the id of the work packet, so that an "ok" to something else cannot become an approval. The old gates looked at the line only where it was there: deleting it after the signature was enough.

Copy the sentence from the conversation. If it was another one, the approval was for something else. For refinements from before 2026-01-06, which know no such line, its absence is a warning.`,
  message: ({ found, expected }) => `Unexpected ${found}, expected "${expected}"`,
  *check(refinement) {
    if (gapSeverity(refinement) !== 'error') return;
    const { stem, approvalEvidence, createdAt, reviewStatus, signature } = refinement;
    const expected = `APPROVE REFINEMENT ${stem}`;
    if (approvalEvidence === undefined || isPlaceholder(approvalEvidence.value)) {
      const found =
        approvalEvidence === undefined
          ? 'approval without USER_APPROVAL_EVIDENCE'
          : 'approval without its words';
      const place = (approvalEvidence ?? reviewStatus ?? signature)!.place;
      const older = approvalEvidence === undefined && (createdAt?.value ?? SINCE) < SINCE;
      yield { place, args: { found, expected }, expected, severity: older ? 'warning' : 'error' };
      return;
    }
    const { raw, place } = approvalEvidence;
    if (raw === expected) return;
    // Quotes and a full stop are how a sentence is copied; other words are another sentence.
    const same = raw.replace(/^[`"']|[`"'.]+$/g, '') === expected;
    yield {
      place,
      args: { found: `approval "${raw}"`, expected },
      found: raw,
      expected,
      ...(same ? { fix: replaced(place, expected), severity: 'warning' as const } : {}),
    };
  },
});
