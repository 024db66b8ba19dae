import type { LogState, Rules } from './state.ts';

/** A result enters the thread of its call (INV-PROV-001), and each call that was made is told by FR-EVT-007. */
export function toolRules({ sessions, report }: LogState): Rules {
  return {
    after(event) {
      const work =
        event.model_session_id === undefined ? undefined : sessions.get(event.model_session_id)?.work;
      if (!work) return;
      if (event.fr_event_id === 'FR-EVT-007') work.toolCalls += 1;
      if (event.fr_event_id !== 'FR-EVT-SESS-004' || event.payload.role !== 'TOOL_RESULT') return;
      work.toolResults += 1;
      if (work.toolResults <= work.toolCalls) return;
      work.toolCalls = work.toolResults;
      report(
        'tool/untold',
        `message ${event.payload.message_id} is the result of a tool call that no event tells`,
      );
    },
  };
}
