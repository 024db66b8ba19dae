import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  number: string;
  found: string;
  expected: string;
}

export const anchorTitleMismatch = defineRule<'anchor', Args>({
  id: 'anchor/title-mismatch',
  summary:
    'The title of an anchor agrees with the section that has its number: numbers move, and rot silently.',
  appliesTo: 'anchor',
  severity: 'error',
  docs: `A number alone does not say which section was meant: sections are renumbered, and "2.9.3 Mutation Traceability" of one version is "2.9.3 Definitions" of a later one. Where title and number disagree the number leads to a text that nobody has read.

Look for the title with "gov spec list --title", and write the number that it has now; or write the title of the section that you mean.`,
  message: ({ number, found, expected }) =>
    `Unexpected title "${found}" for ${number}, expected "${expected}"`,
  *check({ candidate, result }) {
    const { section, query, status } = result;
    if (status !== 'TITLE_MISMATCH' || section === undefined) return;
    yield {
      place: candidate.place,
      args: { number: query.number ?? query.text, found: query.title, expected: section.title },
      expected: section.title,
      related: [{ place: spanPlace(section.file, section.line, 1, 0), note: section.title }],
    };
  },
});
