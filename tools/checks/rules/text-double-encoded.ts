import { repairLine, spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const textDoubleEncoded = defineRule<'text', Args>({
  id: 'text/double-encoded',
  summary: 'Text was encoded once: "§" does not stand as "Â§".',
  appliesTo: 'text',
  severity: 'warning',
  message: ({ found, expected }) => `Unexpected "${found}", expected "${expected}" (encoded twice)`,
  *check(file) {
    for (const [index, text] of file.lines.entries()) {
      const repaired = repairLine(text);
      if (repaired === undefined) continue;
      const line = index + 1;
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
