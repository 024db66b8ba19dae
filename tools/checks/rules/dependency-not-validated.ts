import { boardState, hindranceOf, isKnown, isWorkedOn, openPackets } from '../../artifacts/index.ts';
import { needsOf } from '../about/dependencies.ts';
import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  said: string;
}

export const dependencyNotValidated = defineRule<'tree', Args>({
  id: 'dependency/not-validated',
  summary: 'Nobody works on a packet before what it depends on is VALIDATED.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The protocol: a blocker is VALIDATED before the packet is handed to a Coder. Under Ready for Dev it is a warning, since nobody has begun; an entry that says BLOCKED waits as it should. Which packet stands for a base is what the registry says.`,
  message: ({ wpId, found, said }) =>
    `Unexpected open packet ${wpId} that depends on ${found} (${said}), expected ${found} VALIDATED first`,
  *check(tree) {
    for (const work of openPackets(tree)) {
      const { id: wpId, entries } = work;
      if (entries.length > 0 && entries.every((entry) => boardState(entry) === 'BLOCKED')) continue;
      for (const { id, place } of needsOf(tree, work)) {
        const hindrance = isKnown(tree, id) ? hindranceOf(tree, id) : undefined;
        if (hindrance === undefined) continue;
        const { packet, said } = hindrance;
        const args = {
          wpId,
          found: id,
          said: packet === undefined || packet.stem === id ? said : `${packet.stem} ${said}`,
        };
        yield { ...sight(place, id), args, severity: isWorkedOn(work) ? 'error' : 'warning' };
      }
    }
  },
});
