import { defineRule } from '../rule.ts';

interface Args {
  signature: string;
}

export const auditRowInvalid = defineRule<'audit', Args>({
  id: 'audit/row-invalid',
  summary: 'A row that was set aside as INVALID releases nothing: its signature stays used.',
  appliesTo: 'audit',
  severity: 'info',
  docs: `A signature that was used twice by mistake is marked "(INVALID - REUSED BY ERROR)" and a new one is asked for. The row stays, so that the signature cannot serve a third time; nothing rests on it any more.`,
  message: ({ signature }) => `Unexpected INVALID row of ${signature}, expected nothing to rest on it`,
  *check({ rows }) {
    for (const { signature, invalid, purposePlace } of rows) {
      if (invalid) yield { place: purposePlace, args: { signature } };
    }
  },
});
