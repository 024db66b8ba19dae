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
  Enqueued,
  Ids,
  Limits,
  MailboxRow,
  NewSession,
  Provenance,
  RecoveryReport,
  Role,
  RunOptions,
  RunOutcome,
  Scheduling,
  SpanRow,
  SpawnCall,
} from '../kernel/index.ts';
import type { EventQuery } from '../recorder/index.ts';
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
  /**
   * One more run. Without a receipt that covers it a cloud run waits: the answer has `refusal: 'CX-MM-CONSENT-MISSING'`
   * and the session is BLOCKED with `consent` (INV-CONSENT-001).
   */
  enqueue(run: NewModelRun, options?: CallOptions): Promise<Enqueued>;
  /** A message from outside, or routed from another session (TRUST-001, TRUST-002). */
  send(message: InboundMessage, options?: CallOptions): Promise<void>;
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
  resume(session_id: string, options?: CallOptions): Promise<void>;
  close(session_id: string, options?: CallOptions): Promise<void>;
  /** Unread messages in order. Looking does not consume; taking moves the cursor. */
  inbox(session_id: string, options?: { take?: boolean } & CallOptions): Promise<MailboxMessage[]>;
  session(session_id: string, options?: CallOptions): Promise<ModelSession | undefined>;
  sessions(filter?: SessionFilter, options?: CallOptions): Promise<ModelSession[]>;
  spans(session_id: string, options?: CallOptions): Promise<SpanRow[]>;
  thread(session_id: string, options?: CallOptions): Promise<ThreadMessage[]>;
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
