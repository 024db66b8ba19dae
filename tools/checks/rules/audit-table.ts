import { linePlace } from '../../findings/index.ts';
import { headerOf } from '../about/table-header.ts';
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
  *check({ path, file, headerLine }) {
    if (headerLine === undefined) {
      const expected = `a table with the columns ${COLUMNS.join(', ')}`;
      const place = linePlace(path, Math.max(file.lines.length, 1));
      yield { place, args: { found: 'signature audit without its table', expected } };
      return;
    }
    for (const [index, { text, place }] of headerOf(file, headerLine).entries()) {
      const expected = COLUMNS[index];
      if (text.toLowerCase() === expected?.toLowerCase()) continue;
      const wanted = expected === undefined ? `${COLUMNS.length} columns` : `"${expected}"`;
      yield { place, args: { found: `column "${text}"`, expected: wanted }, found: text };
    }
  },
});
