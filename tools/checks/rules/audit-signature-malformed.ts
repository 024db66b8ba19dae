import { judgeSignatureForm, type SignatureArgs, signatureMessage } from '../about/signature.ts';
import { defineRule } from '../rule.ts';

export const auditSignatureMalformed = defineRule<'audit', SignatureArgs>({
  id: 'audit/signature-malformed',
  summary: 'A signature in the audit is {username}{DDMMYYYYHHMM}, at a time that the calendar has.',
  appliesTo: 'audit',
  severity: 'error',
  docs: `The audit is where a used signature is looked up. One with an impossible time was accepted once and recorded as "9999-99-99 99:99": whoever wrote it was no user with a clock. The old form DDMMYYHHMMSS, which the protocol itself gave as an example, is noted and stays.`,
  message: signatureMessage,
  *check({ rows }) {
    for (const { signature, place } of rows) {
      const judged = judgeSignatureForm(signature);
      if (judged !== undefined) yield { place, ...judged };
    }
  },
});
