import { spanPlace } from '../../text/index.ts';
import { replaced } from '../field-fix.ts';
import { defineRule } from '../rule.ts';

export const textInnerBom = defineRule<'text', object>({
  id: 'text/inner-bom',
  summary: 'A byte order mark (U+FEFF) stands nowhere but at the start of a file.',
  appliesTo: 'text',
  severity: 'warning',
  docs: `It cannot be seen, and comes in where files are put together. A heading, a bullet or a field behind it on its line is none to a reader of Markdown: what it says is lost without a word. The fix takes it out.`,
  message: () => 'Unexpected byte order mark within the text, expected none',
  *check({ path, text, lines }) {
    if (!text.includes('\uFEFF')) return;
    for (const [index, line] of lines.entries()) {
      for (let at = line.indexOf('\uFEFF'); at >= 0; at = line.indexOf('\uFEFF', at + 1)) {
        const place = spanPlace(path, index + 1, at + 1, 1);
        yield { place, args: {}, fix: replaced(place, '') };
      }
    }
  },
});
