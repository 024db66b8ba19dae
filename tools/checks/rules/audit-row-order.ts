import { parseSignature } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  above: string;
}

export const auditRowOrder = defineRule<'audit', Args>({
  id: 'audit/row-order',
  summary: 'The newest signature stands first in the audit.',
  appliesTo: 'audit',
  severity: 'info',
  docs: `Whoever looks for the last signatures looks at the top. A row that is newer than the one above it was put in by hand, or came in by a merge. It counts all the same.`,
  message: ({ found, above }) =>
    `Unexpected row of ${found} below one of ${above}, expected the newest first`,
  *check({ rows }) {
    let above: string | undefined;
    for (const { signature, place } of rows) {
      const at = parseSignature(signature)?.at.slice(0, 16);
      if (at === undefined) continue;
      if (above !== undefined && at > above) yield { place, args: { found: at, above } };
      above = at;
    }
  },
});
