import type {
  ConsentReceipt,
  FlightRecorderEvent,
  ModelRunJob,
  ModelSession,
  ProjectionPlan,
  SessionMessage,
  SessionSpawnResponse,
  TokenUsage,
  ToolCall as ToolCallRecord,
  ToolIdempotency,
  ToolSideEffect,
} from '../generated/index.ts';
import type {
  Budgets,
  CascadeCancelRecord,
  Checkpointing,
  Enqueued,
  Ids,
  Limits,
  MailboxRow,
  NewSession,
  PendingToolCall,
  ProgressAnswer,
  Provenance,
  Role,
  RunOptions,
  RunOutcome,
  Scheduling,
  SpanRow,
  SpawnCall,
  ThreadPermissionRow,
} from '../kernel/index.ts';
import type { EventQuery } from '../recorder/index.ts';
import type { ChildProgress } from './children.ts';
import type { SpanBindings } from './look/bindings.ts';
import type { ViewName, ViewQuery, Views } from './look/views.ts';
import type { Admission, Clock } from './ports.ts';
import type { Processes } from './processes.ts';
import type { RecoveryReport } from './run/recovery.ts';
import type { Artifacts } from './store/artifacts.ts';

export interface EngineOptions {
  store: 'memory:' | `sqlite:${string}`;
  runner: Runner;
  /** Without a gate nobody is admitted to a packet. */
  admission?: Admission;
  /** Sessions without a packet; 'refuse' unless the caller's configuration allows them. */
  unboundSessions?: 'allow' | 'refuse';
  roles?: Record<string, Role>;
  budgets?: Partial<Budgets>;
  limits?: Partial<Limits>;
  scheduler?: Partial<Scheduling>;
  /** How much a run may stream until it is checkpointed: 5 messages or 4,096 tokens. */
  checkpoints?: Partial<Checkpointing>;
  /** Who lives. Default: processes of this machine. */
  processes?: Processes;
  /** Hears of what `start()` found that a dead process had left running. */
  onRecovery?: (report: RecoveryReport) => void;
  clock?: Clock;
  ids?: Ids;
  /** Default: in memory for `memory:`, else the folder `PATH.artifacts`. */
  artifacts?: Artifacts;
}

