import { linePlace } from '../../../findings/index.ts';
import { headingOfRow } from '../matrix-heading.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  number: string;
  title: string;
}

export const matrixUnknown = defineLintRule<Args>({
  id: 'spec/matrix-unknown',
  summary: 'Every row of the Coverage Matrix has its section.',
  severity: 'warning',
  docs: `A row without a section gives authority to a number that anybody may use next. Remove the row, or write the number that the section has now.`,
  message: ({ number, title }) => `Unexpected row ${number} ${title}, expected a section with that number`,
  *check({ index, numbering }) {
    for (const { number, title, file, line } of index.matrix ?? []) {
      if (headingOfRow(numbering, number)) continue;
      yield { place: linePlace(file, line), args: { number, title } };
    }
  },
});
