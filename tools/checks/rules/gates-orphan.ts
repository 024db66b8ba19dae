import { hasDocument, isKnown, isWpId, workPackets } from '../../artifacts/index.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  types: string[];
  known: boolean;
}

export const gatesOrphan = defineRule<'tree', Args>({
  id: 'gates/orphan',
  summary: 'What the gate log has events of has a document.',
  appliesTo: 'tree',
  severity: 'info',
  docs: `A refinement was recorded, and even signed, of which nothing is left: the file was renamed or taken away. The log is not edited, so that this is information; it is a warning where a signature was spent on it.`,
  message: ({ wpId, types, known }) =>
    `Unexpected ${types.join(', ')} of ${wpId}, expected a stub, a packet or a refinement of that id${known ? '; its base has others' : ''}`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const work of workPackets(tree).values()) {
      const [first, ...others] = work.events;
      // What is no id has a finding of its own.
      if (first === undefined || !isWpId(work.id) || hasDocument(work) || isUnread(work.id)) continue;
      const types = [...new Set(work.events.map(({ type }) => type))];
      yield {
        place: first.place,
        args: { wpId: work.id, types, known: isKnown(tree, work.id) },
        severity: types.includes('SIGNATURE') ? 'warning' : 'info',
        related: others.map(({ place, type }) => ({ place, note: type })),
      };
    }
  },
});
