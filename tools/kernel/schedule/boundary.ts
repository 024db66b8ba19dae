// What a run does between its start and its end: messages, tool calls, the permit it gives and takes.
import type { EventPayloads } from '../../generated/index.ts';
import { redactText } from '../../text/index.ts';
import { boundReceipt, CONSENT_MISSING, coverOf, lackConsent } from '../consent/coverage.ts';
import type { Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import { checkpoint, checkpointDue } from '../session/checkpoint.ts';
import { closeSpan, openSpan } from '../session/spans.ts';
import { widening } from '../spawn/capabilities.ts';
import { currentRun, type RunKey } from './current-run.ts';
import { addMessage, type NewMessage } from './enqueue.ts';
import { permitFree, releasePermit, runningCalls, takePermit } from './permits.ts';
import { rateWait, refuse, takeRequest } from './rates.ts';
import {
  answerCall,
  beginCall,
  type DeclaredCall,
  toolCallKey,
  type Verdict,
  verdict,
} from './tool-calls.ts';

export interface Boundary {
  /** The run is no longer the session's: it was cancelled, recovered or retried. */
  fenced: boolean;
  /** A pause was asked for; this is a boundary (D-07). */
  pause: boolean;
}

export const stale: Boundary = { fenced: true, pause: false };

/** A message that the run wrote. */
export function say(draft: Draft, key: RunKey & { message: NewMessage }): Boundary {
  const run = currentRun(draft, key);
  if (!run) return stale;
  addMessage(draft, run.session, key.message, run.envelope);
  if (checkpointDue(draft, run.session)) checkpoint(draft, run.session);
  return { fenced: false, pause: run.session.pause_requested !== null };
}

export interface ToolStart extends RunKey {
  tool_call_id: string;
  capability_ids: string[];
  message: NewMessage;
  call: DeclaredCall;
}

export interface ToolStarted extends Boundary {
  denied: string[];
  verdict: Verdict;
}

/**
 * Tool time is no provider time: the permit goes back while the tool works (D-11). A call that was made before, by a
 * run that was cut off or is retried, begins only if it may be repeated (D-42).
 */
export function startTool(draft: Draft, start: ToolStart): ToolStarted {
  const run = currentRun(draft, start);
  if (!run) return { ...stale, denied: [], verdict: { kind: 'execute' } };
  const { job, session, envelope } = run;
  const key = toolCallKey(session.session_id, start.tool_call_id);
  const known = draft.get('tool_call', key);
  const judged = verdict(draft, job, start.tool_call_id, start.call);
  const boundary = { fenced: false, pause: session.pause_requested !== null };
  if (judged.kind === 'ask') draft.edit('tool_call', key)!.asked_epoch = job.run_epoch;
  if (judged.kind !== 'execute') return { ...boundary, denied: [], verdict: judged };
  const span_id = identity.toolSpan(job.attempt_span_id!, start.tool_call_id);
  openSpan(draft, session, {
    span_id,
    kind: 'tool_call',
    name: start.call.tool_id,
    parent_span_id: job.attempt_span_id,
    job,
  });
  // A call that was cut off stands in the thread already, and waits there for its result.
  if (known?.state !== 'pending') {
    addMessage(draft, session, start.message, { ...envelope, activity_span_id: span_id });
  }
  const denied = widening(session.capability_grants, start.capability_ids);
  if (denied.length === 0) {
    beginCall(draft, job, start.tool_call_id, start.call);
    releasePermit(draft, job.job_id, job.run_epoch);
  }
  return { ...boundary, denied, verdict: judged };
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
  const parent_span_id = identity.attemptSpan(end.job_id, end.run_epoch);
  const span_id = identity.toolSpan(parent_span_id, end.tool_call_id);
  closeSpan(draft, span_id, end.ok ? 'completed' : 'failed');
  const envelope = { actor: 'agent' as const, job_id: end.job_id, activity_span_id: span_id };
  const capability = end.capability_id === undefined ? {} : { capability_id: end.capability_id };
  draft.emit('FR-EVT-007', { session, ...envelope, ...capability }, { ...end.payload, parent_span_id });
  const { error } = end.payload;
  answerCall(draft, toolCallKey(session.session_id, end.tool_call_id), end.run_epoch, {
    result_ref: end.message.content_artifact_id,
    error: error ? { code: error.code, message: redactText(error.message ?? '') } : null,
  });
  if (!run) return stale;
  addMessage(draft, session, end.message, envelope);
  if (end.ok || checkpointDue(draft, session)) checkpoint(draft, session);
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
