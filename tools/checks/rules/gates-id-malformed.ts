import { isWpId } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const gatesIdMalformed = defineRule<'gates', Args>({
  id: 'gates/id-malformed',
  summary: 'An event of the gate log is about a work packet.',
  appliesTo: 'gates',
  // It is evidence for nothing, so it opens no gate either; and a log is not rewritten.
  severity: 'warning',
  message: ({ found }) => `Unexpected id "${found}", expected WP-<phase>-<Name>[-vN]`,
  *check({ events }) {
    for (const { wpId, entry } of events) {
      if (isWpId(wpId)) continue;
      const { place, source } = entry.at('wpId')!;
      yield { place, args: { found: wpId }, found: source };
    }
  },
});
