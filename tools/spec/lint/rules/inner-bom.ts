import { spanPlace } from '../../../text/index.ts';
import { defineLintRule } from '../rule.ts';

export const innerBom = defineLintRule<Record<string, never>>({
  id: 'spec/inner-bom',
  summary: 'A byte order mark (U+FEFF) stands nowhere but at the start of a file.',
  severity: 'warning',
  docs: `It cannot be seen, and comes in where files are put together. A heading behind it on its line is none to a reader of Markdown: its section is lost without a word. Take it out.`,
  message: () => 'Unexpected byte order mark within the text, expected none',
  *check({ index }) {
    for (const { path, lines } of index.files) {
      for (const [at, text] of lines.entries()) {
        for (let column = text.indexOf('\uFEFF'); column >= 0; column = text.indexOf('\uFEFF', column + 1))
          yield { place: spanPlace(path, at + 1, column + 1, 1), args: {} };
      }
    }
  },
});
