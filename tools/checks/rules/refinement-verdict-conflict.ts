import type { Refinement } from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
  expected: string;
  because: string;
}

export const refinementVerdictConflict = defineRule<'refinement', Args>({
  id: 'refinement/verdict-conflict',
  summary: 'Verdict, ambiguity and enrichment of a refinement say the same.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `If the spec covers the need clearly (PASS), it needs no enrichment (NO). If it does not (FAIL), the spec has to be enriched first (YES). A text that is ambiguous is not covered: AMBIGUITY_FOUND YES means FAIL and YES.

A refinement that says PASS and YES at once has been approved for what its author knew was not in the spec.`,
  message: ({ key, found, expected, because }) =>
    `Unexpected ${key} "${found}", expected ${expected} with ${because}`,
  *check({ verdict, ambiguityFound, enrichmentNeeded }: Refinement) {
    const wrong: { key: string; field: Field; expected: string; because: string }[] = [];
    if (ambiguityFound?.value === 'YES' && verdict?.value === 'PASS') {
      const because = 'AMBIGUITY_FOUND YES';
      wrong.push({ key: 'CLEARLY_COVERS_VERDICT', field: verdict, expected: 'FAIL', because });
    }
    if (enrichmentNeeded !== undefined && verdict !== undefined) {
      const expected = verdict.value === 'PASS' ? 'NO' : verdict.value === 'FAIL' ? 'YES' : undefined;
      const known = /^(?:YES|NO)$/.test(enrichmentNeeded.value);
      if (expected !== undefined && known && enrichmentNeeded.value !== expected) {
        const because = `CLEARLY_COVERS_VERDICT ${verdict.value}`;
        wrong.push({ key: 'ENRICHMENT_NEEDED', field: enrichmentNeeded, expected, because });
      }
    }
    for (const { key, field, expected, because } of wrong) {
      yield {
        place: field.place,
        args: { key, found: field.value, expected, because },
        expected,
        found: field.raw,
      };
    }
  },
});
