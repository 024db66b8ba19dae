import { signatureUses } from '../../artifacts/index.ts';
import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  signature: string;
  wpId: string;
  first: string;
}

export const signatureUsedTwice = defineRule<'tree', Args>({
  id: 'signature/used-twice',
  summary: 'A signature is used for one work packet.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `A signature says yes once. The refinement and the packet of one work packet share it, with the event in the gate log and the entry in the ledger; anywhere else it is copied. A mention in prose or in the audit is no use.

Ask for a new signature for the second work packet.`,
  message: ({ signature, wpId, first }) =>
    `Unexpected second use of ${signature} for ${wpId}, expected one: it is used for ${first}`,
  *check(tree) {
    for (const [signature, uses] of signatureUses(tree)) {
      const first = uses.find(({ row }) => row === undefined);
      const told = new Set(first?.wpIds);
      for (const other of uses) {
        const [wpId] = other.row === undefined ? other.wpIds : [];
        // Documents of one work packet share it; each other work packet is told once.
        if (first === undefined || wpId === undefined || told.has(wpId)) continue;
        told.add(wpId);
        yield {
          ...sight(other.place, signature),
          args: { signature, wpId, first: first.wpIds[0]! },
          related: [{ place: first.place, note: 'the first use' }],
        };
      }
    }
  },
});
