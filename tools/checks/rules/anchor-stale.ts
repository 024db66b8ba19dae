import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const anchorStale = defineRule<'anchor', Args>({
  id: 'anchor/stale',
  summary: 'An anchor names the version of the Master Spec that is in force.',
  appliesTo: 'anchor',
  severity: 'info',
  docs: `An anchor names the version in which its author read it. The section may say something else today, and often does: three of five anchors of one tree named an older spec, and two of those had become another section under the same number.

"gov spec diff" shows what became of it; "gov spec rebase" writes the new version where the text is the same.`,
  message: ({ found, expected }) => `Unexpected spec version ${found} in an anchor, expected ${expected}`,
  *check({ candidate, result }, { specVersion: expected }) {
    const found = result.query.version;
    if (!result.flags.includes('STALE_VERSION') || found === undefined || expected === undefined) return;
    yield { ...sight(candidate.place, candidate.text), args: { found, expected } };
  },
});
