import type { TreeFacts } from '../../artifacts/index.ts';
import type { Documents } from './judged.ts';

export function countDocuments(tree: TreeFacts): Documents {
  const family = (name: 'M' | 'L'): number => tree.stubs.filter((stub) => stub.family === name).length;
  const one = (document: object | undefined): number => (document === undefined ? 0 : 1);
  return {
    stub: tree.stubs.length,
    stub_metadata: family('M'),
    stub_identity: family('L'),
    packet: tree.packets.length,
    refinement: tree.refinements.length,
    board: one(tree.board),
    registry: one(tree.registry),
    audit: one(tree.audit),
    gates: one(tree.gates),
    validator_gates: tree.validatorGates.length,
    // All files of the export together are one document.
    mailbox: one(tree.mailbox),
    pointer: one(tree.pointer),
    governance_snapshot: one(tree.governanceSnapshot),
    roles: one(tree.roles),
    ledger: tree.ledger.length,
  };
}
