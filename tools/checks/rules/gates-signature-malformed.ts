import { parseSignature } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  legacy: boolean;
}

export const gatesSignatureMalformed = defineRule<'gates', Args>({
  id: 'gates/signature-malformed',
  summary: 'A signature in the gate log is {username}{DDMMYYYYHHMM}, of a time that the calendar has.',
  appliesTo: 'gates',
  severity: 'error',
  docs: `A signature tells who signed and at which minute. "NOT-A-SIGNATURE" and one from hour 99 were taken at their word, and the second got a row in the audit for 9999-99-99.

Signatures of the first days say DDMMYYHHMMSS, as the protocol's own example does; that is information. Ask for a new signature for any other, and record that.`,
  message: ({ found, legacy }) =>
    legacy
      ? `Unexpected signature "${found}" of the old form DDMMYYHHMMSS, expected {username}{DDMMYYYYHHMM}`
      : `Unexpected signature "${found}", expected {username}{DDMMYYYYHHMM} of a real time`,
  *check({ events }) {
    for (const { signature, entry } of events) {
      if (signature === undefined) continue;
      const parsed = parseSignature(signature);
      if (parsed !== undefined && !parsed.legacy) continue;
      const { place, source } = entry.at('signature')!;
      const args = { found: signature, legacy: parsed !== undefined };
      yield { place, args, found: source, severity: args.legacy ? 'info' : 'error' };
    }
  },
});
