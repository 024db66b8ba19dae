import { boardState, isEnded, standingOf, workPackets } from '../../artifacts/index.ts';
import { stateSight } from '../about/sight.ts';
import { supersessions } from '../about/supersession.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  state: string;
  by: string;
}

export const boardSupersededOpen = defineRule<'tree', Args>({
  id: 'board/superseded-open',
  summary: 'A packet that another one supersedes is not open on the Task Board.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The registry, or the packet that came after it, says that this one was replaced, and the board still offers it. Move the entry to Superseded. A stub that is named there is left alone: what is replaced in its case is the packet before it.`,
  message: ({ wpId, state, by }) =>
    `Unexpected state ${state} of ${wpId}, expected SUPERSEDED: ${by} supersedes it`,
  *check(tree) {
    const packets = workPackets(tree);
    const seen = new Set<string>();
    for (const { by, of, place: said } of supersessions(tree)) {
      if (by === of || seen.has(of)) continue;
      seen.add(of);
      for (const entry of standingOf(packets.get(of)?.entries ?? [])) {
        const state = boardState(entry);
        if (state === undefined || state === 'STUB' || isEnded(state)) continue;
        const related = [{ place: said, note: `${by} supersedes it` }];
        yield { ...stateSight(entry), args: { wpId: of, state, by }, related };
      }
    }
  },
});
