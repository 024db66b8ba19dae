// What a process that has died left behind, as far as it waits for somebody's decision.
import type { Reading } from '../store/store.ts';

/** A session that recovery has paused. */
export interface Interrupted {
  session_id: string;
  /** Cut off; they go back to the queue when their session is resumed. */
  job_ids: string[];
  /** Begun, and nobody knows how they ended. */
  tool_call_ids: string[];
}

/** Live sessions alone are looked at: ended ones may be many. */
export function interrupted(view: Reading): Interrupted[] {
  return view
    .select('session', 'live', 'live')
    .filter(({ pause_reason }) => pause_reason === 'crash_recovery')
    .map(({ session_id }) => {
      const calls = new Set<string>();
      for (const { role, tool_call_id } of view.select('message', 'session', session_id)) {
        if (tool_call_id === null) continue;
        if (role === 'TOOL_CALL') calls.add(tool_call_id);
        if (role === 'TOOL_RESULT') calls.delete(tool_call_id);
      }
      const stalled = view.select('job', 'live', session_id).filter(({ state }) => state === 'stalled');
      return { session_id, job_ids: stalled.map(({ job_id }) => job_id), tool_call_ids: [...calls] };
    });
}
