import { defineRule } from '../rule.ts';

interface Args {
  cells: number;
}

export const auditRowMalformed = defineRule<'audit', Args>({
  id: 'audit/row-malformed',
  summary: 'A row of the signature audit has six cells.',
  appliesTo: 'audit',
  severity: 'error',
  docs: `A cell too few moves purpose and version to the left: the row then names no work packet, and its signature looks unused. A pipe within a note opens a cell that nobody meant; write "\\|".`,
  message: ({ cells }) => `Unexpected row of ${cells} ${cells === 1 ? 'cell' : 'cells'}, expected 6`,
  *check({ rows }) {
    for (const { cells, place } of rows) if (cells !== 6) yield { place, args: { cells } };
  },
});
