import { baseWpId, signatureUses } from '../../artifacts/index.ts';
import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  signature: string;
  wpId: string;
  named: string;
}

export const signatureAuditNamesOther = defineRule<'tree', Args>({
  id: 'signature/audit-names-other',
  summary: 'The audit row of a signature names the work packet whose documents bear it.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The user gave the signature for the work packet that the row names; in the documents of another one it is copied. A row that names no work packet ("Spec Enrichment v02.85") is not looked at: upstream's first signatures were given for a spec and carried into the packets.`,
  message: ({ signature, wpId, named }) =>
    `Unexpected signature ${signature} in the documents of ${wpId}, expected those of ${named}, which the audit names`,
  *check(tree) {
    for (const [signature, uses] of signatureUses(tree)) {
      if (uses.length < 2) continue;
      const rows = uses.flatMap(({ row }) => (row === undefined || row.invalid ? [] : [row]));
      const own = uses.filter(({ row }) => row === undefined);
      const named = rows.flatMap(({ wpIds }) => wpIds);
      const [first] = own;
      const wpId = first?.wpIds[0];
      if (first === undefined || wpId === undefined || named.length === 0) continue;
      // Where several work packets bear it, it is used twice, and a rule of its own says so.
      if (own.some(({ wpIds }) => wpIds[0] !== wpId)) continue;
      if (named.some((id) => baseWpId(id) === baseWpId(wpId))) continue;
      yield {
        ...sight(own.at(-1)!.place, signature),
        args: { signature, wpId, named: named[0]! },
        related: rows.map((each) => ({ place: each.purposePlace, note: 'the row' })),
      };
    }
  },
});
