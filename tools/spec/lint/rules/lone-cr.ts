import { spanPlace } from '../../../text/index.ts';
import { defineLintRule } from '../rule.ts';

export const loneCr = defineLintRule<Record<string, never>>({
  id: 'spec/lone-cr',
  summary: 'A carriage return stands only before a line feed.',
  severity: 'warning',
  docs: `Some programs end a line at it and others do not: a heading behind it is seen by some of them only, and is no section here. Put a line feed in its place.`,
  message: () => 'Unexpected carriage return within a line, expected a line feed',
  *check({ index }) {
    for (const { path, lines } of index.files) {
      for (const [at, text] of lines.entries()) {
        for (let column = text.indexOf('\r'); column >= 0; column = text.indexOf('\r', column + 1))
          yield { place: spanPlace(path, at + 1, column + 1, 1), args: {} };
      }
    }
  },
});
