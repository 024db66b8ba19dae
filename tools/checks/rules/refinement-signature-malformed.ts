import { judgeSignatureForm, type SignatureArgs, signatureMessage } from '../about/signature.ts';
import { defineRule } from '../rule.ts';

export const refinementSignatureMalformed = defineRule<'refinement', SignatureArgs>({
  id: 'refinement/signature-malformed',
  summary: 'The signature of a refinement is {username}{DDMMYYYYHHMM}, at a time that the calendar has.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `A signature names the user and the minute. "ilja999999999999" has twelve digits and no minute: the old gates took it and wrote "9999-99-99 99:99" into the audit. A signature that no clock showed was made up.

Ask the Operator for a new one; nobody else can write it. The old form DDMMYYHHMMSS occurs in history and is only noted: what was signed then stays signed.`,
  message: signatureMessage,
  *check({ signature }) {
    const judged = signature && judgeSignatureForm(signature.value);
    if (judged) yield { place: signature.place, ...judged, found: signature.raw };
  },
});
