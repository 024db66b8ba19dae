import { spanPlace } from '../../../text/index.ts';
import { defineLintRule } from '../rule.ts';

export const bom = defineLintRule<Record<string, never>>({
  id: 'spec/bom',
  summary: 'A file of the spec begins with its text, not with a byte order mark.',
  severity: 'info',
  docs: `A byte order mark is no text, and every reader must know to skip it; a script that does not finds no front matter and no title. govkit skips it: anchors and fingerprints are the same with and without.`,
  message: () => 'Unexpected byte order mark, expected text',
  *check({ index }) {
    for (const { path, bom: marked } of index.files) {
      if (marked) yield { place: spanPlace(path, 1, 1, 0), args: {} };
    }
  },
});
