import type { Draft } from '../draft.ts';
import type { JobRow, SessionRow } from '../rows.ts';
import { moveJob, settle } from '../session/settle.ts';
import { closeSpan } from '../session/spans.ts';
import { type PendingToolCall, pendingToolCalls } from './tool-calls.ts';

export interface Recover {
  /** The process that asks; its own runs are no orphans. */
  boot_id: string;
  /** Processes of which somebody has seen that they are gone. One that has left, or never came, is not listed. */
  dead?: readonly string[];
}

/** One session that its process left behind, and what was last known of it. */
export interface RecoveredSession {
  session_id: string;
  job_id: string;
  role: string;
  wp_id: string | null;
  /** The process that ran it. */
  boot_id: string;
  /** When its run last said something. */
  last_seen_at: string;
  checkpoint_artifact_id: string | null;
  last_checkpoint_at: string | null;
  /** The last message of its thread; '' = it has none. */
  message_thread_tail_id: string;
  /** None of them was repeated: that is decided when the session is resumed. */
  pending_tool_calls: PendingToolCall[];
}

export interface Recovery {
  recovered: RecoveredSession[];
  /** Permits of provider calls that came back, because the process that held them is gone. */
  freed_permits: number;
}

/**
 * T10: takes the run epoch first, so that neither a second recovery nor a zombie can interfere (FM-23, FM-24). A
 * process that registered while the caller looked who lives is on no list of the dead, and keeps its runs.
 */
export function recover(draft: Draft, { boot_id, dead = [] }: Recover): Recovery {
  const gone = (other: string): boolean =>
    other !== boot_id && (dead.includes(other) || draft.get('boot', other) === undefined);
  const recovered: RecoveredSession[] = [];
  for (const other of draft.distinct('job', 'running')) {
    if (!gone(other)) continue;
    for (const job of draft.select('job', 'running', other)) {
      recovered.push(stall(draft, draft.session(job.session_id), draft.edit('job', job.job_id, job)!, other));
    }
  }
  let freed_permits = 0;
  for (const call of draft.select('call', 'running', 'running')) {
    // A run that was cancelled before its process died is no orphan, and its permit is one all the same.
    if (!gone(draft.get('job', call.job_id)!.boot_id!)) continue;
    draft.remove('call', call.job_id);
    freed_permits += 1;
  }
  for (const other of dead) if (draft.get('boot', other) && gone(other)) draft.remove('boot', other);
  return { recovered, freed_permits };
}

function stall(draft: Draft, session: SessionRow, job: JobRow, boot_id: string): RecoveredSession {
  const last_seen_at = session.last_activity_at ?? draft.time;
  session.run_epoch += 1;
  session.running_job_id = null;
  session.pause_requested = null;
  session.pause_reason = 'crash_recovery';
  moveJob(job, 'stalled');
  closeSpan(draft, job.attempt_span_id!, 'interrupted'); // and with it the tool that it was waiting for
  const envelope = { actor: 'system' as const, job_id: job.job_id, activity_span_id: job.attempt_span_id };
  draft.emit(
    'FR-EVT-WF-RECOVERY',
    { session, ...envelope },
    {
      workflow_run_id: job.job_id,
      from_state: 'running',
      to_state: 'stalled',
      reason: 'crash_recovery',
      last_heartbeat_ts: last_seen_at,
      threshold_secs: 0,
    },
  );
  settle(draft, session, { ...envelope, loading: true });
  return {
    session_id: session.session_id,
    job_id: job.job_id,
    role: session.role,
    wp_id: session.wp_id,
    boot_id,
    last_seen_at,
    checkpoint_artifact_id: session.checkpoint_artifact_id,
    last_checkpoint_at: session.last_checkpoint_at,
    message_thread_tail_id: session.thread_tail_id,
    pending_tool_calls: pendingToolCalls(draft.select('tool_call', 'pending', session.session_id)),
  };
}
