import { defaults, type ModelRunJob, type SessionMessage } from '../../generated/index.ts';
import { CONSENT_MISSING, consentFor, lackConsent } from '../consent/coverage.ts';
import { Refused } from '../decision.ts';
import type { Actor, Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import type { JobRow, MessageRow, Provenance, SessionRow } from '../rows.ts';
import { settle } from '../session/settle.ts';

export type RunOptions = Partial<
  Pick<
    ModelRunJob,
    | 'lane'
    | 'priority'
    | 'concurrency_group'
    | 'max_retries'
    | 'retry_backoff'
    | 'timeout_ms'
    | 'cancellation_token'
    | 'max_tokens_budget'
    | 'estimated_cost_usd'
  >
> & { deadline_ms?: number | null };

export interface Enqueue extends RunOptions {
  session_id: string;
}

export interface Enqueued {
  job_id: string;
  /** No receipt covers this run, so it waits until one does (INV-CONSENT-001). */
  refusal?: typeof CONSENT_MISSING;
}

/**
 * T4: one more run for a session. Nothing is ever dropped because a limit is full (INV-SCHED-002), or because consent
 * is missing: the caller hears of that, and the job keeps its place.
 */
export function enqueue(draft: Draft, { session_id, ...options }: Enqueue): Enqueued {
  const session = draft.session(session_id);
  refuseTerminal(session);
  if (options.lane === 'PRIMARY' && session.parent_session_id !== null) {
    throw new Refused('invalid_request', 'a child never runs in the PRIMARY lane');
  }
  winPlace(draft, session);
  const job = addJob(draft, session, options);
  const refused = job.backend === 'cloud' && !consentFor(draft, session, job);
  if (refused && !job.held) {
    job.held = true;
    lackConsent(draft, session);
  }
  settle(draft, session);
  return { job_id: job.job_id, ...(refused ? { refusal: CONSENT_MISSING } : {}) };
}

export function refuseTerminal(session: SessionRow): void {
  if (session.terminal) {
    throw new Refused('session_terminal', `session ${session.session_id} is ${session.state}`);
  }
}

/** An idle persistent child holds no place among its parent's children; to work again it needs one (D-23). */
export function winPlace(draft: Draft, session: SessionRow): void {
  const full = fullParent(draft, session);
  if (!full) return;
  throw new Refused(
    'children_cap_reached',
    `session ${full.session_id} has ${full.active_children} active children, its cap is ${childrenCap(draft, full)}`,
  );
}

/** The lower of what the workspace and the session itself allow (D-20). */
export const childrenCap = (draft: Draft, session: SessionRow): number =>
  Math.min(draft.rules.limits.max_active_children_per_session, session.max_children);

/**
 * The ancestor that has no place for what would become active with this session: itself, and above it every idle
 * session that would then wait for an announcement.
 */
export function fullParent(draft: Draft, session: SessionRow): SessionRow | null {
  for (let next = session; next.parent_session_id !== null && !next.counts_active; ) {
    const parent: SessionRow = draft.get('session', next.parent_session_id)!;
    if (parent.active_children >= childrenCap(draft, parent)) return parent;
    if (!next.announce_back || parent.terminal) return null;
    next = parent;
  }
  return null;
}

export function addJob(draft: Draft, session: SessionRow, options: RunOptions, wake = false): JobRow {
  session.job_seq += 1;
  const job_id = wake
    ? identity.wakeJob(session.session_id, ++session.wake_epoch)
    : identity.job(session.session_id, session.job_seq);
  const job: JobRow = {
    job_kind: 'model_run',
    session_id: session.session_id,
    model_id: session.model_id,
    backend: session.backend,
    lane: options.lane ?? session.lane,
    priority: options.priority ?? defaults.ModelRunJob.priority,
    concurrency_group: options.concurrency_group ?? null,
    max_retries: options.max_retries ?? defaults.ModelRunJob.max_retries,
    retry_backoff: options.retry_backoff ?? defaults.ModelRunJob.retry_backoff,
    timeout_ms: options.timeout_ms ?? defaults.ModelRunJob.timeout_ms,
    cancellation_token: options.cancellation_token ?? null,
    max_tokens_budget: options.max_tokens_budget ?? null,
    estimated_cost_usd: options.estimated_cost_usd ?? null,
    job_id,
    job_seq: session.job_seq,
    state: 'queued',
    provider: session.provider,
    attempt: 0,
    run_epoch: 0,
    held: session.pause_reason !== null || draft.select('job', 'live', session.session_id, 1).length > 0,
    not_before: null,
    queued_at: draft.now,
    started_at: null,
    deadline: options.deadline_ms == null ? null : draft.now + options.deadline_ms,
    wake,
    boot_id: null,
    awaiting_tool_call_id: null,
    approved_by: null,
    approval: null,
    consent_receipt_id: null,
    span_id: identity.jobSpan(job_id),
    attempt_span_id: null,
    told_part: 0,
    told_count: 0,
    tokens: 0,
    cost_usd: null,
    error: null,
  };
  draft.put('job', job);
  draft.emit(
    'FR-EVT-SESS-SCHED-001',
    { session, actor: 'system', job_id },
    {
      session_id: session.session_id,
      job_id,
      lane: job.lane,
      priority: job.priority,
      concurrency_group: job.concurrency_group,
    },
  );
  return job;
}

/** Lets the next job of a session into the queue: one at a time (INV-SESS-003), none while it is paused. */
export function unhold(draft: Draft, session: SessionRow): void {
  if (session.terminal || session.pause_reason || session.running_job_id) return;
  const [next] = draft.select('job', 'live', session.session_id, 1);
  if (next?.state === 'queued' && next.held) draft.edit('job', next.job_id)!.held = false;
}

/** One wake-up for any number of messages: none is needed while a job is live (FM-12). Notices wake nobody (D-30). */
export function wake(draft: Draft, session: SessionRow): void {
  if (session.terminal || session.closing) return;
  if (session.inbox_announced <= session.inbox_cursor && !session.unread_thread) return;
  if (draft.select('job', 'live', session.session_id, 1).length > 0) return;
  const full = fullParent(draft, session);
  if (full) {
    wantPlace(draft, session, full);
    return;
  }
  addJob(draft, session, {}, true);
  settle(draft, session);
}

/** Mail for an idle child is no reason to pass the cap: it stays unread until a place is free (D-23). */
function wantPlace(draft: Draft, session: SessionRow, full: SessionRow): void {
  for (let id = session.parent_session_id; id !== null; ) {
    const parent: SessionRow = draft.edit('session', id)!;
    parent.place_wanted = true;
    if (id === full.session_id) return;
    id = parent.parent_session_id;
  }
}

/** Places that are free go to the children that wait for one, in the order of their spawning. */
export function seat(draft: Draft, session_id: string): void {
  if (!draft.get('session', session_id)!.place_wanted) return;
  draft.edit('session', session_id)!.place_wanted = false;
  for (const child of draft.select('session', 'parent', session_id)) {
    if (child.terminal) continue;
    if (!child.counts_active) wake(draft, draft.edit('session', child.session_id)!); // sets it again if in vain
    seat(draft, child.session_id);
  }
}

export interface NewMessage {
  role: SessionMessage['role'];
  content_hash: string;
  content_artifact_id: string;
  token_count?: number | null;
  tool_call_id?: string | null;
  attachments?: string[];
  message_id?: string;
  provenance?: Provenance;
}

/** Appends to a thread. The content is an artifact already; the event carries its hash (INV-SESS-002). */
export function addMessage(
  draft: Draft,
  session: SessionRow,
  message: NewMessage,
  envelope: { actor: Actor; job_id?: string; activity_span_id?: string | null },
): MessageRow {
  session.messages_count += 1;
  const row: MessageRow = {
    message_id: message.message_id ?? identity.message(session.session_id, session.messages_count),
    session_id: session.session_id,
    role: message.role,
    content_hash: message.content_hash,
    content_artifact_id: message.content_artifact_id,
    timestamp: draft.time,
    token_count: message.token_count ?? null,
    redacted: false,
    tool_call_id: message.tool_call_id ?? null,
    attachments: message.attachments ?? [],
    message_seq: session.messages_count,
    provenance: message.provenance ?? null,
    activity_span_id: envelope.activity_span_id ?? null,
  };
  session.thread_tail_id = row.message_id;
  draft.put('message', row);
  draft.emit(
    'FR-EVT-SESS-004',
    { session, ...envelope },
    {
      session_id: session.session_id,
      message_id: row.message_id,
      role: row.role,
      content_hash: row.content_hash,
      token_count: row.token_count,
    },
  );
  return row;
}
