import { count, spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  marks: number;
  before: string;
}

export const textLoneCr = defineRule<'text', Args>({
  id: 'text/lone-cr',
  summary: 'A carriage return stands only before a line feed.',
  appliesTo: 'text',
  severity: 'warning',
  docs: `Some programs end a line at it and others do not, so that two readers see two documents: what stands behind it is a field, a heading or a table row to one of them only. Lines are counted differently from there on, too.

It comes from an old line end, and also from a command that a shell has read: the "\\r" of "\\rg" was one. Only its author knows which, so that nothing is mended by itself: put a line feed there, or the letter that was meant.`,
  message: ({ marks, before }) =>
    `Unexpected ${count(marks, 'carriage return')} within a line (before "${before}"), expected one only at its end`,
  *check({ path, text, lines }) {
    if (!text.includes('\r')) return;
    for (const [index, line] of lines.entries()) {
      const at = line.indexOf('\r');
      if (at < 0) continue;
      // One finding a line: of a file whose lines all end so, the whole text is one.
      const marks = line.split('\r').length - 1;
      const before = line.slice(at + 1, at + 21).replaceAll('\r', ' ');
      yield { place: spanPlace(path, index + 1, at + 1, 1), args: { marks, before }, found: '\r' };
    }
  },
});
