import { baseWpId, isWpId } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';
import { replaced, valuePlace } from '../about/field-fix.ts';
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
  docs: `Stubs are copied from each other. One that keeps an id of the stub that it was copied from is activated under that id: refinement, signature and packet then belong to another work packet. File name, title, WP_ID and (without -vN) BASE_WP_ID have to agree.

The fix writes BASE_WP_ID, and title or WP_ID where the other one agrees with the file name.`,
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
        place: valuePlace(stub.wpId),
      });
    }
    if (stub.baseWpId && stub.baseWpId.value !== '' && isWpId(stub.stem)) {
      claims.push({
        what: 'BASE_WP_ID',
        found: stub.baseWpId.value,
        expected: baseWpId(stub.stem),
        because: 'the id without its -vN',
        place: valuePlace(stub.baseWpId),
      });
    }
    for (const { place, ...args } of claims) {
      const { what, found, expected } = args;
      if (found === expected) continue;
      const other = what === 'title' ? stub.wpId?.value : stub.title?.text;
      // With two against one the one is wrong; else only its author knows what was renamed.
      const sure = what === 'BASE_WP_ID' || other === expected;
      yield { place, args, found, expected, ...(sure ? { fix: replaced(place, expected) } : {}) };
    }
  },
});
