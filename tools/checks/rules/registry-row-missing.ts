import { isWpId, packetStage, registryRowsOf, workPackets } from '../../artifacts/index.ts';
import { selfSight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

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
  docs: `When a stub is activated, or a packet revised, the registry tells which of the files counts. A stub without a row is found by its name only, and so is the packet that replaces it: twelve stubs of one tree could not be followed to their packets.

Add a row with the base id (without -vN), the path of the stub, its place on the board and a note. A packet that was finished long ago needs none.`,
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
