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
  Ids,
  Limits,
  MailboxRow,
  NewSession,
  ProgressAnswer,
  Provenance,
  RecoveryReport,
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
import type { Admission, Clock } from './ports.ts';
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
  /**
   * A message from outside, or one that the caller says comes from another session (TRUST-001, TRUST-002). It is
   * untrusted either way: a caller cannot prove that it is that session. A run can, with `io.send`.
   */
  send(message: InboundMessage, options?: CallOptions): Promise<void>;
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
  resume(session_id: string, options?: CallOptions): Promise<void>;
  close(session_id: string, options?: CallOptions): Promise<void>;
  /** Unread messages in order. Looking does not consume; taking moves the cursor. */
  inbox(session_id: string, options?: { take?: boolean } & CallOptions): Promise<MailboxMessage[]>;
  session(session_id: string, options?: CallOptions): Promise<ModelSession | undefined>;
  sessions(filter?: SessionFilter, options?: CallOptions): Promise<ModelSession[]>;
  spans(session_id: string, options?: CallOptions): Promise<SpanRow[]>;
  thread(session_id: string, options?: CallOptions): Promise<ThreadMessage[]>;
  /** How far its children are, in the order of their spawning; `deep` adds all below them. */
  children(session_id: string, options?: { deep?: boolean } & CallOptions): Promise<ChildProgress[]>;
  /** Lets the runs of one session read the thread of another one (INV-SESS-005), until that is over or revoked. */
  allowThread(allowance: ThreadAllowance, options?: CallOptions): Promise<{ permission_id: string }>;
  revokeThread(permission_id: string, by: string, options?: CallOptions): Promise<void>;
  /** What a session has been allowed, revoked ones included, in the order of the allowing. */
  threadPermissions(reader: string, options?: CallOptions): Promise<ThreadPermissionRow[]>;
  /** In the order of the store. A wrong query and an aborted call reject at the next event. */
  events(query?: EventQuery, options?: CallOptions): AsyncIterable<FlightRecorderEvent>;
  /** Pauses what a dead process left running. */
  recover(options?: CallOptions): Promise<RecoveryReport>;
  /** Begins to dispatch. */
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

/** A tool call, what it declares, and the function that does it. */
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