export interface Engine extends AsyncDisposable {
  /** A root session, CREATED. Bound to a packet only if the gate admits it. */
  createSession(input: NewSession, options?: CallOptions): Promise<ModelSession>;
  /** Answers at once; the child runs by itself. A refusal is an answer, not an error. */
  spawn(request: SpawnCall, options?: CallOptions): Promise<SessionSpawnResponse>;
  /**
   * One more run. Without a receipt that covers it a cloud run waits: the answer has `refusal: 'CX-MM-CONSENT-MISSING'`
   * and the session is BLOCKED with `consent` (INV-CONSENT-001).
   */
  enqueue(run: NewModelRun, options?: CallOptions): Promise<Enqueued>;
  /** A message from outside, or routed from another session (TRUST-001, TRUST-002). */
  send(message: InboundMessage, options?: CallOptions): Promise<void>;
  /** Of a tool call that waits for it: of one that a run asked for, or that a crash cut off (D-42). */
  approve(
    gate: { session_id: string; tool_call_id: string; by: string },
    options?: CallOptions,
  ): Promise<void>;
  /**
   * A person has agreed that the sessions a receipt covers may call the cloud (4.3.9.14, 11.1.7). The plan comes with
   * the first receipt for it. Who waited goes on at once; the same receipt again changes nothing. `consent_invalid`:
   * the receipt would cover nothing, or its id or its plan's id is known with other content.
   *
   * The receipt is asked for at each dispatch, and again after each tool; a call that is under way when its receipt
   * expires goes on. A run counts as one call, however often it is tried again, unless its session has heard more
   * since: then more would be sent than was agreed to.
   */
  consent(receipt: ConsentReceipt, plan?: ProjectionPlan, options?: CallOptions): Promise<void>;
  /**
   * Takes consent back (INV-CONSENT-003): calls under it stop, their jobs are cancelled, their sessions BLOCKED with
   * `consent`. What was cancelled is queued anew when another receipt comes, at once where there is one.
   */
  revokeConsent(id: string, by: string, options?: CallOptions): Promise<void>;
  /** Every receipt there is, in the order of issue, with its plan and what has become of it. */
  consents(filter?: ConsentFilter, options?: CallOptions): Promise<ConsentRecord[]>;
  /** The session and everything below it, in one transaction; the same `op_id` gives the same record. */
  cancel(
    session_id: string,
    how: { reason: string; by: string; op_id?: string },
    options?: CallOptions,
  ): Promise<CascadeCancelRecord>;
  pause(session_id: string, reason: string, options?: CallOptions): Promise<void>;
  /** The third time within an hour after a crash it needs somebody's approval (`approval_required`). */
  resume(session_id: string, options?: { approved_by?: string } & CallOptions): Promise<void>;
  close(session_id: string, options?: CallOptions): Promise<void>;
  /** Unread messages in order. Looking does not consume; taking moves the cursor. */
  inbox(session_id: string, options?: { take?: boolean } & CallOptions): Promise<MailboxMessage[]>;
  session(session_id: string, options?: CallOptions): Promise<ModelSession | undefined>;
  sessions(filter?: SessionFilter, options?: CallOptions): Promise<ModelSession[]>;
  spans(session_id: string, options?: CallOptions): Promise<SpanRow[]>;
  /** The same as the spec's records; undefined for an id that nobody has. */
  spanBindings(session_id: string, options?: CallOptions): Promise<SpanBindings | undefined>;
  /**
   * What the log tells, to look at: `tree` nests sessions, `timeline` nests spans and draws the arrows between them,
   * `cost` adds up tokens and dollars, with what is spent a minute now. Of one moment, that of the engine's clock.
   */
  view<Name extends ViewName>(name: Name, query?: ViewQuery, options?: CallOptions): Promise<Views[Name]>;
  thread(session_id: string, options?: CallOptions): Promise<ThreadMessage[]>;
  /** Keeps content and returns its id, for the task of a spawn. Durable when it returns. */
  keep(text: string, options?: CallOptions): Promise<string>;
  /** What a message says, a summary, a tool's result; undefined if nothing is kept under that id. */
  content(artifact_id: string, options?: CallOptions): Promise<string | undefined>;
  /** How far its children are, in the order of their spawning; `deep` adds all below them. */
  children(session_id: string, options?: { deep?: boolean } & CallOptions): Promise<ChildProgress[]>;
  /** Lets the runs of one session read the thread of another one (INV-SESS-005), until that is over or revoked. */
  allowThread(allowance: ThreadAllowance, options?: CallOptions): Promise<{ permission_id: string }>;
  revokeThread(permission_id: string, by: string, options?: CallOptions): Promise<void>;
  /** What a session has been allowed, revoked ones included, in the order of the allowing. */
  threadPermissions(reader: string, options?: CallOptions): Promise<ThreadPermissionRow[]>;
  /** In the order of the store. A wrong query and an aborted call reject at the next event. */
  events(query?: EventQuery, options?: CallOptions): AsyncIterable<FlightRecorderEvent>;
  /**
   * Pauses what a dead process left running, and says what was last known of it. `start()` does it by itself. Of a
   * process on another machine nobody can tell; the operator may (`presumed_dead`: boot ids of the report).
   */
  recover(options?: { presumed_dead?: string[] } & CallOptions): Promise<RecoveryReport>;
  /** Begins to dispatch, after it has recovered what dead processes left. */
  start(): void;
  /** Resolves when nothing can run. A simulated clock moves on meanwhile. */
  idle(options?: CallOptions): Promise<void>;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export type NewModelRun = { session_id: string } & RunOptions;
export type MailboxMessage = Omit<MailboxRow, 'inbox_seq' | 'activity_span_id' | 'announces'>;
export type ThreadMessage = SessionMessage & { provenance: Provenance | null };

export interface SessionFilter {
  parent_session_id?: string;
  wp_id?: string;
  role?: string;
  state?: ModelSession['state'];
}

export interface ConsentFilter {
  /** Receipts that cover this session, or did before they were used up, revoked or over. */
  session_id?: string;
  projection_plan_id?: string;
}

export interface ConsentRecord {
  /** As issued, but for `revoked_at`. */
  receipt: ConsentReceipt;
  plan: ProjectionPlan;
  /** The one job that a SINGLE_CALL receipt has served for. */
  used_by_job_id: string | null;
  revoked_by: string | null;
  receipt_artifact_id: string;
  plan_artifact_id: string;
  /** The receipt with its `revoked_at`. */
  revocation_artifact_id: string | null;
}

export interface InboundMessage {
  to_session_id: string;
  content: string;
  /** From outside: who sends it. */
  source?: string;
  /** From another session: all four facts, checked against what is stored; `trusted` is kept as false. */
  routed?: Partial<Provenance>;
}

/** The operator's word that the runs of `reader` may read the thread of `session_id`. */
export interface ThreadAllowance {
  reader: string;
  session_id: string;
  by: string;
  /** RFC 3339; from then on it holds no more. Default: until it is revoked. */
  until?: string;
}

/** What makes the model calls of a run. Everything it does to the world goes through `io`. */
export interface Runner {
  run(call: RunCall, io: RunIO): Promise<RunResult>;
}

export interface RunCall {
  session: ModelSession;
  job: ModelRunJob & { job_id: string; attempt: number };
  messages: SessionMessage[];
  /** Tool calls that were begun and never answered, with what will happen if they are made again (D-42). */
  pending_tool_calls: PendingToolCall[];
  /** What the session was spawned to do. */
  task_payload_artifact_id: string | null;
}

export interface RunIO {
  /** Aborts when the run is cancelled, paused or out of time. */
  signal: AbortSignal;
  /** A piece of the answer. Throws once the run is aborted (INV-SCHED-004). */
  chunk(text: string): void;
  toolCall(call: ToolCall): Promise<ToolResult>;
  /** Keeps content and returns its id, for the task of a child or as an output. Durable when it returns. */
  keep(text: string): string;
  /** What a message says, the task, a report; undefined if nothing is kept under that id. */
  content(artifact_id: string): string | undefined;
  /** The requester is the session of this run; a request that names another one is refused. */
  spawn(request: RunSpawnCall): Promise<SessionSpawnResponse>;
  usage(tokens: TokenUsage, cost_usd: number | null): void;
  /** How far this session's own children are, in the order of their spawning. */
  children(): Promise<ChildProgress[]>;
  /** A notice to the requester, which it reads in its next run and is not woken by. Says whether it was told. */
  progress(text: string): Promise<ProgressAnswer>;
  /** This session's thread as it is now, or that of another one if the operator allows it; else `thread_denied`. */
  readThread(session_id: string): Promise<ThreadMessage[]>;
  /** A trusted message to the session's parent or to a child of it, which is woken by it. */
  send(to_session_id: string, content: string): Promise<void>;
}

/** A spawn request of a running session, which need not say who it is. */
export type RunSpawnCall = Omit<SpawnCall, 'requester_session_id' | 'requester_role'> &
  Partial<Pick<SpawnCall, 'requester_session_id' | 'requester_role'>>;

export type RunResult = RunOutcome;

/**
 * A tool call, what it declares, and the function that does it. Its id is its identity within the session: a call
 * that was answered before, under the same id with the same tool and arguments, is not executed again, and its
 * recorded result comes back, redacted as it was recorded. Without an id the n-th call of a job has one by its count,
 * the same when the job is begun again after a crash or a failure. A call that a crash cut off is repeated only if it
 * is declared IDEMPOTENT, or IDEMPOTENT_WITH_KEY with its old key; otherwise the run ends until somebody approves it.
 */
export type ToolCall = Pick<ToolCallRecord, 'tool_id' | 'tool_version' | 'arguments'> & {
  tool_call_id?: string;
  side_effect: ToolSideEffect;
  idempotency: ToolIdempotency;
  idempotency_key?: string;
  transport?: 'local' | 'mcp' | 'mex' | 'stage_bridge' | 'other';
  /** What the call needs; checked against the session's grants before anything is done. */
  capability_ids?: string[];
  invoke(signal: AbortSignal): Promise<unknown>;
};

export type ToolResult =
  | { ok: true; tool_call_id: string; value: unknown }
  | { ok: false; tool_call_id: string; error: { code: string; message: string } };
