import { boardState, hindranceOf, isKnown, isWorkedOn, openPackets } from '../../artifacts/index.ts';
import { needsOf } from '../about/dependencies.ts';
import { sight } from '../about/sight.ts';
import { waiversOf } from '../about/waivers.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  said: string;
  /** The last day of the waiver that lets it pass. */
  waivedUntil?: string;
}

export const dependencyNotValidated = defineRule<'tree', Args>({
  id: 'dependency/not-validated',
  summary: 'Nobody works on a packet before what it depends on is VALIDATED.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The protocol: a blocker is VALIDATED before the packet is handed to a Coder. Under Ready for Dev it is a warning, since nobody has begun; an entry that says BLOCKED waits as it should. Which packet stands for a base is what the registry says. What a waiver of the ledger lets pass is information: whether its last day is over is told by \`gov wp status\`.`,
  message: ({ wpId, found, said, waivedUntil }) =>
    `Unexpected open packet ${wpId} that depends on ${found} (${said}), expected ${found} VALIDATED first${waivedUntil === undefined ? '' : ` (waived until ${waivedUntil})`}`,
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
        const waivedUntil = waiversOf(tree, wpId).get(id);
        if (waivedUntil !== undefined)
          yield { ...sight(place, id), args: { ...args, waivedUntil }, severity: 'info' };
        else yield { ...sight(place, id), args, severity: isWorkedOn(work) ? 'error' : 'warning' };
      }
    }
  },
});
