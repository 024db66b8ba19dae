import { groupBy } from '../../sections/numbering.ts';
import { headingPlace, lineSeenFrom, relatedTo } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  number: string;
  headings: number;
  first: string;
}

export const duplicateNumber = defineLintRule<Args>({
  id: 'spec/duplicate-number',
  summary: 'A section number stands once in its numbering.',
  severity: 'warning',
  docs: `An anchor is a number and a title. Where two headings carry the number, an anchor without the exact title is AMBIGUOUS, or resolves to the one that its author did not mean.

Numbers that restart inside a section, as in a document that was pasted in, are no duplicates of the spec's own; spec/local-numbers names those. gov spec list --duplicates shows every number that stands more than once. Give one of the headings a free number.`,
  message: ({ number, headings, first }) =>
    headings === 2
      ? `Unexpected second heading ${number}, expected one; the first is at ${first}`
      : `Unexpected ${headings} headings ${number}, expected one; the first is at ${first}`,
  *check({ index, numbering }) {
    const groups = groupBy(
      numbering.numbered,
      (section) => `${numbering.ownerOf(section)?.id ?? ''} ${section.number}`,
    );
    for (const [first, second, ...more] of groups.values()) {
      if (!first || !second) continue;
      yield {
        place: headingPlace(index, second),
        args: { number: first.number, headings: 2 + more.length, first: lineSeenFrom(second, first) },
        related: [first, ...more].map(relatedTo),
      };
    }
  },
});
