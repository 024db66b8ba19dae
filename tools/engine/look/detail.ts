// Everything an operator may ask of one session, in one look at the store.
import type { MailboxRow, SessionRow, SpanRow, ThreadPermissionRow } from '../../kernel/index.ts';
import { isLiveJob, type JobRow, subQueue } from '../../kernel/index.ts';
import type { ConsentRecord, MailboxMessage, ThreadMessage } from '../api.ts';
import { letterRecord, messageRecord } from '../records.ts';
import type { Reading } from '../store/store.ts';
import { bindingsOf, type SpanBindings } from './bindings.ts';
import { consentsOf } from './consents.ts';
import { type OpenCall, openCalls } from './interrupted.ts';
import { type About, aboutAll, jobsOf, type SessionSummary, summaryOf, timeOf } from './summary.ts';

/** What the engine keeps beside the spec's record, as far as it is an answer to somebody's question. */
export type SessionFacts = Pick<
  SessionRow,
  | 'spawn_mode'
  | 'announce_back'
  | 'lane'
  | 'provider'
  | 'task_payload_artifact_id'
  | 'trace_id'
  | 'model_session_span_id'
  | 'closing'
>;

export interface SessionDetail {
  session: SessionSummary & SessionFacts;
  parent: SessionSummary | null;
  /** In the order of their spawn. */
  children: SessionSummary[];
  caps: Caps;
  jobs: JobDetail[];
  /** What stands before the job that waits for a permit; null where none does. */
  queue: Queue | null;
  messages_total: number;
  /** The last of the thread, oldest first. */
  messages: ThreadMessage[];
  /** Unread, in order: announcements of children, and notices (FYI) of how they are. */
  inbox: MailboxMessage[];
  /** What it has announced to its parent. */
  announcements: MailboxMessage[];
  /** Begun, and nobody knows how they ended. */
  pending_tool_calls: OpenCall[];
  /** When it was resumed after a crash, the latest two: the next one within an hour needs an approval. */
  crash_resumes: string[];
  /** Receipts that cover it, or did. */
  consents: ConsentRecord[];
  /** What it was allowed to read of others, and others of it; revoked ones included. */
  may_read: ThreadPermissionRow[];
  readers: ThreadPermissionRow[];
  spans: SpanRow[];
  /** The same as the spec's records. */
  bindings: SpanBindings;
  packet: { wp_id: string; total_tokens: number; total_cost_usd: number | null } | null;
}

/** What bounds a session, as its row says, and how much of it is used. */
export interface Caps {
  depth: { used: number; most: number };
  children: { used: number; most: number };
  /** Descendants that the tree has had; their ceiling is the engine's and stands in no row. */
  descendants_of_root: number;
}

export type JobDetail = Pick<
  JobRow,
  | 'job_id'
  | 'job_seq'
  | 'state'
  | 'lane'
  | 'priority'
  | 'attempt'
  | 'max_retries'
  | 'run_epoch'
  | 'held'
  | 'wake'
  | 'awaiting_tool_call_id'
  | 'approved_by'
  | 'tokens'
  | 'cost_usd'
  | 'error'
> & { queued_at: string; started_at: string | null; retry_at: string | null };

export interface Queue {
  job_id: string;
  lane: string;
  provider: string;
  model_id: string;
  /** Jobs of the same sub-queue that come first. */
  ahead: { job_id: string; session_id: string }[];
  /** Provider calls that hold a permit now. */
  running: { job_id: string; session_id: string }[];
  /** Until then the provider's rate limit lets nothing through. */
  denied_until: string | null;
}

