import {
  isClosed,
  isWpId,
  packetStage,
  packetState,
  stubState,
  type TreeFacts,
  takenOverBy,
  type WorkPacket,
  workPackets,
} from '../../artifacts/index.ts';
import type { Severity } from '../../findings/index.ts';
import { selfSight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  what: 'stub' | 'packet';
  wpId: string;
  why?: string;
}

export const boardEntryMissing = defineRule<'tree', Args>({
  id: 'board/entry-missing',
  summary: 'Every stub and every packet has an entry on the Task Board.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `What is not on the board is planned by nobody and done by whoever stumbles over it: a forgotten packet still says "Ready for Dev". It is an error where the registry names the packet as the one in force; information where nothing can come of it (a packet that says it is done, a stub that is superseded or whose work another revision has taken over).`,
  message: ({ what, wpId, why }) =>
    `Unexpected ${what} without an entry on the Task Board, expected one for ${wpId}${why === undefined ? '' : ` (${why})`}`,
  *check(tree) {
    if (tree.board === undefined) return;
    for (const work of workPackets(tree).values()) {
      if (work.entries.length > 0 || !isWpId(work.id)) continue;
      const { id: wpId, packet, stub } = work;
      if (packet !== undefined)
        yield { ...selfSight(packet), args: { what: 'packet', wpId }, severity: ofPacket(tree, work) };
      else if (stub !== undefined) {
        const why = whyIdle(tree, work);
        const args = { what: 'stub', wpId, ...(why === undefined ? {} : { why }) } as const;
        yield { ...selfSight(stub), args, severity: why === undefined ? 'warning' : 'info' };
      }
    }
  },
});

function ofPacket(tree: TreeFacts, work: WorkPacket): Severity {
  if (packetStage(tree, work) === 'open') return 'error';
  return isClosed(packetState(work.packet!)) ? 'info' : 'warning';
}

/** Why nothing can come of a stub that the board does not show. */
function whyIdle(tree: TreeFacts, work: WorkPacket): string | undefined {
  if (stubState(work.stub!) === 'SUPERSEDED') return 'it is superseded';
  const other = takenOverBy(tree, work);
  return other && `${other.id} has taken over its work`;
}
