import type { AuditRow } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  signature: string;
  line: number;
}

export const auditTwoRows = defineRule<'audit', Args>({
  id: 'audit/two-rows',
  summary: 'A signature has one row in the audit: it serves once.',
  appliesTo: 'audit',
  severity: 'error',
  docs: `A signature is given for one thing at one minute. A second row means that it was used again, or that two branches recorded it and both rows survived their merge. A row that is marked INVALID beside the one that counts is how such a case is settled, and is left alone.`,
  message: ({ signature, line }) =>
    `Unexpected second row for ${signature}, expected one; the first is in line ${line}`,
  *check({ rows }) {
    const seen = new Map<string, AuditRow>();
    for (const row of rows) {
      if (row.invalid || row.signature === '') continue;
      const first = seen.get(row.signature);
      if (first === undefined) {
        seen.set(row.signature, row);
        continue;
      }
      yield {
        place: row.place,
        args: { signature: row.signature, line: first.place.line },
        related: [{ place: first.place, note: 'the first row' }],
      };
    }
  },
});
