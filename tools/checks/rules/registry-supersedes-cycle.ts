import { cyclesOf } from '../about/cycles.ts';
import { sight } from '../about/sight.ts';
import { supersessions } from '../about/supersession.ts';
import { defineRule } from '../rule.ts';

interface Args {
  by: string;
  of: string;
}

export const registrySupersedesCycle = defineRule<'tree', Args>({
  id: 'registry/supersedes-cycle',
  summary: 'No work packet supersedes itself, directly or by way of others.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `In a circle of packets that replace each other none is in force. The registry's notes and the packets' own SUPERSEDES fields are looked at together.`,
  message: ({ by, of }) =>
    by === of
      ? `Unexpected ${of} that supersedes itself, expected an earlier packet`
      : `Unexpected ${by} that supersedes ${of}, expected no circle back to ${by}`,
  *check(tree) {
    const all = supersessions(tree);
    const edges = new Map<string, Set<string>>();
    for (const { by, of } of all) edges.set(by, (edges.get(by) ?? new Set()).add(of));
    const group = new Map<string, number>();
    cyclesOf(edges).forEach((cycle, index) => {
      for (const id of cycle) group.set(id, index);
    });
    for (const { by, of, place } of all) {
      if (!group.has(by) || group.get(by) !== group.get(of)) continue;
      // A row that replaces its own packet is wrong by itself, and has a finding of that.
      if (by === of && place.file === tree.registry?.path) continue;
      yield { ...sight(place, of), args: { by, of } };
    }
  },
});
