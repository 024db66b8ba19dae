import { isDated, packetStage, signatureText, signatureUses, workPackets } from '../../artifacts/index.ts';
import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  signature: string;
}

export const signatureNotInAudit = defineRule<'tree', Args>({
  id: 'signature/not-in-audit',
  summary: 'The signature of a packet or a refinement has its row in the signature audit.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `The audit is what shows that a signature was consumed, so that it cannot be used again; one that is not in it was typed into the document alone. It is an error while the packet is open. A name without a time ("ilja") is no signature, and is a matter of the document itself.`,
  message: ({ wpId, signature }) =>
    `Unexpected signature ${signature} of ${wpId}, expected a row of the signature audit for it`,
  *check(tree) {
    if (tree.audit === undefined) return;
    const uses = signatureUses(tree);
    for (const work of workPackets(tree).values()) {
      let told = '';
      for (const field of [work.refinement?.signature, work.packet?.signature]) {
        const signature = signatureText(field?.value ?? '');
        if (field === undefined || !isDated(signature) || signature === told) continue;
        told = signature;
        if (uses.get(signature)?.some(({ kind }) => kind === 'audit')) continue;
        const severity = packetStage(tree, work) === 'open' ? 'error' : 'warning';
        yield { ...sight(field.place, field.raw), args: { wpId: work.id, signature }, severity };
      }
    }
  },
});
