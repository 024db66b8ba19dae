import { isWpId, packetStage, registryRowsOf, workPackets } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';
import { selfSight } from '../sight.ts';

interface Args {
  what: 'stub' | 'packet';
  base: string;
}

export const registryRowMissing = defineRule<'tree', Args>({
  id: 'registry/row-missing',
  summary:
    'A stub and an open packet have a row in the traceability registry, which says what file is in force for them.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `Whoever is told a base id ("do WP-1-Demo") asks the registry which file to open. Without a row he opens the one that he finds first. Add a row with the base id, the path of the file that is in force, the section of the Task Board and the notes. A packet that was finished long ago needs no row.`,
  message: ({ what, base }) =>
    `Unexpected ${what} without a row in the traceability registry, expected one for ${base}`,
  *check(tree) {
    const told = new Set<string>();
    for (const work of workPackets(tree).values()) {
      const { base, stub, packet } = work;
      if (!isWpId(work.id) || told.has(base) || registryRowsOf(tree, base).length > 0) continue;
      const open = packetStage(tree, work) === 'open';
      const lacking = stub ?? (open ? packet : undefined);
      if (lacking === undefined) continue;
      // One row mends all revisions of a base.
      told.add(base);
      yield { ...selfSight(lacking), args: { what: lacking.kind, base } };
    }
  },
});
