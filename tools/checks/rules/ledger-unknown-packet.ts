import { hasDocument, isTakenBack, workPackets } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
}

export const ledgerUnknownPacket = defineRule<'tree', Args>({
  id: 'ledger/unknown-packet',
  summary: 'A work packet that has a ledger has a document.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The ledger tells what became of a work packet, and entries are never taken away; where neither stub nor packet nor refinement is left, a document was deleted that the entries are about. A stub that was taken back with "gov wp undo" is gone, and leaves its entries: that is in order.`,
  message: ({ wpId }) =>
    `Unexpected ledger of ${wpId}, expected a stub, a packet or a refinement of that id beside it`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const work of workPackets(tree).values()) {
      if (work.ledger.length === 0 || hasDocument(work) || isUnread(work.id)) continue;
      if (isTakenBack(work.ledger)) continue;
      const [first, ...others] = [...work.ledger].sort((a, b) => a.seq - b.seq);
      const related = others.map(({ path }) => ({ place: linePlace(path, 1), note: 'a later entry' }));
      yield { place: linePlace(first!.path, 1), args: { wpId: work.id }, related };
    }
  },
});
