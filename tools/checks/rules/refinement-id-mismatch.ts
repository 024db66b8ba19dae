import { isPlaceholder } from '../../artifacts/index.ts';
import { replaced, valuePlace } from '../about/field-fix.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const refinementIdMismatch = defineRule<'refinement', Args>({
  id: 'refinement/id-mismatch',
  summary: 'WP_ID of a refinement is the name of its file.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `A refinement is found by its file name and believed by its WP_ID. One that was copied from another work packet and still carries that id gives its approval and its signature to a packet that nobody refined.

The fix writes the name of the file; if the file is what was named wrongly, rename it instead.`,
  message: ({ found, expected }) => `Unexpected WP_ID "${found}", expected "${expected}" (the file name)`,
  *check({ wpId, stem }) {
    if (wpId === undefined || isPlaceholder(wpId.value) || wpId.value === stem) return;
    const place = valuePlace(wpId);
    const args = { found: wpId.value, expected: stem };
    yield { place, args, ...args, fix: replaced(place, stem) };
  },
});
