import { isWpId, type JsonText, type ValidatorGates } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

interface Claim extends Args {
  place: Place;
  source?: string;
}

export const validatorGatesIdMismatch = defineRule<'validatorGates', Args>({
  id: 'validator-gates/id-mismatch',
  summary: 'File name, key and wpId of a validation say the same work packet.',
  appliesTo: 'validatorGates',
  severity: 'error',
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check(gates) {
    for (const { place, source, ...args } of claims(gates)) {
      yield { place, args, ...(source === undefined ? {} : { found: source }) };
    }
  },
});

function* claims({ stem, legacy, sessions, archived }: ValidatorGates): Generator<Claim> {
  for (const { key, wpId, entry } of [...sessions, ...archived]) {
    if (key && !legacy && key.text !== stem) {
      yield { found: `session of "${key.text}"`, expected: `"${stem}" (the file name)`, ...at(key) };
    } else if (key && !isWpId(key.text)) {
      yield { found: `session of "${key.text}"`, expected: 'WP-<phase>-<Name>[-vN]', ...at(key) };
    }
    const expected = key?.text ?? (legacy ? undefined : stem);
    if (wpId === undefined) {
      yield {
        found: 'session without a wpId',
        expected: expected ?? 'the id of a work packet',
        place: entry.place,
      };
    } else if (expected !== undefined && wpId.text !== expected) {
      const because = key ? 'its key' : 'the file name';
      yield {
        found: `wpId "${wpId.text}"`,
        expected: `"${expected}" (${because})`,
        place: wpId.place,
        source: wpId.source,
      };
    }
  }
}

function at({ place, source }: JsonText): { place: Place; source: string } {
  return { place, source };
}
