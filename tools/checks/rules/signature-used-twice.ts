import { type SignatureUse, signatureUses } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';
import { sight } from '../sight.ts';

interface Args {
  signature: string;
  found: string;
  first: string;
}

export const signatureUsedTwice = defineRule<'tree', Args>({
  id: 'signature/used-twice',
  summary: 'A signature is used for one work packet, and recorded in one row of the audit.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `A signature says yes once. It is used by the refinement and the packet of one work packet, by its event in the gate log and its entry in the ledger; in the audit it has one row (a row that was marked INVALID does not count). A mention in prose is no use. Ask for a new signature for the second one.`,
  message: ({ signature, found, first }) =>
    `Unexpected second use of ${signature} for ${found}, expected one: it is used for ${first}`,
  *check(tree) {
    for (const [signature, uses] of signatureUses(tree)) {
      const rows = uses.filter(({ row }) => row !== undefined && !row.invalid);
      for (const other of rows.slice(1)) yield report(signature, other, rows[0]!, purpose);
      const first = uses.find(({ row }) => row === undefined);
      const told = new Set(first?.wpIds);
      for (const other of uses) {
        const [wpId] = other.row === undefined ? other.wpIds : [];
        // Documents of one work packet share it; each other work packet is told once.
        if (wpId === undefined || told.has(wpId)) continue;
        told.add(wpId);
        yield report(signature, other, first!, subject);
      }
    }
  },
});

function report(
  signature: string,
  use: SignatureUse,
  first: SignatureUse,
  said: (use: SignatureUse) => string,
) {
  return {
    ...sight(use.place, signature),
    args: { signature, found: said(use), first: said(first) },
    related: [{ place: first.place, note: 'the first use' }],
  };
}

function subject({ wpIds }: SignatureUse): string {
  return wpIds[0]!;
}

function purpose({ row }: SignatureUse): string {
  return `"${row!.purpose}"`;
}
