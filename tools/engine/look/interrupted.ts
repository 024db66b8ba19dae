// What a process that has died left behind, as far as it waits for somebody's decision.
import { type BootRow, type PendingToolCall, pendingToolCalls } from '../../kernel/index.ts';
import type { Reading } from '../store/store.ts';

/** Without its arguments, which may hold anything. */
export type OpenCall = Omit<PendingToolCall, 'arguments'>;

/** A session that recovery has paused. */
export interface Interrupted {
  session_id: string;
  /** Cut off; they go back to the queue when their session is resumed. */
  job_ids: string[];
  pending_tool_calls: OpenCall[];
}

/** Runs of one process, as it has written them down. */
export interface RunningIn extends BootRow {
  runs: number;
}

/** Live sessions alone are looked at: ended ones may be many. */
export function interrupted(view: Reading): Interrupted[] {
  return view
    .select('session', 'live', 'live')
    .filter(({ pause_reason }) => pause_reason === 'crash_recovery')
    .map(({ session_id }) => {
      const stalled = view.select('job', 'live', session_id).filter(({ state }) => state === 'stalled');
      return {
        session_id,
        job_ids: stalled.map(({ job_id }) => job_id),
        pending_tool_calls: openCalls(view, session_id),
      };
    });
}

export const openCalls = (view: Reading, session_id: string): OpenCall[] =>
  pendingToolCalls(view.select('tool_call', 'pending', session_id)).map(({ arguments: _, ...call }) => call);

/** By the process that runs them, in the order of its registration. */
export function running(view: Reading): RunningIn[] {
  return view.select('boot', 'all', 'all').flatMap((boot) => {
    const runs = view.select('job', 'running', boot.boot_id).length;
    return runs === 0 ? [] : [{ ...boot, runs }];
  });
}
