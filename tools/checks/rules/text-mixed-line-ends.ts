import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
  lines: number;
}

export const textMixedLineEnds = defineRule<'text', Args>({
  id: 'text/mixed-line-ends',
  summary: 'The lines of a file end in one way.',
  appliesTo: 'text',
  severity: 'warning',
  docs: `A file with LF and CRLF has another hash on every machine that sets line ends right: whoever pinned its bytes is told of a change that is none, and a diff shows lines that nobody touched.

The fix gives every line the end that most lines have. A line "*.md text eol=lf" in .gitattributes keeps it so.`,
  message: ({ found, expected, lines }) =>
    `Unexpected line end ${found} (in ${lines} of the file's lines), expected ${expected} as in the others`,
  *check({ path, text, lines, eol }) {
    if (eol !== 'mixed') return;
    const ends = endsOf(text);
    const crlf = ends.filter((end) => end === '\r\n').length;
    const major = crlf * 2 > ends.length ? '\r\n' : '\n';
    const wrong = ends.flatMap((end, index) => (end === major ? [] : [index]));
    const first = wrong[0]!;
    const nameOf = (end: string): string => (end === '\n' ? 'LF' : 'CRLF');
    yield {
      place: spanPlace(path, first + 1, lines[first]!.length + 1, 0),
      args: { found: nameOf(ends[first]!), expected: nameOf(major), lines: wrong.length },
      fix: wrong.map((index) => ({
        range: { line: index + 1, column: lines[index]!.length + 1, endLine: index + 2, endColumn: 1 },
        text: major,
      })),
    };
  },
});

/** The end of each line that has one. */
function endsOf(text: string): string[] {
  const ends: string[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    ends.push(text[at - 1] === '\r' ? '\r\n' : '\n');
  }
  return ends;
}
