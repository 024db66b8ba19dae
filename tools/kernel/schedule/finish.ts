import { redact, redactText } from '../../text/index.ts';
import type { Draft } from '../draft.ts';
import type { JobRow, Outcome } from '../rows.ts';
import { type Cause, moveJob, settle } from '../session/settle.ts';
import { closeSpan } from '../session/spans.ts';
import { completeIfDone, endSession } from '../session/terminal.ts';
import { announce } from '../spawn/announce.ts';
import { currentRun, type RunKey } from './current-run.ts';
import { unhold, wake } from './enqueue.ts';
import { releasePermit } from './permits.ts';
import { toolCallKey } from './tool-calls.ts';

/** How a run ended. */
export type RunOutcome =
  | ({ outcome: 'completed'; issues?: boolean; close?: boolean } & Outcome)
  | { outcome: 'yield' }
  | { outcome: 'awaiting_user'; tool_call_id: string }
  | { outcome: 'failed'; error: string; retryable: boolean }
  | { outcome: 'interrupted' };

export interface FinishRun extends RunKey {
  result: RunOutcome;
}

/** T11: the run is over, and in the same commit the next wake-up is arranged if mail came meanwhile. */
export function finishRun(draft: Draft, { result, ...key }: FinishRun): { fenced: boolean } {
  releasePermit(draft, key.job_id, key.run_epoch);
  const run = currentRun(draft, key);
  if (!run) return { fenced: true };
  const { session } = run;
  const job = draft.edit('job', key.job_id)!;
  const cause: Cause = { actor: 'system', job_id: job.job_id, activity_span_id: job.attempt_span_id };
  session.running_job_id = null;
  session.pause_reason = session.pause_requested;
  session.pause_requested = null;
  // A run that ended all the same lacks nothing any more; one that was interrupted waits with its job.
  if (result.outcome !== 'interrupted') session.consent_missing = session.revoked_job_ids.length > 0;
  const failed = endJob(draft, job, result);
  if (failed !== null) {
    endSession(draft, session, 'FAILED', { ...cause, reason: failed });
    return { fenced: false };
  }
  unhold(draft, session);
  if (result.outcome === 'completed') {
    const whole = session.spawn_mode === 'ONE_SHOT' || result.close === true;
    if (whole) session.closing = true;
    if (session.announce_back) session.outcome = joined(session.outcome, result);
    if (completeIfDone(draft, session, cause)) return { fenced: false };
    settle(draft, session, cause);
    // A persistent child finishes tasks, not itself (D-08): it announces, and rests.
    if (!whole && session.announce_back) announce(draft, session, 'COMPLETED', cause);
  } else {
    if (completeIfDone(draft, session, cause)) return { fenced: false };
    settle(draft, session, cause);
  }
  wake(draft, session);
  return { fenced: false };
}

/** Completion may wait for other runs or for children, so what several runs hand on is told together. */
function joined(kept: Outcome | null, { key_outputs = [], next_steps = [] }: Outcome): Outcome {
  return {
    key_outputs: [...new Set([...(kept?.key_outputs ?? []), ...redact(key_outputs)])],
    next_steps: [...new Set([...(kept?.next_steps ?? []), ...redact(next_steps)])],
  };
}

/** Moves the job; returns the error if that was its last chance. */
function endJob(draft: Draft, job: JobRow, result: RunOutcome): string | null {
  switch (result.outcome) {
    case 'completed':
      moveJob(job, result.issues ? 'completed_with_issues' : 'completed');
      closeRun(draft, job, 'completed');
      return null;
    case 'yield':
      moveJob(job, 'completed');
      closeRun(draft, job, 'completed');
      return null;
    case 'awaiting_user':
      moveJob(job, 'awaiting_user');
      job.awaiting_tool_call_id = result.tool_call_id;
      closeSpan(
        draft,
        job.attempt_span_id!,
        asked(draft, job, result.tool_call_id) ? AWAITING_APPROVAL : 'awaiting_user',
      );
      return null;
    case 'interrupted':
      moveJob(job, 'queued');
      closeSpan(draft, job.attempt_span_id!, 'interrupted');
      job.queued_at = draft.now;
      job.held = true;
      return null;
    case 'failed':
      return failJob(draft, job, result);
  }
}

/** The status of an attempt that was stopped to ask: what comes after the approval begins again, and does not go on. */
export const AWAITING_APPROVAL = 'awaiting_approval';

const asked = (draft: Draft, job: JobRow, tool_call_id: string): boolean =>
  draft.get('tool_call', toolCallKey(job.session_id, tool_call_id))?.asked_epoch === job.run_epoch;

function failJob(
  draft: Draft,
  job: JobRow,
  { error: said, retryable }: { error: string; retryable: boolean },
): string | null {
  const error = redactText(said); // rows and letters keep it as long as events do
  job.error = error;
  closeSpan(draft, job.attempt_span_id!, 'failed');
  if (retryable && job.attempt < job.max_retries) {
    moveJob(job, 'queued');
    job.attempt += 1;
    job.not_before = draft.now + backoff(draft, job);
    job.queued_at = draft.now;
    job.held = true; // finishRun lets it into the queue, unless the session is paused
    return null;
  }
  moveJob(job, 'failed');
  return error;
}

/** The n-th retry waits base or base * 2^(n-1), never above the maximum: the same for every run of a job. */
export function backoff(draft: Draft, job: Pick<JobRow, 'attempt' | 'retry_backoff'>): number {
  const { backoff_base_ms: base, backoff_max_ms: most } = draft.rules.scheduler;
  const factor = job.retry_backoff === 'FIXED' ? 1 : 2 ** (job.attempt - 1);
  return Math.min(most, base * factor);
}

function closeRun(draft: Draft, job: JobRow, status: string): void {
  job.error = null; // that of an attempt before, which its span has kept
  closeSpan(draft, job.attempt_span_id!, status);
  closeSpan(draft, job.span_id, status);
}
