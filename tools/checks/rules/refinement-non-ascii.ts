import { spanPlace } from '../../text/index.ts';
import { replaced } from '../about/field-fix.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const refinementNonAscii = defineRule<'refinement', Args>({
  id: 'refinement/non-ascii',
  summary: 'A refinement is ASCII; other characters are written as \\uXXXX.',
  appliesTo: 'refinement',
  severity: 'warning',
  docs: `Excerpts are compared with the spec letter by letter, and a dash or a quotation mark that an editor or a shell has replaced makes a difference that nobody sees. Written as \\u2014 it survives every one of them. A byte order mark at the start of the file does not count: the template has one, and the old gates refused their own template for it.

The fix writes the escapes.`,
  message: ({ found, expected }) => `Unexpected "${found}", expected "${expected}" (ASCII)`,
  *check({ path, file }) {
    for (const [index, text] of file.lines.entries()) {
      // One finding a line, at the first: all of them are mended together.
      const runs = [...text.matchAll(/\P{ASCII}+/gu)].map(({ 0: found, index: at }) => ({
        found,
        place: spanPlace(path, index + 1, at + 1, found.length),
      }));
      const first = runs[0];
      if (first === undefined) continue;
      const expected = escaped(first.found);
      const fix = runs.flatMap(({ found, place }) => replaced(place, escaped(found)));
      yield { ...first, args: { found: first.found, expected }, expected, fix };
    }
  },
});

/** By code unit: a character beyond U+FFFF is two escapes, as in JSON. */
function escaped(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join('');
}
