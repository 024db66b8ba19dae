import { linePlace } from '../../../findings/index.ts';
import { defineLintRule } from '../rule.ts';

export const matrixAbsent = defineLintRule<Record<string, never>>({
  id: 'spec/matrix-absent',
  summary: 'The spec has a Coverage Matrix.',
  severity: 'info',
  docs: `The Coverage Matrix says which sections are main body. Without it the authority of every anchor is unknown. It is a table under a heading with the words "Coverage Matrix", with the columns Section, Title, Main Body Authority and Roadmap Coverage.`,
  message: () =>
    'Unexpected spec without a Coverage Matrix, expected a table "| Section | Title | Main Body Authority …"',
  *check({ index }) {
    const [file] = index.files;
    if (file && (index.matrix ?? []).length === 0) yield { place: linePlace(file.path, 1), args: {} };
  },
});
