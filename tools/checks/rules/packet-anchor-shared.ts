import { openPackets } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';
import { parseAnchor } from '../../spec/index.ts';
import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  anchor: string;
  other: string;
}

export const packetAnchorShared = defineRule<'tree', Args>({
  id: 'packet/anchor-shared',
  summary: 'No two open packets rest on the same clause of the spec.',
  appliesTo: 'tree',
  severity: 'info',
  docs: `Two packets that cite one clause may both implement it, or each take for granted that the other does. It is information, since a clause may well be large enough for two. Clauses are compared by number and, where they have none, by identifier; a chapter ("11.5") is no clause and is not compared.`,
  message: ({ wpId, anchor, other }) =>
    `Unexpected anchor ${anchor} in ${wpId}, expected no other open packet on it: ${other} rests on it too`,
  *check(tree) {
    const first = new Map<string, { wpId: string; place: Place }>();
    for (const work of openPackets(tree)) {
      for (const { text, place } of work.packet.specAnchors) {
        const anchor = clauseOf(text);
        if (anchor === undefined) continue;
        const other = first.get(anchor);
        if (other === undefined) first.set(anchor, { wpId: work.id, place });
        else if (other.wpId !== work.id) {
          const related = [{ place: other.place, note: `the anchor of ${other.wpId}` }];
          yield { ...sight(place, text), args: { wpId: work.id, anchor, other: other.wpId }, related };
        }
      }
    }
  },
});

function clauseOf(text: string): string | undefined {
  const { number, addendum, identifier } = parseAnchor(text);
  if (number === undefined) return identifier;
  if (addendum) return `Addendum ${number}`;
  return number.split('.').length > 2 ? number : undefined;
}
