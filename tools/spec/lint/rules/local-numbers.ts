import { count } from '../../../text/index.ts';
import { groupBy } from '../../sections/numbering.ts';
import { headingPlace, nameOf, relatedTo } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  owner: string;
  title: string;
  from: string;
  to: string;
  numbers: number;
  repeated: number;
}

export const localNumbers = defineLintRule<Args>({
  id: 'spec/local-numbers',
  summary: 'The numbers inside a section begin with the number of the section.',
  severity: 'info',
  docs: `A document that was pasted into a section kept chapters 1, 2, 3 of its own, so that its numbers also stand elsewhere: 11.5 may have four headings of which one is the spec's. An anchor is resolved to the heading in its chapter; one that means the local number needs the number of the section in front.

Number the pasted text below its section: 10.12.4 instead of 4.`,
  message: ({ owner, from, to, numbers, repeated }) =>
    `Unexpected chapters ${from} to ${to} of its own in ${owner} (${count(numbers, 'number')}, ${repeated} of them also elsewhere), expected numbers that begin with ${owner}`,
  *check({ index, numbering }) {
    const { numbered, ownerOf } = numbering;
    const times = groupBy(numbered, (section) => section.number);
    for (const [owner, sections] of groupBy(numbered, ownerOf)) {
      const chapters = sections.filter(({ number }) => !number.includes('.'));
      const [first] = chapters;
      if (!owner || !first) continue;
      const elsewhere = sections.filter((section) =>
        times.get(section.number)?.some((other) => ownerOf(other) !== owner),
      );
      const ordered = chapters.map(({ number }) => Number(number)).sort((a, b) => a - b);
      yield {
        place: headingPlace(index, first),
        args: {
          owner: owner.number ?? nameOf(owner),
          title: owner.title,
          from: String(ordered[0]),
          to: String(ordered.at(-1)),
          numbers: sections.length,
          repeated: elsewhere.length,
        },
        related: [relatedTo(owner)],
      };
    }
  },
});
