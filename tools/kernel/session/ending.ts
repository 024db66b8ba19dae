// The facts of an ending for one session: its jobs, its state, its spans. Who else ends is terminal.ts.
import type { Draft } from '../draft.ts';
import type { JobRow, SessionRow, Terminal } from '../rows.ts';
import { type Cause, moveJob, settle } from './settle.ts';
import { activityOf, closeSpan, closeSpansOf } from './spans.ts';

/** The facts of an ending: jobs stopped, state derived, spans closed. Emits SCHED-004, then SESS-002. */
export function finish(
  draft: Draft,
  session: SessionRow,
  terminal: Terminal,
  cause: Cause,
  by = 'system',
): void {
  for (const job of draft.select('job', 'live', session.session_id)) {
    cancelJob(draft, session, draft.edit('job', job.job_id)!, cause, by);
  }
  session.terminal = terminal;
  session.running_job_id = null;
  session.pause_reason = null;
  session.pause_requested = null;
  settle(draft, session, cause);
  closeSpansOf(draft, session, terminal.toLowerCase());
}

/** Cancels one job. Its permit stays with the call until that has unwound (D-14). */
export function cancelJob(draft: Draft, session: SessionRow, job: JobRow, cause: Cause, by: string): void {
  const running = job.state === 'running';
  const envelope = {
    actor: cause.actor,
    job_id: job.job_id,
    activity_span_id: activityOf(job),
    ...(cause.policy_decision_id === undefined ? {} : { policy_decision_id: cause.policy_decision_id }),
  };
  moveJob(job, 'cancelled');
  job.error = cause.reason ?? null;
  // Before its first dispatch a job has no span: a cascade over thousands would look for each of them in vain.
  if (job.attempt_span_id) {
    closeSpan(draft, job.attempt_span_id, 'cancelled');
    closeSpan(draft, job.span_id, 'cancelled');
  }
  if (running) {
    session.run_epoch += 1; // whatever the call still reports comes too late
    session.running_job_id = null;
    draft.effects.push({
      kind: 'abort',
      job_id: job.job_id,
      session_id: session.session_id,
      reason: cause.reason ?? 'cancelled',
    });
  }
  draft.emit(
    'FR-EVT-SESS-SCHED-004',
    { session, ...envelope },
    {
      session_id: session.session_id,
      job_id: job.job_id,
      reason: cause.reason ?? 'cancelled',
      cancelled_by: by,
    },
  );
}
