import type { Refinement } from '../../artifacts/index.ts';
import { isPlaceholder } from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import { replaced, valuePlace } from '../about/field-fix.ts';
import { gapSeverity } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
  words: string[];
}

type Row = readonly [
  key: string,
  words: readonly string[],
  field: (refinement: Refinement) => Field | undefined,
];

const WORDS: readonly Row[] = [
  ['USER_REVIEW_STATUS', ['PENDING', 'APPROVED'], ({ reviewStatus }) => reviewStatus],
  ['CLEARLY_COVERS_VERDICT', ['PASS', 'FAIL'], ({ verdict }) => verdict],
  ['AMBIGUITY_FOUND', ['YES', 'NO'], ({ ambiguityFound }) => ambiguityFound],
  ['ENRICHMENT_NEEDED', ['YES', 'NO'], ({ enrichmentNeeded }) => enrichmentNeeded],
];

export const refinementValueUnknown = defineRule<'refinement', Args>({
  id: 'refinement/value-unknown',
  summary: 'Review status, verdict, ambiguity and enrichment are one word of two.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `A gate compares these four with a word. "Approved", "yes" or "PASS with remarks" is none of the two that it knows, and what happens then is an accident: one script reads it as the other word, another as nothing. Remarks have a line of their own, and a note in parentheses does not count.

The fix spells the word as it is known where only its letters differ. PENDING is the template's word for a verdict that nobody gave yet: it is a warning in a draft.`,
  message: ({ key, found, words }) => `Unexpected ${key} "${found}", expected ${words.join(' or ')}`,
  *check(refinement) {
    for (const [key, words, read] of WORDS) {
      const field = read(refinement);
      if (field === undefined || words.includes(field.value)) continue;
      const open = field.value === 'PENDING';
      if (isPlaceholder(field.value) && !open) continue; // refinement/template-text and field-missing say that
      const spelled = words.find((word) => word === field.value.toUpperCase());
      const place = valuePlace(field);
      yield {
        place,
        args: { key, found: field.value, words: [...words] },
        found: field.value,
        ...(spelled === undefined ? {} : { expected: spelled, fix: replaced(place, spelled) }),
        ...(open ? { severity: gapSeverity(refinement) } : {}),
      };
    }
  },
});
