import { isPlaceholder } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const refinementSha1Malformed = defineRule<'refinement', Args>({
  id: 'refinement/sha1-malformed',
  summary: 'SPEC_TARGET_SHA1 of a refinement is 40 hexadecimal digits.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `The line numbers of a refinement count in the bytes of one file, and the sha1 says which. Without it nobody can tell later what was read, and every new version of the spec makes the refinement look wrong. Upper and lower case are the same.

"sha1sum" of the Master Spec that was read prints it; "gov wp refine" writes it.`,
  message: ({ found }) => `Unexpected SPEC_TARGET_SHA1 "${found}", expected 40 hexadecimal digits`,
  *check({ specSha1, pin }) {
    if (specSha1 === undefined || pin.sha1 !== undefined || isPlaceholder(specSha1.value)) return;
    yield { place: specSha1.place, args: { found: specSha1.raw }, found: specSha1.raw };
  },
});
