import { headerMismatches } from '../about/table-header.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

const COLUMNS = ['Base WP ID', 'Active Packet', 'Task Board', 'Notes'];

export const registryTable = defineRule<'registry', Args>({
  id: 'registry/table',
  summary: 'The traceability registry is one table: Base WP ID, Active Packet, Task Board, Notes.',
  appliesTo: 'registry',
  severity: 'error',
  docs: `The rows are read by the place of their columns. A table whose first column has another name is not found at all, and every packet then looks as if it had no row; columns in another order give the board's words for the path of a packet.`,
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  check: ({ path, file, headerLine: line }) =>
    headerMismatches({ path, file, line, columns: COLUMNS, missing: 'registry without a table' }),
});
