import type { Refinement } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import type { Field } from '../../markdown/index.ts';
import { gapSeverity } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
}

type Row = readonly [key: string, section: RegExp, field: (refinement: Refinement) => Field | undefined];

const METADATA = /^METADATA\b/;
const COVERS = /^CLEARLY_COVERS\b/;
const ENRICHMENT = /^ENRICHMENT\b/;

const REQUIRED: readonly Row[] = [
  ['WP_ID', METADATA, ({ wpId }) => wpId],
  ['SPEC_TARGET_RESOLVED', METADATA, ({ specTarget }) => specTarget],
  ['SPEC_TARGET_SHA1', METADATA, ({ specSha1 }) => specSha1],
  ['USER_REVIEW_STATUS', METADATA, ({ reviewStatus }) => reviewStatus],
  ['USER_SIGNATURE', METADATA, ({ signature }) => signature],
  ['CLEARLY_COVERS_VERDICT', COVERS, ({ verdict }) => verdict],
  ['CLEARLY_COVERS_REASON', COVERS, ({ coversReason }) => coversReason],
  ['ENRICHMENT_NEEDED', ENRICHMENT, ({ enrichmentNeeded }) => enrichmentNeeded],
];

export const refinementFieldMissing = defineRule<'refinement', Args>({
  id: 'refinement/field-missing',
  summary: 'A refinement says whose it is, which spec it read, how it judged and who agreed.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `The fields that a gate reads are there and have a value on their own line. An empty value is empty: the next line is never taken for it, which is how an empty CLEARLY_COVERS_REASON once passed with the line below as its reason.

In a draft a missing field is a warning; once the refinement is approved or signed it is an error, since somebody has agreed to what is not there. REASON_NO_ENRICHMENT is asked for only where ENRICHMENT_NEEDED is NO.`,
  message: ({ key, found }) => `Unexpected ${found}, expected ${key} with a value`,
  *check(refinement) {
    const { path, sections, ambiguityFound, enrichmentNeeded } = refinement;
    const rows: Row[] = [...REQUIRED];
    if (enrichmentNeeded?.value === 'NO')
      rows.push(['REASON_NO_ENRICHMENT', ENRICHMENT, (each) => each.noEnrichmentReason]);
    // Older refinements do not ask; who asks has to answer.
    if (ambiguityFound !== undefined) rows.push(['AMBIGUITY_FOUND', COVERS, () => ambiguityFound]);
    const severity = gapSeverity(refinement);
    for (const [key, title, read] of rows) {
      const field = read(refinement);
      const section = sections.find((each) => title.test(each.title));
      if (field === undefined && section === undefined) continue; // refinement/section-missing says that
      if (field !== undefined && field.value !== '') continue;
      const place = field?.place ?? linePlace(path, section?.line ?? 1);
      yield { place, args: { key, found: field ? 'empty value' : `absence of ${key}` }, severity };
    }
  },
});
