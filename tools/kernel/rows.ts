import type {
  AnnounceBackSummaryStatus,
  ConsentReceipt,
  JobState,
  Json,
  MessageProvenance,
  ModelRunJob,
  ModelRunJobLane,
  ModelSession,
  ProjectionPlan,
  RoleMailboxMessage,
  SessionBlockedOn,
  SessionMessage,
  SessionPauseReason,
  SessionSpawnRequestSpawnMode,
  ToolIdempotency,
  ToolSideEffect,
} from '../generated/index.ts';

export type Terminal = AnnounceBackSummaryStatus;
/** What a finished task hands on. */
export interface Outcome {
  key_outputs?: string[];
  next_steps?: string[];
}

export type Provenance = Omit<MessageProvenance, 'message_id'>;

/** A session as stored: the spec's record, and the facts that its state is derived from. Flat, never mutated. */
export type SessionRow = ModelSession & {
  root_session_id: string;
  /** Order among the sessions of one tree; a counter, never a clock (D-34). */
  spawn_seq: number;
  spawn_mode: SessionSpawnRequestSpawnMode;
  announce_back: boolean;
  lane: ModelRunJobLane;
  provider: string;
  task_payload_artifact_id: string | null;
  trace_id: string;
  model_session_span_id: string;
  /** The attempt that asked for it; null for a root, and where somebody outside asked. Older rows lack it. */
  spawn_span_id?: string | null;
  /** Effective ceilings; a child can only have lower ones. */
  max_child_depth: number;
  max_children: number;

  terminal: Terminal | null;
  running_job_id: string | null;
  pause_reason: SessionPauseReason | null;
  pause_requested: SessionPauseReason | null;
  blocked_on: SessionBlockedOn | null;
  /** A cloud run was refused for want of a receipt (INV-CONSENT-001). */
  consent_missing: boolean;
  /** Jobs that a revocation has cancelled and that no receipt has let go on since (INV-CONSENT-003). */
  revoked_job_ids: string[];
  /** A run was dispatched, or the session was paused or blocked once: CREATED is over. */
  touched: boolean;
  /** The task is done; COMPLETED follows when no job and no announcing child is left (D-08). */
  closing: boolean;
  /** What its runs handed on and no announcement has told yet: completion may come long after the last run. */
  outcome: Outcome | null;
  /** A message came into the thread while a run was live, which that run may not have seen. */
  unread_thread: boolean;

  active_children: number;
  announcing_children: number;
  /** A child of it, or one further down, has mail and waits for a place (D-23). */
  place_wanted: boolean;
  /** What this session adds to its parent's two counters. */
  counts_active: boolean;
  counts_announcing: boolean;

  job_seq: number;
  run_epoch: number;
  wake_epoch: number;
  cancel_seq: number;
  announce_seq: number;
  /** When it last announced; null = not yet. */
  announced_at: string | null;
  inbox_seq: number;
  /** The place of the newest announcement in its inbox: notices wake nobody (D-30). */
  inbox_announced: number;
  inbox_cursor: number;
  /** The run whose own taking has happened: what is taken after it, that run may not have seen. */
  inbox_epoch: number;
  messages_count: number;
  total_tokens: number;
  total_cost_usd: number | null;
  /** Runs that were dispatched; retries count, and so do runs that go on after a pause. */
  runs: number;
  /** When it last did something itself; null = nothing yet. What is done to it is in updated_at. */
  last_activity_at: string | null;

  /** Its notices: how many, the place of the newest in the requester's inbox, how urgent that is, what it told. */
  notice_seq: number;
  notice_place: number;
  notice_urgency: number;
  notice_standing: string | null;
  /** Totals at the last announcement: a summary tells what its own task used. */
  announced_tokens: number;
  announced_cost_usd: number | null;

  /** The last message of the thread; '' = none yet. */
  thread_tail_id: string;
  checkpoint_seq: number;
  /** What the last checkpoint has seen; what differs now would be lost with it. */
  checkpoint_epoch: number;
  checkpoint_messages: number;
  checkpoint_tokens: number;
  /** When it was resumed after a crash, the latest two: who goes on crashing needs a person (E27). */
  crash_resumes: number[];
};

/** One row per tree: what bounds it over time (D-25). */
export interface TreeRow {
  root_session_id: string;
  spawn_seq: number;
  descendants: number;
}

/** The stored answer to a spawn request; the same id gives the same answer (D-19). */
export interface RequestRow {
  key: string;
  digest: string;
  accepted: boolean;
  child_session_id: string | null;
  rejection_reason: string | null;
}

export type JobRow = ModelRunJob & {
  job_id: string;
  job_seq: number;
  state: JobState;
  provider: string;
  attempt: number;
  run_epoch: number;
  /** Kept back while its session is paused or runs another job. */
  held: boolean;
  not_before: number | null;
  queued_at: number;
  started_at: number | null;
  deadline: number | null;
  wake: boolean;
  boot_id: string | null;
  /** The tool call that waits for approval. */
  awaiting_tool_call_id: string | null;
  /** Who approved it last. */
  approved_by: string | null;
  /** The approval that the next dispatch tells of. */
  approval: string | null;
  /** The receipt that its last call to the cloud was made under. */
  consent_receipt_id: string | null;
  span_id: string;
  attempt_span_id: string | null;
  /** The newest `io.progress` that was told, by part and number: a retry says none of them again. */
  told_part: number;
  told_count: number;
  tokens: number;
  cost_usd: number | null;
  error: string | null;
};

