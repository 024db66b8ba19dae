import { headingPlace } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  heading: string;
}

export const headingTitleMissing = defineLintRule<Args>({
  id: 'spec/heading-title-missing',
  summary: 'Every heading has a title.',
  severity: 'warning',
  docs: `An anchor is checked by the words of its title. A heading without words accepts every title, so that a section which was renumbered goes unseen.`,
  message: ({ heading }) => `Unexpected end of the heading ${heading}, expected a title`,
  *check({ index }) {
    for (const section of index.sections) {
      if (section.title !== '') continue;
      const heading = section.number ?? '#'.repeat(section.level);
      yield { place: headingPlace(index, section), args: { heading } };
    }
  },
});
