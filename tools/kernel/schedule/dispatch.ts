import type { ModelRunJobLane } from '../../generated/index.ts';
import { consentFor, lackConsent, useUp } from '../consent/coverage.ts';
import { openDueReceipts } from '../consent/go-on.ts';
import type { Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import type { JobRow, SessionRow } from '../rows.ts';
import { wasActive } from '../session/activity.ts';
import { moveJob, settle } from '../session/settle.ts';
import { activityOf, openSpan } from '../session/spans.ts';
import { endSession } from '../session/terminal.ts';
import { nextLane } from './lanes.ts';
import { permitFree, runningCalls, takePermit } from './permits.ts';
import { rateWait, refuse, takeRequest } from './rates.ts';

export interface Dispatch {
  boot_id: string;
}

export interface Dispatched {
  job: JobRow | null;
  session: SessionRow | null;
  /** When something that waits now may be tried again; null = nothing waits for time to pass. */
  next_at: number | null;
}

/** T5: at most one job starts. Every look at the queue that finds nothing says when to look again. */
export function dispatch(draft: Draft, { boot_id }: Dispatch): Dispatched {
  const receipt_at = openDueReceipts(draft);
  release(draft);
  const wait: { at: number | null } = { at: receipt_at };
  const [delayed] = draft.select('job', 'delayed', 'delayed', 1);
  if (delayed) sooner(wait, delayed.not_before!);
  let found = candidates(draft, wait);
  // A run past its deadline ended its session, and that may have queued another's wake-up where we looked before; one
  // without consent told its parent, and mail changes what the parent's own next call would send.
  while (found.changed) found = candidates(draft, wait);
  const { heads } = found;
  if (heads.size === 0) return { job: null, session: null, next_at: wait.at };
  const lane = nextLane(draft, new Set(heads.keys()));
  const job = draft.edit('job', heads.get(lane)!.job_id)!;
  const session = draft.session(job.session_id);
  start(draft, session, job, boot_id);
  return { job, session, next_at: wait.at };
}

function sooner(wait: { at: number | null }, at: number): void {
  wait.at = wait.at === null ? at : Math.min(wait.at, at);
}

/** Retries whose backoff has passed return to their sub-queue; runs past their deadline fail. */
function release(draft: Draft): void {
  for (const waiting of draft.select('job', 'delayed', 'delayed', 64)) {
    if (waiting.not_before! > draft.now) break;
    draft.edit('job', waiting.job_id)!.not_before = null;
    settle(draft, draft.session(waiting.session_id)); // it waits for its turn now, and no longer for time
  }
}

/** For each lane the job it would run: the best head of its sub-queues that meets no limit. */
function candidates(
  draft: Draft,
  wait: { at: number | null },
): { heads: Map<ModelRunJobLane, JobRow>; changed: boolean } {
  const heads = new Map<ModelRunJobLane, JobRow>();
  let changed = false;
  const calls = runningCalls(draft);
  for (const queue of draft.distinct('job', 'ready')) {
    const head = liveHead(draft, queue, () => {
      changed = true;
    });
    if (!head) continue;
    if (head.deadline !== null) sooner(wait, head.deadline);
    if (!permitFree(draft, calls, head)) continue;
    const pause = rateWait(draft, head.provider);
    if (pause > 0) {
      refuse(draft, head, pause);
      sooner(wait, draft.now + pause);
      continue;
    }
    const best = heads.get(head.lane);
    if (!best || before(head, best)) heads.set(head.lane, head);
  }
  return { heads, changed };
}

function liveHead(draft: Draft, queue: string, onChange: () => void): JobRow | undefined {
  for (;;) {
    const [head] = draft.select('job', 'ready', queue, 1);
    if (!head) return undefined;
    if (withoutConsent(draft, head)) {
      onChange();
      continue;
    }
    if (head.deadline === null || head.deadline > draft.now) return head;
    const job = draft.edit('job', head.job_id)!;
    moveJob(job, 'failed');
    job.error = 'deadline';
    endSession(draft, draft.session(job.session_id), 'FAILED', {
      actor: 'system',
      reason: 'deadline',
      job_id: job.job_id,
      activity_span_id: activityOf(job),
    });
    onChange();
  }
}

/** No cloud call without a receipt (INV-CONSENT-001): the job keeps its place, its session is BLOCKED(consent). */
function withoutConsent(draft: Draft, head: JobRow): boolean {
  if (head.backend !== 'cloud' || consentFor(draft, draft.get('session', head.session_id)!, head))
    return false;
  const session = draft.session(head.session_id);
  draft.edit('job', head.job_id)!.held = true;
  lackConsent(draft, session);
  settle(draft, session);
  return true;
}

/** The session records under which receipt it speaks to the cloud; one for a single call is used up by that. */
function bindConsent(draft: Draft, session: SessionRow, job: JobRow): string {
  const { consent_receipt_id, projection_plan_id, scope } = consentFor(draft, session, job)!;
  session.consent_receipt_id = consent_receipt_id;
  session.projection_plan_id = projection_plan_id;
  session.consent_missing = false;
  job.consent_receipt_id = consent_receipt_id;
  if (scope === 'SINGLE_CALL') useUp(draft, consent_receipt_id, job);
  return consent_receipt_id;
}

const before = (a: JobRow, b: JobRow): boolean =>
  a.priority < b.priority || (a.priority === b.priority && a.queued_at < b.queued_at);

function start(draft: Draft, session: SessionRow, job: JobRow, boot_id: string): void {
  const first = job.started_at === null;
  const reason = job.approval ? `approved by ${job.approval}` : null;
  job.approval = null;
  const policy_decision_id = job.backend === 'cloud' ? bindConsent(draft, session, job) : null;
  moveJob(job, 'running');
  session.run_epoch += 1;
  session.runs += 1;
  wasActive(draft, session);
  session.running_job_id = job.job_id;
  session.unread_thread = false;
  job.run_epoch = session.run_epoch;
  job.boot_id = boot_id;
  job.started_at = draft.now;
  job.attempt_span_id = identity.attemptSpan(job.job_id, job.run_epoch);
  takePermit(draft, job);
  takeRequest(draft, job.provider);
  if (first) {
    openSpan(draft, session, {
      span_id: job.span_id,
      kind: 'model_run',
      parent_span_id: session.model_session_span_id,
      job,
    });
  }
  openSpan(draft, session, {
    span_id: job.attempt_span_id,
    kind: 'attempt',
    parent_span_id: job.span_id,
    job,
  });
  const envelope = { actor: 'system' as const, job_id: job.job_id, activity_span_id: job.attempt_span_id };
  draft.emit(
    'FR-EVT-SESS-SCHED-002',
    { session, ...envelope, ...(policy_decision_id === null ? {} : { policy_decision_id }) },
    {
      session_id: session.session_id,
      job_id: job.job_id,
      lane: job.lane,
      queue_wait_ms: Math.max(0, draft.now - job.queued_at),
    },
  );
  settle(draft, session, { ...envelope, reason });
}
