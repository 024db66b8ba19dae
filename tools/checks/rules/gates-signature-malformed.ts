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
