// What a run does between its start and its end: messages, tool calls, the permit it gives and takes.
import type { EventPayloads } from '../../generated/index.ts';
import { boundReceipt, CONSENT_MISSING, coverOf, lackConsent } from '../consent/coverage.ts';
import type { Draft, Envelope } from '../draft.ts';
import { identity } from '../identity.ts';
import type { JobRow, SessionRow } from '../rows.ts';
import { closeSpan, openSpan } from '../session/spans.ts';
import { widening } from '../spawn/capabilities.ts';
import { addMessage, type NewMessage } from './enqueue.ts';
import { permitFree, releasePermit, runningCalls, takePermit } from './permits.ts';
import { rateWait, refuse, takeRequest } from './rates.ts';

/** A run is named by its job and the epoch of its dispatch; an older epoch may change nothing (FM-24). */
export interface RunKey {
  job_id: string;
  run_epoch: number;
}

export interface Boundary {
  /** The run is no longer the session's: it was cancelled, recovered or retried. */
  fenced: boolean;
  /** A pause was asked for; this is a boundary (D-07). */
  pause: boolean;
}

const stale: Boundary = { fenced: true, pause: false };

interface Run {
  job: JobRow;
  session: SessionRow;
  envelope: Omit<Envelope, 'session'>;
}

export function currentRun(draft: Draft, { job_id, run_epoch }: RunKey): Run | null {
  const job = draft.get('job', job_id);
  if (job?.state !== 'running' || job.run_epoch !== run_epoch) return null;
  const session = draft.session(job.session_id);
  return {
    job,
    session,
    envelope: { actor: 'agent', job_id, activity_span_id: job.attempt_span_id },
  };
}

/** A message that the run wrote. */
export function say(draft: Draft, key: RunKey & { message: NewMessage }): Boundary {
  const run = currentRun(draft, key);
  if (!run) return stale;
  addMessage(draft, run.session, key.message, run.envelope);
  return { fenced: false, pause: run.session.pause_requested !== null };
}

export interface ToolStart extends RunKey {
  tool_call_id: string;
  capability_ids: string[];
  message: NewMessage;
}

/** Tool time is no provider time: the permit goes back while the tool works (D-11). */
export function startTool(draft: Draft, start: ToolStart): Boundary & { denied: string[] } {
  const run = currentRun(draft, start);
  if (!run) return { ...stale, denied: [] };
  const { job, session, envelope } = run;
  const span_id = identity.toolSpan(job.attempt_span_id!, start.tool_call_id);
  openSpan(draft, session, { span_id, kind: 'tool_call', parent_span_id: job.attempt_span_id, job });
  addMessage(draft, session, start.message, { ...envelope, activity_span_id: span_id });
  const denied = widening(session.capability_grants, start.capability_ids);
  if (denied.length === 0) releasePermit(draft, job.job_id, job.run_epoch);
  return { fenced: false, pause: session.pause_requested !== null, denied };
}

export interface ToolEnd extends RunKey {
  tool_call_id: string;
  ok: boolean;
  message: NewMessage;
  payload: EventPayloads['FR-EVT-007'];
  capability_id?: string;
}

/** What a tool did is recorded even if the run that called it is fenced by now: it happened. */
export function endTool(draft: Draft, end: ToolEnd): Boundary {
  const run = currentRun(draft, end);
  const job = draft.get('job', end.job_id)!;
  const session = draft.session(job.session_id);
  const span_id = identity.toolSpan(identity.attemptSpan(end.job_id, end.run_epoch), end.tool_call_id);
  closeSpan(draft, span_id, end.ok ? 'completed' : 'failed');
  const envelope = { actor: 'agent' as const, job_id: end.job_id, activity_span_id: span_id };
  const capability = end.capability_id === undefined ? {} : { capability_id: end.capability_id };
  draft.emit('FR-EVT-007', { session, ...envelope, ...capability }, end.payload);
  if (!run) return stale;
  addMessage(draft, session, end.message, envelope);
  return { fenced: false, pause: session.pause_requested !== null };
}

export interface Resumed extends Boundary {
  granted: boolean;
  next_at: number | null;
  /** The receipt that the run was dispatched under is no longer good: it stops, and its job waits for another. */
  refusal: typeof CONSENT_MISSING | null;
}

/** After a tool the run calls its provider again and needs a permit again; it holds nothing while it waits. */
export function resumeCall(draft: Draft, key: RunKey): Resumed {
  const refused = { granted: false, next_at: null, refusal: null };
  const run = currentRun(draft, key);
  if (!run) return { ...stale, ...refused };
  const { job, session } = run;
  const pause = session.pause_requested !== null;
  if (draft.get('call', job.job_id)) return { ...refused, fenced: false, pause, granted: true };
  if (job.backend === 'cloud' && !boundReceipt(draft, job)) {
    // Under another receipt it is dispatched anew, so that the log names that one too (D-51).
    if (!coverOf(draft, session)) lackConsent(draft, session);
    return { ...refused, fenced: false, pause, refusal: CONSENT_MISSING };
  }
  const wait = rateWait(draft, job.provider);
  if (wait > 0) refuse(draft, job, wait);
  const granted = wait === 0 && permitFree(draft, runningCalls(draft), job);
  if (granted) {
    takePermit(draft, job);
    takeRequest(draft, job.provider);
  }
  return { fenced: false, pause, granted, next_at: wait > 0 ? draft.now + wait : null, refusal: null };
}
