import { count, spanPlace } from '../../text/index.ts';
import { replaced } from '../about/field-fix.ts';
import { defineRule } from '../rule.ts';

interface Args {
  marks: number;
}

export const textInnerBom = defineRule<'text', Args>({
  id: 'text/inner-bom',
  summary: 'A byte order mark (U+FEFF) stands nowhere but at the start of a file.',
  appliesTo: 'text',
  severity: 'warning',
  docs: `It cannot be seen, and comes in where files are put together. A heading, a bullet or a field behind it on its line is none to a reader of Markdown: what it says is lost without a word. The fix takes it out.`,
  message: ({ marks }) => `Unexpected ${count(marks, 'byte order mark')} within the text, expected none`,
  *check({ path, text, lines }) {
    if (!text.includes('\uFEFF')) return;
    for (const [index, line] of lines.entries()) {
      // One finding a line: a damaged file may hold a million of them.
      const places = [...line.matchAll(/\uFEFF/g)].map((match) =>
        spanPlace(path, index + 1, match.index + 1, 1),
      );
      if (places.length === 0) continue;
      const fix = places.flatMap((place) => replaced(place, ''));
      yield { place: places[0]!, args: { marks: places.length }, fix };
    }
  },
});
