import type { FlightRecorderEvent } from '../../generated/index.ts';
import type { LogState, Rules } from './state.ts';

/** Fields that count, measure or cost, and that the schemas call no more than a number. */
const amounts: Partial<Record<FlightRecorderEvent['fr_event_id'], readonly string[]>> = {
  'FR-EVT-SESS-001': ['spawn_depth'],
  'FR-EVT-SESS-003': ['total_tokens', 'total_cost_usd', 'duration_ms', 'messages_count'],
  'FR-EVT-SESS-004': ['token_count'],
  'FR-EVT-SESS-005': ['current_value', 'threshold_value'],
  'FR-EVT-SESS-SCHED-002': ['queue_wait_ms'],
  'FR-EVT-SESS-SCHED-003': ['backoff_ms', 'attempt'],
  'FR-EVT-SESS-SPAWN-001': ['spawn_depth'],
  'FR-EVT-SESS-SPAWN-002': ['spawn_depth'],
  'FR-EVT-SESS-SPAWN-003': ['spawn_depth', 'active_children_count'],
  'FR-EVT-WF-RECOVERY': ['threshold_secs'],
};

/** F05: what is counted or measured is not less than nothing. */
export function amountRules({ report }: LogState): Rules {
  return {
    after({ fr_event_id, payload }) {
      for (const field of amounts[fr_event_id] ?? []) {
        const amount = (payload as unknown as Record<string, unknown>)[field];
        if (typeof amount === 'number' && amount < 0)
          report('event/negative', `${fr_event_id} has ${field} ${amount}, expected 0 or more`);
      }
    },
  };
}
