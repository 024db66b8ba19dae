import { isKnown, packetStage, workPackets } from '../../artifacts/index.ts';
import { needsOf } from '../about/dependencies.ts';
import { sight } from '../about/sight.ts';
import { mayBeUnread } from '../about/unread.ts';
import { waiversOf } from '../about/waivers.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  /** The last day of the waiver that lets it pass. */
  waivedUntil?: string;
}

export const dependencyUnknown = defineRule<'tree', Args>({
  id: 'dependency/unknown',
  summary: 'What a work packet depends on has a document, of that id or of another revision of its base.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `An open packet that waits for something that does not exist cannot be finished. In a stub it is information: stubs are written in groups, and the other may come later. Lines that only coordinate, overlap or relate are no dependencies. What a waiver of the ledger lets pass is information too: whether its last day is over is told by \`gov wp status\`.`,
  message: ({ wpId, found, waivedUntil }) =>
    `Unexpected dependency of ${wpId} on ${found}, expected a work packet of this tree${waivedUntil === undefined ? '' : ` (waived until ${waivedUntil})`}`,
  *check(tree) {
    const isUnread = mayBeUnread(tree);
    for (const work of workPackets(tree).values()) {
      for (const { id, place } of needsOf(tree, work)) {
        if (isKnown(tree, id) || isUnread(id)) continue;
        const waivedUntil = waiversOf(tree, work.id).get(id);
        const severity = packetStage(tree, work) === 'open' && waivedUntil === undefined ? 'error' : 'info';
        const args = { wpId: work.id, found: id, ...(waivedUntil !== undefined && { waivedUntil }) };
        yield { ...sight(place, id), args, severity };
      }
    }
  },
});
