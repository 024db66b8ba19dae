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
  message: ({ number, found, expected }) =>
    `Unexpected title "${found}" for ${number}, expected "${expected}"`,
  *check({ candidate, result }) {
    const { section, query, status } = result;
    if (status !== 'TITLE_MISMATCH' || section === undefined) return;
    yield {
      place: candidate.place,
      args: { number: query.number ?? query.text, found: query.title, expected: section.title },
      expected: section.title,
      found: query.title,
      related: [{ place: spanPlace(section.file, section.line, 1, 0), note: section.title }],
    };
  },
});
