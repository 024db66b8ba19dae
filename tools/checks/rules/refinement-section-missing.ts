import { linePlace, type Severity } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  section: string;
}

/** Without the first four nothing can be judged; the others are what a person has to have thought of. */
const REQUIRED: readonly (readonly [section: string, title: RegExp, severity: Severity])[] = [
  ['METADATA', /^METADATA\b/, 'error'],
  ['CLEARLY_COVERS', /^CLEARLY_COVERS\b/, 'error'],
  ['ENRICHMENT', /^ENRICHMENT\b/, 'error'],
  ['SPEC_ANCHORS', /^SPEC_ANCHORS\b/, 'error'],
  ['GAPS_IDENTIFIED', /^GAPS_IDENTIFIED\b/, 'warning'],
  ['FLIGHT_RECORDER_INTERACTION', /^FLIGHT_RECORDER_INTERACTION\b/, 'warning'],
  ['RED_TEAM_ADVISORY', /^RED_TEAM_ADVISORY\b/, 'warning'],
  ['PRIMITIVES', /^PRIMITIVES\b/, 'warning'],
];

export const refinementSectionMissing = defineRule<'refinement', Args>({
  id: 'refinement/section-missing',
  summary: 'A refinement has the sections that its template has.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `Each field of a refinement is read from its own section: a verdict counts under CLEARLY_COVERS and nowhere else, so that an example or a quoted refinement cannot answer for the real one. Where the section is missing, so is the answer.

The sections about gaps, events, abuse and primitives hold what a person has to have thought of before the work starts; their absence is a warning. Write NONE and a reason where there is nothing.`,
  message: ({ section }) => `Unexpected end of the refinement, expected a section "${section}"`,
  *check({ path, file, sections, anchors }) {
    const last = linePlace(path, Math.max(file.lines.length, 1));
    for (const [section, title, severity] of REQUIRED) {
      // Anchors that were read show that their list is there, in whatever fence its heading got lost.
      if (section === 'SPEC_ANCHORS' && anchors.length > 0) continue;
      if (sections.some((each) => title.test(each.title))) continue;
      yield { place: last, args: { section }, severity };
    }
  },
});
