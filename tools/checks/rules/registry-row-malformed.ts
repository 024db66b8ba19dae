import { isWpId } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const registryRowMalformed = defineRule<'registry', Args>({
  id: 'registry/row-malformed',
  summary: 'A row of the traceability registry has four cells, and the id of a work packet in the first.',
  appliesTo: 'registry',
  severity: 'error',
  docs: `A cell too few moves everything behind it to the left, and a pipe within a note opens a cell that nobody meant. A row without an id belongs to no work packet and is found by none. Write "\\|" for a pipe that is text, and "-" in a cell that has nothing to say.`,
  message: ({ found, expected }) => `Unexpected ${found} in the registry, expected ${expected}`,
  *check({ rows }) {
    for (const { cells, baseWpId, place } of rows) {
      if (cells !== 4) {
        yield { place, args: { found: `row of ${cells} ${cells === 1 ? 'cell' : 'cells'}`, expected: '4' } };
      }
      if (isWpId(baseWpId)) continue;
      yield {
        place,
        args: { found: `base id "${baseWpId}"`, expected: 'an id such as WP-1-Name' },
      };
    }
  },
});
