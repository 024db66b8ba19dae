import { count } from '../../../text/index.ts';
import { groupBy } from '../../sections/numbering.ts';
import { headingPlace, nameOf, relatedTo } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  level: number;
  headings: number;
  parent: string;
  expected: number;
}

export const level = defineLintRule<Args>({
  id: 'spec/level',
  summary: 'A heading is one level below the section it stands in.',
  severity: 'info',
  docs: `A level that is left out makes the outline of every reader of Markdown wrong, and markdownlint (MD001) reports it. There is one finding for each section, at its first heading that skips a level; headings in the wrong place are left to spec/misplaced-section.`,
  message: ({ level, headings, parent, expected }) =>
    `Unexpected level ${level} below ${parent} (${count(headings, 'heading')}), expected level ${expected}`,
  *check({ index, numbering }) {
    const skipping = index.sections.filter(
      (section) =>
        section.container === undefined &&
        section.parent !== undefined &&
        (section.inPlace || numbering.ownerOf(section) !== undefined) &&
        section.level > index.sections[section.parent]!.level + 1,
    );
    for (const [parent, sections] of groupBy(skipping, (section) => index.sections[section.parent!]!)) {
      yield {
        place: headingPlace(index, sections[0]!),
        args: {
          level: sections[0]!.level,
          headings: sections.length,
          parent: parent.number ?? nameOf(parent),
          expected: parent.level + 1,
        },
        related: [relatedTo(parent)],
      };
    }
  },
});
