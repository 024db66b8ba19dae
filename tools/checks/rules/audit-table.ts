import { headerMismatches } from '../about/table-header.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

const COLUMNS = ['Signature', 'Used By', 'Date/Time', 'Purpose', 'Master Spec Version', 'Notes'];

export const auditTable = defineRule<'audit', Args>({
  id: 'audit/table',
  summary:
    'The signature audit is one table: Signature, Used By, Date/Time, Purpose, Master Spec Version, Notes.',
  appliesTo: 'audit',
  severity: 'error',
  docs: `Without its table nothing can be recorded as used, and nothing found that was: a signature would serve twice. A gate that found the header renamed stopped after it had already signed the refinement, and could neither go on nor go back.

Put the header as it was. Only the first column decides which table it is; the others are read by their place.`,
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  check: ({ path, file, headerLine: line }) =>
    headerMismatches({ path, file, line, columns: COLUMNS, missing: 'signature audit without its table' }),
});
