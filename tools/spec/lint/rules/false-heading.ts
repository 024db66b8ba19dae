import { scan } from '../../../markdown/index.ts';
import { spanPlace } from '../../../text/index.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  text: string;
}

export const falseHeading = defineLintRule<Args>({
  id: 'spec/false-heading',
  summary: 'What looks like a chapter is one.',
  severity: 'info',
  docs: `A comment of a script (# like this) that lost its code fence is a heading of the first level for every reader of Markdown. It has no section number and no tag, so it was not read as a section: what follows it still belongs to the section before. Put the code back into its fence, or give the heading a number.`,
  message: ({ text }) =>
    `Unexpected heading "# ${text}", expected a section number or a tag, or code in its fence`,
  *check({ index }) {
    const sections = new Set(index.sections.map(({ file, line }) => `${line} ${file}`));
    for (const file of index.files) {
      for (const { level, line, text } of scan(file.lines, { repair: true }).headings) {
        if (level > 1 || sections.has(`${line} ${file.path}`)) continue;
        yield { place: spanPlace(file.path, line, 1, file.lines[line - 1]?.length ?? 0), args: { text } };
      }
    }
  },
});