/** A permit: one running provider call (D-11). */
export interface CallRow {
  job_id: string;
  session_id: string;
  run_epoch: number;
  lane: ModelRunJobLane;
  provider: string;
  model_id: string;
  group: string | null;
}

/** Token buckets of a provider, in 1/60000 of a request or token, so that refilling is exact. */
export interface BucketRow {
  provider: string;
  requests: number;
  tokens: number;
  at: number;
  denied_until: number | null;
  attempt: number;
}

/** Stride positions of the lanes. */
export interface LanesRow {
  key: 'lanes';
  virtual: number;
  pass: Record<ModelRunJobLane, number>;
  /** The lanes that had something to run at the last dispatch. */
  waiting: ModelRunJobLane[];
}

/** A message of a thread, and where it came from if that was elsewhere (TRUST-001, TRUST-002, D-44). */
export type MessageRow = SessionMessage & {
  message_seq: number;
  provenance: Provenance | null;
  /** The attempt or tool call that wrote or read it; null where no run did. Older rows lack it. */
  activity_span_id?: string | null;
};

export type MailboxRow = RoleMailboxMessage & {
  to_session_id: string;
  from_session_id: string;
  inbox_seq: number;
  /** The attempt that it tells of, in the session it comes from; null where no run did. Older rows lack it. */
  activity_span_id?: string | null;
  /** Of an announcement: the status that it tells. Older rows lack it. */
  announces?: Terminal | null;
};

/** The operator's word that one session may read the thread of another (INV-SESS-005). */
export interface ThreadPermissionRow {
  permission_id: string;
  reader_session_id: string;
  session_id: string;
  allowed_by: string;
  allowed_at: string;
  /** The first moment at which it does not hold any more; null = until it is revoked. */
  until: string | null;
  revoked_at: string | null;
  revoked_by: string | null;
}

export interface SpanRow {
  span_id: string;
  kind: 'model_session' | 'model_run' | 'attempt' | 'tool_call';
  /** Of a tool call: the tool. Older rows lack it. */
  name?: string | null;
  session_id: string;
  parent_span_id: string | null;
  job_id: string | null;
  model_id: string;
  start_time: string;
  end_time: string | null;
  status: string | null;
  token_count: number | null;
  cost_usd: number | null;
}

export interface CascadeCancelRecord {
  op_id: string;
  root_session_id: string;
  cancelled_session_ids: string[];
  skipped_session_ids: string[];
  reason: string;
  cancelled_by: string;
}

/** A tool call from its beginning: what was declared, and what came of it (D-42). */
export interface ToolCallRow {
  key: string;
  tool_call_id: string;
  session_id: string;
  job_id: string;
  /** The run that began it last, and which attempt of its job that was. */
  run_epoch: number;
  attempt: number;
  tool_id: string;
  tool_version: string;
  /** Kept while the call is pending; afterwards `args_ref` leads to them. */
  arguments: Json;
  args_ref: string;
  args_hash: string;
  side_effect: ToolSideEffect;
  idempotency: ToolIdempotency;
  idempotency_key: string | null;
  state: 'pending' | 'answered';
  begun_at: string;
  result_ref: string | null;
  /** What the tool failed with; null while it is pending, and where it succeeded. */
  error: { code: string; message: string } | null;
  /** The run that was stopped to ask a person about it. */
  asked_epoch: number | null;
  /** Who has allowed that it is executed again; used up when it is. */
  approved_by: string | null;
}

/** A process that runs sessions of this store. */
export interface BootRow {
  boot_id: string;
  /** The machine, or the part of it, within which a process id means something. */
  host: string;
  pid: number;
  /** When the process started, as its system says it: ids of processes are used again. Null = not known. */
  process_started: string | null;
  started_at: string;
}

/** A plan that somebody has agreed to (11.1.7.1). */
export type PlanRow = ProjectionPlan & { plan_artifact_id: string };

/** A receipt as it was issued, and what has become of it; `revoked_at` is the one field of it that changes. */
export type ReceiptRow = ConsentReceipt & {
  receipt_artifact_id: string;
  /** The job whose call has used it up, where it serves for one call. */
  used_by_job_id: string | null;
  revoked_by: string | null;
  revocation_artifact_id: string | null;
  /** Somebody whom it covers waits for its `valid_from`. */
  awaited: boolean;
};

/** Whom a receipt may still serve for: one row for each session that it lists, or one for its packet. */
export interface CoverageRow {
  key: string;
  subject: string;
  consent_receipt_id: string;
}

/** Each budget warns once per threshold, so what was said is remembered. */
export interface WarningRow {
  key: string;
}

/** Tokens and dollars of a work packet, over all its sessions. */
export interface PacketRow {
  wp_id: string;
  total_tokens: number;
  total_cost_usd: number | null;
}
