import { partsOf } from '../../sections/headings.ts';
import { headingPlace, lineSeenFrom } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  number: string;
  title: string;
  matrix: string;
}

export const matrixMissing = defineLintRule<Args>({
  id: 'spec/matrix-missing',
  summary: 'Every section X.Y of the main body has a row in the Coverage Matrix.',
  severity: 'warning',
  docs: `The authority of an anchor is that of its number's row. A section without a row is neither main body nor not: its anchors prove nothing. The roadmap itself and the appendices need no row.`,
  message: ({ number, title, matrix }) =>
    `Unexpected ${number} ${title} without a row, expected one in the Coverage Matrix at ${matrix}`,
  *check({ index, numbering }) {
    const rows = index.matrix ?? [];
    const [firstRow] = rows;
    if (!firstRow) return;
    const listed = new Set(rows.map(({ number }) => number));
    const sections = numbering.numbered.filter(
      (section) => partsOf(section.number).length === 2 && !numbering.ownerOf(section),
    );
    // Chapters stand at the first level, or at the second below the title of the spec.
    const level = Math.min(...sections.map((section) => section.level));
    for (const section of sections) {
      const { number, title } = section;
      if (section.level !== level || section.kind !== 'body' || listed.has(number)) continue;
      yield {
        place: headingPlace(index, section),
        args: { number, title, matrix: lineSeenFrom(section, firstRow) },
      };
    }
  },
});
