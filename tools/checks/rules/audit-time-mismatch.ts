import { parseSignature } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const auditTimeMismatch = defineRule<'audit', Args>({
  id: 'audit/time-mismatch',
  summary: 'Date/Time of an audit row is the minute that its signature says.',
  appliesTo: 'audit',
  severity: 'warning',
  docs: `The row repeats in a readable form what the signature says. Where they differ, one of the two was typed by hand or copied from another row, and nobody can tell which time is meant. Correct the cell; the signature cannot be changed.`,
  message: ({ found, expected }) =>
    `Unexpected Date/Time "${found}", expected ${expected} as in the signature`,
  *check({ rows }) {
    for (const { signature, at, minute, atPlace, cells } of rows) {
      const said = parseSignature(signature)?.at;
      if (said === undefined || cells < 3) continue;
      const same =
        minute === undefined ? undefined : minute.slice(0, 16).replace(' ', 'T') === said.slice(0, 16);
      if (same === true) continue;
      const expected = said.slice(0, 16).replace('T', ' ');
      yield { place: atPlace, args: { found: at, expected }, expected };
    }
  },
});
