import { linePlace } from '../../../findings/index.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  line: number;
}

export const mixedLineEnds = defineLintRule<Args>({
  id: 'spec/mixed-line-ends',
  summary: 'The lines of a file of the spec end in one way.',
  severity: 'info',
  docs: `A file with LF and CRLF has another hash on every machine that sets line ends right, so that whoever pinned its hash is told of a change that is none. govkit reads both: anchors and fingerprints are the same. A line "*.md text eol=lf" in .gitattributes keeps it so.`,
  message: ({ line }) => `Unexpected line end in line ${line}, expected that of line 1`,
  *check({ index }) {
    for (const { path, mixedAt } of index.files) {
      if (mixedAt !== undefined) yield { place: linePlace(path, mixedAt), args: { line: mixedAt } };
    }
  },
});