/** Undefined for an id that nobody has. `most` is how many messages of the thread are wanted. */
export function detailOf(view: Reading, session_id: string, most: number): SessionDetail | undefined {
  const row = view.get('session', session_id);
  if (!row) return undefined;
  const about = aboutAll(view);
  const parent = row.parent_session_id === null ? undefined : view.get('session', row.parent_session_id);
  const jobs = jobsOf(view, row);
  const thread = view.select('message', 'session', session_id);
  const packet = row.wp_id === null ? undefined : view.get('packet', row.wp_id);
  return {
    session: { ...summaryOf(view, row, about), ...factsOf(row) },
    parent: parent ? summaryOf(view, parent, about) : null,
    children: childrenOf(view, session_id, about),
    caps: {
      depth: { used: row.spawn_depth, most: row.max_child_depth },
      children: { used: row.active_children, most: row.max_children },
      descendants_of_root: view.get('tree', row.root_session_id)?.descendants ?? 0,
    },
    jobs: jobs.map(jobDetail),
    queue: queueOf(view, jobs.find(isReady)),
    messages_total: thread.length,
    messages: thread
      .slice(Math.max(0, thread.length - most))
      .map((message) => ({ ...messageRecord(message), provenance: message.provenance })),
    inbox: view
      .select('mailbox', 'inbox', session_id)
      .filter((letter) => letter.inbox_seq > row.inbox_cursor)
      .map(letterRecord),
    announcements: parent
      ? view
          .select('mailbox', 'inbox', parent.session_id)
          .filter(isAnnouncementOf(session_id))
          .map(letterRecord)
      : [],
    pending_tool_calls: openCalls(view, session_id),
    crash_resumes: row.crash_resumes.map((ms) => new Date(ms).toISOString()),
    consents: consentsOf(view, { session_id }),
    may_read: view.select('permission', 'reader', session_id),
    readers: view.all('permission').filter((permission) => permission.session_id === session_id),
    spans: view.select('span', 'session', session_id),
    bindings: bindingsOf(view, session_id)!,
    packet: packet ?? null,
  };
}

const childrenOf = (view: Reading, session_id: string, about: About): SessionSummary[] =>
  view.select('session', 'parent', session_id).map((child) => summaryOf(view, child, about));

const factsOf = (row: SessionRow): SessionFacts => ({
  spawn_mode: row.spawn_mode,
  announce_back: row.announce_back,
  lane: row.lane,
  provider: row.provider,
  task_payload_artifact_id: row.task_payload_artifact_id,
  trace_id: row.trace_id,
  model_session_span_id: row.model_session_span_id,
  closing: row.closing,
});

/** Its notices are no announcements. */
const isAnnouncementOf =
  (session_id: string) =>
  ({ from_session_id, message_type }: MailboxRow): boolean =>
    from_session_id === session_id && message_type === 'SessionAnnounceBack';

const jobDetail = (job: JobRow): JobDetail => ({
  job_id: job.job_id,
  job_seq: job.job_seq,
  state: job.state,
  lane: job.lane,
  priority: job.priority,
  attempt: job.attempt,
  max_retries: job.max_retries,
  run_epoch: job.run_epoch,
  held: job.held && isLiveJob(job),
  wake: job.wake,
  awaiting_tool_call_id: job.awaiting_tool_call_id,
  approved_by: job.approved_by,
  tokens: job.tokens,
  cost_usd: job.cost_usd,
  error: job.error,
  queued_at: new Date(job.queued_at).toISOString(),
  started_at: timeOf(job.started_at),
  retry_at: timeOf(job.not_before),
});

const isReady = (job: JobRow): boolean => job.state === 'queued' && !job.held && job.not_before === null;

function queueOf(view: Reading, job: JobRow | undefined): Queue | null {
  if (!job) return null;
  const waiting = view.select('job', 'ready', subQueue(job));
  const named = ({ job_id, session_id }: { job_id: string; session_id: string }) => ({ job_id, session_id });
  return {
    job_id: job.job_id,
    lane: job.lane,
    provider: job.provider,
    model_id: job.model_id,
    ahead: waiting
      .slice(
        0,
        waiting.findIndex(({ job_id }) => job_id === job.job_id),
      )
      .map(named),
    running: view.select('call', 'running', 'running').map(named),
    denied_until: timeOf(view.get('bucket', job.provider)?.denied_until ?? null),
  };
}
