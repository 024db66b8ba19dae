import { prefixesOf } from '../../sections/headings.ts';
import type { Numbered } from '../../sections/numbering.ts';
import { headingPlace, relatedTo } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  number: string;
  under: string;
  expected: string;
}

export const misplacedSection = defineLintRule<Args>({
  id: 'spec/misplaced-section',
  summary: 'A section stands under the section that its number begins with.',
  severity: 'warning',
  docs: `Where number and place disagree, two readers find two authorities: the Coverage Matrix is asked by number, a reader sees the chapter around. A section that stands elsewhere is also missing from the text of the section it belongs to, and from its fingerprint: a change goes unseen.

Move the section, or give it the number of its place. Numbers of a pasted document that restart at 1 are reported by spec/local-numbers.`,
  message: ({ number, under, expected }) => `Unexpected ${number} under ${under}, expected ${expected}`,
  *check({ index, numbering }) {
    const { numbered, ownerOf, aroundOf } = numbering;
    const own = new Map<string, Numbered>();
    for (const section of numbered) {
      if (!ownerOf(section) && !own.has(section.number)) own.set(section.number, section);
    }
    for (const section of numbered) {
      const under = aroundOf(section)?.number;
      if (section.inPlace || under === undefined || ownerOf(section)) continue;
      const home = parentByNumber(section.number, own);
      const expected = home ? `it under ${home.number}` : `a number that begins with ${under}`;
      yield {
        place: headingPlace(index, section),
        args: { number: section.number, under, expected },
        ...(home && { related: [relatedTo(home)] }),
      };
    }
  },
});

/** The section with the longest number that the given one begins with. */
function parentByNumber(number: string, own: ReadonlyMap<string, Numbered>): Numbered | undefined {
  for (const prefix of prefixesOf(number)) {
    if (prefix === number) continue;
    const section = own.get(prefix);
    if (section) return section;
  }
  return undefined;
}
