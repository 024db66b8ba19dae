import type { ActivitySpanBinding, ModelSessionSpanBinding } from '../../generated/index.ts';
import type { Reading } from '../store/store.ts';

/** The spans of a session as the spec's records (4.3.9.18.2). */
export interface SpanBindings {
  session: ModelSessionSpanBinding;
  /**
   * Runs, attempts and tool calls, in the order of their opening. Tokens and cost stand at the attempts and nowhere
   * else, so that a sum counts nothing twice (D-38).
   */
  activities: ActivitySpanBinding[];
}

/** Undefined for an id that nobody has. */
export function bindingsOf(view: Reading, session_id: string): SpanBindings | undefined {
  const row = view.get('session', session_id);
  if (!row) return undefined;
  const { model_session_span_id } = row;
  const activities: ActivitySpanBinding[] = [];
  let parent_model_session_span_id: string | null = null;
  for (const span of view.select('span', 'session', session_id)) {
    if (span.span_id === model_session_span_id) parent_model_session_span_id = span.parent_span_id;
    else
      activities.push({
        activity_span_id: span.span_id,
        model_session_span_id,
        job_id: span.job_id!,
        model_id: span.model_id,
        start_time: span.start_time,
        end_time: span.end_time,
        token_count: span.token_count,
        cost_usd: span.cost_usd,
      });
  }
  return { session: { session_id, model_session_span_id, parent_model_session_span_id }, activities };
}
