import { baseWpId, isWpId } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  what: string;
  found: string;
  expected: string;
  because: string;
}

export const stubIdMismatch = defineRule<'stub', Args>({
  id: 'stub/id-mismatch',
  summary: 'File name, title, WP_ID and BASE_WP_ID of a stub say the same work packet.',
  appliesTo: 'stub',
  severity: 'error',
  message: ({ what, found, expected, because }) =>
    `Unexpected ${what} "${found}", expected "${expected}" (${because})`,
  *check(stub) {
    const claims: { what: string; found: string; expected: string; because: string; place: Place }[] = [];
    if (stub.title) {
      claims.push({
        what: 'title',
        found: stub.title.text,
        expected: stub.stem,
        because: 'the file name',
        place: stub.title.place,
      });
    }
    if (stub.wpId && stub.wpId.value !== '') {
      claims.push({
        what: 'WP_ID',
        found: stub.wpId.value,
        expected: stub.stem,
        because: 'the file name',
        place: stub.wpId.place,
      });
    }
    if (stub.baseWpId && stub.baseWpId.value !== '' && isWpId(stub.stem)) {
      claims.push({
        what: 'BASE_WP_ID',
        found: stub.baseWpId.value,
        expected: baseWpId(stub.stem),
        because: 'the id without its -vN',
        place: stub.baseWpId.place,
      });
    }
    for (const { place, ...args } of claims) {
      if (args.found === args.expected) continue;
      yield { place, args, found: args.found, expected: args.expected };
    }
  },
});
