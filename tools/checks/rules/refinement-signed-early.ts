import { isSigned } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const refinementSignedEarly = defineRule<'refinement', Args>({
  id: 'refinement/signed-early',
  summary: 'A refinement is signed after it was approved, and only where the spec needs no enrichment.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `The order is: show the block, wait for the approval, then ask for the signature. A signature under a review that is still PENDING was given for a text that may change. With ENRICHMENT_NEEDED YES there is nothing to sign yet: the spec is enriched first, and a new variant of the work packet is refined against the new version.`,
  message: ({ found, expected }) => `Unexpected signature with ${found}, expected ${expected} before it`,
  *check(refinement) {
    const { signature, reviewStatus, enrichmentNeeded } = refinement;
    if (signature === undefined || !isSigned(refinement)) return;
    const { place, raw: found } = signature;
    // refinement/value-unknown tells of the right word in a wrong spelling.
    if (reviewStatus?.value.toUpperCase() !== 'APPROVED') {
      const was =
        reviewStatus === undefined ? 'no USER_REVIEW_STATUS' : `USER_REVIEW_STATUS "${reviewStatus.value}"`;
      yield { place, args: { found: was, expected: 'APPROVED' }, found };
    }
    if (enrichmentNeeded?.value === 'YES') {
      yield { place, args: { found: 'ENRICHMENT_NEEDED YES', expected: 'the enriched spec' }, found };
    }
  },
});
