// A session's state in words: what it waits for, who ended it, what it has told.
import type { OpenCall, SessionSummary } from '../../engine/index.ts';
import { count, visible } from '../output.ts';

/** `12:04:11` where all that is shown happened on one day, else with the day. UTC, as the events have it. */
export type Clocked = (time: string) => string;

export function clocked(times: readonly string[]): Clocked {
  const days = new Set(times.map((time) => time.slice(0, 10)));
  return (time) => (days.size > 1 ? `${time.slice(0, 10)} ${time.slice(11, 19)}` : time.slice(11, 19));
}

/** Of a session and everything that is told with it. */
export const timesOf = (session: SessionSummary): string[] =>
  [session.created_at, session.announced?.at, session.cancelled?.at, session.retry_at].filter(
    (time) => typeof time === 'string',
  );

/** What a person does to one session that goes on. */
export type Steering = 'pause' | 'resume' | 'approve' | 'send';

/** Why a session is in its state; empty where the state says it all. */
export function why(session: SessionSummary, children: number, at: Clocked): string {
  const { state, announced, cancelled, error, pause_reason, pause_requested } = session;
  switch (state) {
    case 'CREATED':
      return 'has not run yet';
    case 'ACTIVE':
      return pause_requested === null ? '' : `pauses at its next boundary (${pausedBy(pause_requested)})`;
    case 'PAUSED':
      return pausedBy(pause_reason);
    case 'BLOCKED':
      return waiting(session, children, at);
    case 'COMPLETED':
      return announced ? `announced ${at(announced.at)}` : '';
    case 'FAILED':
      return error === null ? '' : `"${visible(error)}"`;
    case 'CANCELLED':
      return cancelled
        ? `by ${visible(cancelled.by)}: "${visible(cancelled.reason)}" ${at(cancelled.at)}`
        : '';
  }
}

function waiting(
  { blocked_on, awaits_approval, retry_at }: SessionSummary,
  children: number,
  at: Clocked,
): string {
  switch (blocked_on) {
    case 'gate': {
      if (awaits_approval === null) return 'waits for a validation';
      const { number, tool_call_id } = awaits_approval;
      return `waits for approval of tool call ${number ?? visible(tool_call_id)}`;
    }
    case 'consent':
      return 'waits for consent to call a model in the cloud';
    case 'children':
      return children > 0 ? `waits for ${count(children, 'child', 'children')}` : 'waits for its children';
    case 'input':
      return 'waits for a message';
    case 'retry':
      return retry_at === null ? 'waits to be tried again' : `is tried again at ${at(retry_at)}`;
    case 'dispatch':
      return 'waits for a permit';
    case 'merge_conflict':
      return 'waits for a merge conflict to be settled';
    default:
      return `waits for ${blocked_on}`;
  }
}

function pausedBy(reason: string | null): string {
  switch (reason) {
    case 'operator':
      return 'by an operator';
    case 'policy':
      return 'by a policy';
    case 'budget':
      return 'its budget is used up';
    case 'crash_recovery':
      return 'the process that ran it has died';
    default:
      return `${reason}`;
  }
}

/** What becomes of a tool call that was cut off, when its session goes on. */
export function judged({ judgement, approved_by }: Pick<OpenCall, 'judgement' | 'approved_by'>): string {
  if (judgement === 'repeat') return 'is made again: it may be repeated';
  if (judgement === 'repeat_with_key') return 'is made again, under the key it was begun with';
  return approved_by === null
    ? 'is not made again until somebody approves it: nobody knows whether it was done'
    : `is made again: approved by ${visible(approved_by)}`;
}

export function tokens(n: number): string {
  return n >= 1000 ? `${(n / 1000).toFixed(1)}k tokens` : `${n} ${n === 1 ? 'token' : 'tokens'}`;
}

export const dollars = (cost: number | null): string => (cost === null ? '' : `$${cost.toFixed(2)}`);

/** `sha256:9be1…`: enough to see which one it is. */
export const shortArtifact = (id: string): string => id.replace(/^(sha256:[0-9a-f]{4})[0-9a-f]+$/, '$1…');

export const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);
