import type { Draft } from '../draft.ts';
import type { JobRow, SessionRow } from '../rows.ts';
import { moveJob, settle } from '../session/settle.ts';
import { closeSpan } from '../session/spans.ts';
import { releasePermit } from './permits.ts';

export interface Recover {
  /** The process that asks; runs of every other one are orphans (D-41). */
  boot_id: string;
}

export interface RecoveryReport {
  recovered: { session_id: string; job_id: string }[];
}

/** T10: takes the run epoch first, so that neither a second recovery nor a zombie can interfere (FM-23, FM-24). */
export function recover(draft: Draft, { boot_id }: Recover): RecoveryReport {
  const recovered: RecoveryReport['recovered'] = [];
  for (const stored of draft.select('session', 'running', 'running')) {
    const running = draft.get('job', stored.running_job_id!)!;
    if (running.boot_id === boot_id) continue;
    const session = draft.session(stored.session_id);
    stall(draft, session, draft.edit('job', running.job_id)!);
    recovered.push({ session_id: session.session_id, job_id: running.job_id });
  }
  for (const call of draft.select('call', 'running', 'running')) {
    if (draft.get('job', call.job_id)?.boot_id !== boot_id) draft.remove('call', call.job_id);
  }
  return { recovered };
}

function stall(draft: Draft, session: SessionRow, job: JobRow): void {
  const last = new Date(job.started_at ?? draft.now).toISOString();
  releasePermit(draft, job.job_id, job.run_epoch);
  session.run_epoch += 1;
  session.running_job_id = null;
  session.pause_requested = null;
  session.pause_reason = 'crash_recovery';
  moveJob(job, 'stalled');
  for (const span of draft.select('span', 'open', session.session_id)) {
    const cutOff = span.span_id === job.attempt_span_id || span.parent_span_id === job.attempt_span_id;
    if (cutOff) closeSpan(draft, span.span_id, 'interrupted'); // the attempt, and the tool it was waiting for
  }
  const envelope = { actor: 'system' as const, job_id: job.job_id, activity_span_id: job.attempt_span_id };
  draft.emit(
    'FR-EVT-WF-RECOVERY',
    { session, ...envelope },
    {
      workflow_run_id: job.job_id,
      from_state: 'running',
      to_state: 'stalled',
      reason: 'crash_recovery',
      last_heartbeat_ts: last,
      threshold_secs: 0,
    },
  );
  settle(draft, session, envelope);
}
