import type { LogState, Rules } from './state.ts';

const ofSession: ReadonlySet<string> = new Set(['session_tokens', 'session_cost_usd']);
const ofPacket: ReadonlySet<string> = new Set(['wp_tokens', 'wp_cost_usd']);

/** Warnings of budgets: of a type that exists, once for each threshold, and not before it is reached (D-39). */
export function budgetRules({ report }: LogState): Rules {
  const warned = new Set<string>();
  return {
    after(event) {
      if (event.fr_event_id !== 'FR-EVT-SESS-005') return;
      const {
        session_id,
        budget_type: type,
        current_value: current,
        threshold_value: threshold,
      } = event.payload;
      const owner = ofPacket.has(type) ? event.wp_id : ofSession.has(type) ? session_id : undefined;
      if (owner === undefined) {
        const expected = [...ofSession, ...ofPacket].join(', ');
        report(
          'budget/type',
          ofPacket.has(type)
            ? `session ${session_id} is warned of ${type} and names no packet`
            : `session ${session_id} is warned of ${type}, expected one of ${expected}`,
        );
        return;
      }
      if (current < threshold)
        report('budget/below', `${type} of ${owner} warns of ${threshold} at ${current}, which is less`);
      const key = JSON.stringify([owner, type, threshold]);
      if (warned.has(key)) report('budget/twice', `${type} of ${owner} warns of ${threshold} twice`);
      warned.add(key);
    },
  };
}
