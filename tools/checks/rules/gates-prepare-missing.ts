import { openPackets } from '../../artifacts/index.ts';
import { selfSight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
}

export const gatesPrepareMissing = defineRule<'tree', Args>({
  id: 'gates/prepare-missing',
  summary: 'A worktree, a branch and a coder are recorded for an open packet.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `Between the signature and the packet the Orchestrator prepares the worktree and records it ("just record-prepare"). Without that the packet is worked on wherever somebody happens to be, on main for one. It counts an event of the gate log or an entry of the ledger.`,
  message: ({ wpId }) =>
    `Unexpected open packet ${wpId} without a PREPARE, expected one in the gate log or the ledger`,
  *check(tree) {
    // In a tree that keeps no record at all there is nothing to be held against it.
    if (tree.gates === undefined && tree.ledger.length === 0) return;
    for (const { id: wpId, packet, events, ledger } of openPackets(tree)) {
      if (events.some(({ type }) => type === 'PREPARE') || ledger.some(({ kind }) => kind === 'prepare'))
        continue;
      yield { ...selfSight(packet), args: { wpId } };
    }
  },
});
