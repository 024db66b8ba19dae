import type {
  ConsentReceipt,
  FlightRecorderEvent,
  ModelRunJob,
  ModelSession,
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
  Ids,
  Limits,
  MailboxRow,
  NewSession,
  PendingToolCall,
  Provenance,
  Role,
  RunOptions,
  RunOutcome,
  Scheduling,
  SpanRow,
  SpawnCall,
} from '../kernel/index.ts';
import type { EventQuery } from '../recorder/index.ts';
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
  enqueue(run: NewModelRun, options?: CallOptions): Promise<{ job_id: string }>;
  /** A message from outside, or routed from another session (TRUST-001, TRUST-002). */
  send(message: InboundMessage, options?: CallOptions): Promise<void>;
  /** Of a tool call that waits for it: of one that a run asked for, or that a crash cut off (D-42). */
  approve(
    gate: { session_id: string; tool_call_id: string; by: string },
    options?: CallOptions,
  ): Promise<void>;
  consent(receipt: ConsentReceipt, options?: CallOptions): Promise<void>;
  revokeConsent(id: string, by: string, options?: CallOptions): Promise<void>;
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
  thread(session_id: string, options?: CallOptions): Promise<ThreadMessage[]>;
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
export type MailboxMessage = Omit<MailboxRow, 'inbox_seq'>;
export type ThreadMessage = SessionMessage & { provenance: Provenance | null };

export interface SessionFilter {
  parent_session_id?: string;
  wp_id?: string;
  role?: string;
  state?: ModelSession['state'];
}

export interface InboundMessage {
  to_session_id: string;
  content: string;
  /** From outside: who sends it. */
  source?: string;
  /** From another session: all four facts, checked against what is stored. */
  routed?: Partial<Provenance>;
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
  /** The requester is the session of this run; a request that names another one is refused. */
  spawn(request: RunSpawnCall): Promise<SessionSpawnResponse>;
  usage(tokens: TokenUsage, cost_usd: number | null): void;
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
