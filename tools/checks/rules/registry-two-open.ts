import { packetStage, registryRowsOf, revisionsOf, workPackets } from '../../artifacts/index.ts';
import { selfSight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  base: string;
  found: string;
  other: string;
}

export const registryTwoOpen = defineRule<'tree', Args>({
  id: 'registry/two-open',
  summary: 'A base has one open packet.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `Two revisions of one base that are both open are two orders for one piece of work, and two people who do it. The one that counts is the one that the registry names, or else the latest revision; move the other to Superseded on the Task Board and name it under "supersedes" in the row.`,
  message: ({ base, found, other }) =>
    `Unexpected open packet ${found}, expected one for ${base}: ${other} is open too`,
  *check(tree) {
    const bases = new Set([...workPackets(tree).values()].map(({ base }) => base));
    for (const base of bases) {
      const open = revisionsOf(tree, base).filter((work) => packetStage(tree, work) === 'open');
      if (open.length < 2) continue;
      const active = new Set(registryRowsOf(tree, base).map(({ activePacket }) => activePacket));
      const counts = open.find(({ packet }) => active.has(packet!.path)) ?? open.at(-1)!;
      for (const work of open) {
        if (work === counts) continue;
        const related = [{ place: selfSight(counts.packet!).place, note: 'the one that counts' }];
        yield {
          ...selfSight(work.packet!),
          args: { base, found: work.id, other: counts.id },
          related,
        };
      }
    }
  },
});
