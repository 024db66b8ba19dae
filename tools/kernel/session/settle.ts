// Writes a session's derived state and its parent's counters, after every change of facts.
import type { JobState } from '../../generated/index.ts';
import type { Actor, Draft } from '../draft.ts';
import type { JobRow, SessionRow } from '../rows.ts';
import { noticeState } from '../spawn/notice.ts';
import { checkpoint, hasNews } from './checkpoint.ts';
import { derive, type Facts, jobTransitions, sessionTransitions } from './derive.ts';

/** Why the state changed, for FR-EVT-SESS-002 (D-06). */
export interface Cause {
  actor: Actor;
  reason?: string | null;
  job_id?: string;
  activity_span_id?: string | null;
  /** Recovery loads what was saved and saves nothing itself: a dead process's word ends with its last checkpoint. */
  loading?: boolean;
  /** The consent receipt whose revocation did it (D-51). */
  policy_decision_id?: string;
}

/** Recomputes a session's state and what it adds to its parent's counters. The only writer of either. */
export function settle(draft: Draft, session: SessionRow, cause: Cause = { actor: 'system' }): void {
  const before = session.state;
  const wasRetrying = session.blocked_on === 'retry';
  const { state, blocked_on } = derive(gather(draft, session));
  session.blocked_on = blocked_on;
  if (state !== before) {
    if (!sessionTransitions[before].includes(state)) {
      throw new Error(`illegal transition of session ${session.session_id}: ${before} to ${state}`);
    }
    const { reason = null, loading = false, ...envelope } = cause;
    // Before it turns (4.3.9.19.3): a cut while it waits must not cost what it has just done.
    if ((state === 'PAUSED' || state === 'BLOCKED') && !loading && hasNews(session))
      checkpoint(draft, session);
    session.state = state;
    session.touched = true;
    draft.emit(
      'FR-EVT-SESS-002',
      { session, ...envelope },
      {
        session_id: session.session_id,
        from_state: before,
        to_state: state,
        reason: blocked_on ?? (state === 'PAUSED' ? session.pause_reason : reason),
      },
    );
  }
  noticeState(draft, session, blocked_on === 'retry' && !wasRetrying, cause);
  count(draft, session);
}

function gather(draft: Draft, session: SessionRow): Facts {
  // What its jobs wait for matters neither while one runs nor to a session that has never had any.
  const looksAtJobs = !session.terminal && session.running_job_id === null && session.job_seq > 0;
  const jobs = looksAtJobs ? draft.select('job', 'live', session.session_id) : [];
  return {
    terminal: session.terminal,
    running: session.running_job_id !== null,
    pause_reason: session.pause_reason,
    touched: session.touched,
    awaiting: jobs.some((job) => job.state === 'awaiting_user' || job.state === 'awaiting_validation'),
    blocker: session.consent_missing ? 'consent' : null,
    retrying: jobs.some((job) => job.state === 'queued' && job.attempt > 0 && job.not_before !== null),
    queued: jobs.some((job) => job.state === 'queued'),
    announcing_children: session.announcing_children,
  };
}

/** An active child is one that is not terminal, idle persistent ones excepted (D-23). */
function count(draft: Draft, session: SessionRow): void {
  const idle =
    session.spawn_mode === 'SESSION_PERSISTENT' &&
    session.state === 'BLOCKED' &&
    session.blocked_on === 'input';
  const active = session.terminal === null && !idle;
  const announcing = active && session.announce_back;
  if (session.parent_session_id === null) return;
  if (active === session.counts_active && announcing === session.counts_announcing) return;
  const parent = draft.session(session.parent_session_id);
  parent.active_children += Number(active) - Number(session.counts_active);
  parent.announcing_children += Number(announcing) - Number(session.counts_announcing);
  if (session.counts_active && !active) draft.freed.add(parent.session_id);
  session.counts_active = active;
  session.counts_announcing = announcing;
  settle(draft, parent);
}

export function moveJob(job: JobRow, state: JobState): void {
  if (!jobTransitions[job.state].includes(state)) {
    throw new Error(`illegal transition of job ${job.job_id}: ${job.state} to ${state}`);
  }
  job.state = state;
}
