import { baseWpId, isWpId, packetStage, registryRowsOf, workPackets } from '../../artifacts/index.ts';
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
    for (const work of workPackets(tree).values()) {
      if (!isWpId(work.id) || registryRowsOf(tree, work.base).length > 0) continue;
      const { stub, packet } = work;
      const base = baseWpId(work.id);
      // Where both are there, one finding is enough: one row mends them.
      if (stub !== undefined) yield { ...selfSight(stub), args: { what: 'stub', base } };
      else if (packet !== undefined && packetStage(tree, work) === 'open')
        yield { ...selfSight(packet), args: { what: 'packet', base } };
    }
  },
});
