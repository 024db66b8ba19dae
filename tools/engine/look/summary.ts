// What one line about a session needs: its record, what it waits for, and how it ended.
import type { ModelSession } from '../../generated/index.ts';
import { type JobRow, jobIdsOf, type SessionRow } from '../../kernel/index.ts';
import { sessionRecord } from '../records.ts';
import type { Reading } from '../store/store.ts';

/** A session with what it has used so far, and why it is in its state. */
export type SessionSummary = ModelSession & {
  root_session_id: string;
  /** The request that it was spawned by; null for a root. */
  request_id: string | null;
  blocked_on: string | null;
  pause_reason: string | null;
  /** Asked for while a run is at work, which stops at its next boundary. */
  pause_requested: string | null;
  total_tokens: number;
  total_cost_usd: number | null;
  /** The tool call that waits for approval; `number` counts the tool calls of its thread. */
  awaits_approval: { tool_call_id: string; number: number | null } | null;
  /** When a failed run is tried again. */
  retry_at: string | null;
  announced: Announcement | null;
  cancelled: Cancellation | null;
  /** Of the last run, where the session has failed. */
  error: string | null;
};

export interface Announcement {
  at: string;
  message_id: string;
  summary_artifact_id: string | null;
}

export interface Cancellation {
  by: string;
  reason: string;
  at: string;
  op_id: string;
  /** The session that was cancelled; this one is below it, or the same. */
  root_session_id: string;
}

/** All sessions in the order of their creation, so that children come in the order of their spawn. */
export function summaries(view: Reading): SessionSummary[] {
  const about = aboutAll(view);
  return view.all('session').map((row) => summaryOf(view, row, about));
}

export interface About {
  requests: ReadonlyMap<string, string>;
  announced: ReadonlyMap<string, Announcement>;
  cancelled: ReadonlyMap<string, Omit<Cancellation, 'at'>>;
}

/** Facts that are kept under another key than the session's: each table is read once for all sessions. */
export function aboutAll(view: Reading): About {
  const requests = new Map<string, string>();
  for (const { key, child_session_id } of view.all('request')) {
    const [, request] = JSON.parse(key) as [string, string];
    if (child_session_id !== null) requests.set(child_session_id, request);
  }
  const announced = new Map<string, Announcement>();
  for (const letter of view.all('mailbox')) {
    if (letter.message_type !== 'SessionAnnounceBack') continue;
    const { message_id, created_at, attachments } = letter;
    const summary_artifact_id = attachments[0] ?? null;
    announced.set(letter.from_session_id, { at: created_at, message_id, summary_artifact_id });
  }
  const cancelled = new Map<string, Omit<Cancellation, 'at'>>();
  for (const { op_id, root_session_id, cancelled_session_ids, reason, cancelled_by } of view.all('operation'))
    for (const id of cancelled_session_ids)
      cancelled.set(id, { by: cancelled_by, reason, op_id, root_session_id });
  return { requests, announced, cancelled };
}

export function summaryOf(view: Reading, row: SessionRow, about: About): SessionSummary {
  const { session_id, root_session_id, blocked_on, pause_reason, pause_requested } = row;
  const cancel = row.state === 'CANCELLED' ? about.cancelled.get(session_id) : undefined;
  const live = row.terminal === null ? view.select('job', 'live', session_id) : [];
  return {
    ...sessionRecord(row),
    root_session_id,
    request_id: about.requests.get(session_id) ?? null,
    blocked_on,
    pause_reason,
    pause_requested,
    total_tokens: row.total_tokens,
    total_cost_usd: row.total_cost_usd,
    awaits_approval: approvalOf(view, live),
    retry_at: timeOf(live.find((job) => job.attempt > 0 && job.not_before !== null)?.not_before ?? null),
    announced: about.announced.get(session_id) ?? null,
    cancelled: cancel ? { ...cancel, at: endOf(view, row) } : null,
    error:
      row.state === 'FAILED'
        ? (jobsOf(view, row).findLast((job) => job.error !== null)?.error ?? null)
        : null,
  };
}

/** Every job that the session has had, in the order of their numbers. */
export function jobsOf(view: Reading, row: SessionRow): JobRow[] {
  return jobIdsOf(row)
    .flatMap((id) => view.get('job', id) ?? [])
    .sort((a, b) => a.job_seq - b.job_seq);
}

export const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function approvalOf(view: Reading, jobs: readonly JobRow[]): SessionSummary['awaits_approval'] {
  const waiting = jobs.find((job) => job.state === 'awaiting_user');
  const tool_call_id = waiting?.awaiting_tool_call_id ?? null;
  if (!waiting || tool_call_id === null) return null;
  const calls = view
    .select('message', 'session', waiting.session_id)
    .filter((message) => message.role === 'TOOL_CALL');
  const at = calls.findIndex((message) => message.tool_call_id === tool_call_id);
  return { tool_call_id, number: at < 0 ? null : at + 1 };
}

/** The span of a session ends with it; its row may be touched later. */
const endOf = (view: Reading, row: SessionRow): string =>
  view.get('span', row.model_session_span_id)?.end_time ?? row.updated_at;
