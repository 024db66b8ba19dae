import { judgeLine, spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  /** Absent where sound and broken text stand side by side: no repair gives that back. */
  expected?: string;
}

export const textDoubleEncoded = defineRule<'text', Args>({
  id: 'text/double-encoded',
  summary: 'Text was encoded once: "§" does not stand as "Â§".',
  appliesTo: 'text',
  severity: 'warning',
  docs: `Text that was written as UTF-8 and read as Windows-1252 comes out as "Â§" where "§" was, and once more for every program that does it again. Anchors with such a sign are not found, statuses are not recognised, and a spec changed in thousands of lines without a word being different.

The fix gives a line back as it was, and is offered only where encoding it again gives exactly what stands there. A line in which sound and broken text stand side by side has no such repair. "gov spec repair FILE" mends a whole file.`,
  message: ({ found, expected }) =>
    expected === undefined
      ? `Unexpected "${found}", expected text that was encoded once (it cannot be repaired without loss)`
      : `Unexpected "${found}", expected "${expected}" (encoded twice)`,
  *check(file) {
    for (const [index, text] of file.lines.entries()) {
      const { repaired, refused } = judgeLine(text) ?? {};
      const line = index + 1;
      if (refused?.why === 'mixed') {
        const { column, length, found } = refused;
        yield { place: spanPlace(file.path, line, column, length), args: { found }, found };
      }
      if (repaired === undefined) continue;
      const { found, expected } = repaired;
      yield {
        place: spanPlace(file.path, line, repaired.column, repaired.length),
        args: { found, expected },
        found,
        expected,
        // The whole line: further runs on it are repaired with the first.
        fix: [
          {
            range: { line, column: 1, endLine: line, endColumn: text.length + 1 },
            text: repaired.text,
          },
        ],
      };
    }
  },
});
