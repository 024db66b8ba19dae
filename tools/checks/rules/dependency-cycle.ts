import { baseWpId, workPackets } from '../../artifacts/index.ts';
import { cyclesOf } from '../about/cycles.ts';
import { type Need, needsOf } from '../about/dependencies.ts';
import { sight } from '../about/sight.ts';
import { waiversOf } from '../about/waivers.ts';
import { defineRule } from '../rule.ts';

interface Args {
  circle: string[];
}

/** More names than this say nothing more. */
const SHOWN = 6;

export const dependencyCycle = defineRule<'tree', Args>({
  id: 'dependency/cycle',
  summary: 'No work packets wait for one another in a circle.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `None of them can be finished first, so that none can be begun. Bases are compared, since a dependency names a base, a stub or a revision. Take out the dependency that is none, or say "coordinates with"; one that the ledger has waived is not waited for.`,
  message: ({ circle }) =>
    `Unexpected circle of dependencies between ${circle.slice(0, SHOWN).join(', ')}${circle.length > SHOWN ? ` and ${circle.length - SHOWN} more` : ''}, expected one that waits for none of the others`,
  *check(tree) {
    const edges = new Map<string, Map<string, Need>>();
    for (const work of workPackets(tree).values()) {
      for (const need of needsOf(tree, work)) {
        const to = baseWpId(need.id);
        if (to === work.base || waiversOf(tree, work.id).has(need.id)) continue;
        const known = edges.get(work.base) ?? new Map<string, Need>();
        if (!known.has(to)) known.set(to, need);
        edges.set(work.base, known);
      }
    }
    const graph = new Map([...edges].map(([from, to]) => [from, new Set(to.keys())]));
    for (const circle of cyclesOf(graph)) {
      const members = new Set(circle);
      const inside = circle.flatMap((from) =>
        [...(edges.get(from) ?? [])].filter(([to]) => members.has(to)).map(([, need]) => need),
      );
      const [first, ...others] = inside;
      yield {
        ...sight(first!.place, first!.id),
        args: { circle },
        related: others.slice(0, SHOWN).map(({ id, place }) => ({ place, note: `waits for ${id}` })),
      };
    }
  },
});
