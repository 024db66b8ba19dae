import type { Spent } from '../../recorder/index.ts';

export const SPAN_KINDS = ['model_session', 'model_run', 'attempt', 'tool_call'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/**
 * Times are milliseconds since `from`; a lane is a position in `lanes`, a span one in the columns of `spans`. Without
 * lanes and without events the database has nothing of what was asked for.
 */
export interface SessionsData {
  /** The name of the database's file. */
  database: string;
  /** RFC 3339: the first beginning, and the newest event: what is open has lasted until then. */
  from: string;
  as_of: string;
  total: Spent;
  /** In the order of their creation, so that parents come before their children. */
  lanes: SessionLane[];
  spans: SpanColumns;
  arrows: SessionArrow[];
  cancels: Cancel[];
  events: EventColumns;
  /** Records that are not in the log any more, and why. */
  gaps: { first_seq: number; last_seq: number; why: string; archive: string | null }[];
  /** What is older than as much as a page holds: so many sessions, and every event before that place; null = none. */
  left_out: { sessions: number; events_before: number | null };
}

export interface SessionLane {
  session_id: string;
  /** Null for the root of a tree, and where the parent is not shown. */
  parent: number | null;
  /** The topmost that is shown. */
  root: number;
  role: string;
  model_id: string;
  wp_id: string | null;
  spawn_depth: number;
  state: string;
  /** What it waits for while it is BLOCKED, or why it is PAUSED. */
  because: string | null;
  trace_id: string;
  start: number;
  /** Null while it has not ended. */
  end: number | null;
  /** What it used itself. */
  spent: Spent;
  /** What it and everything below it used. */
  spent_below: Spent;
  /** Its spans are those from `first` on, its own the first of them, then by their beginning. */
  spans: { first: number; count: number };
  /** Who ended it: a position in `cancels`. */
  cancelled: number | null;
  /** Cancels that went past it, because it had ended already. */
  passed_over: number[];
  announcements: {
    at: number;
    /** -1: a session that is not shown. */
    to: number;
    message_id: string;
    status: string | null;
    summary_artifact_id: string | null;
    read_at: number | null;
  }[];
  /** How long its thread is; of that, the block `threads` has the last messages. */
  messages: number;
  budgets: { budget_type: string; used: number; threshold: number | null; warned: boolean }[];
}

export interface SpanColumns {
  span_id: string[];
  lane: number[];
  /** Positions in {@link SPAN_KINDS}. */
  kind: number[];
  /** The span around it; -1 for that of a session. */
  parent: number[];
  /** How deep it lies in its lane: 0 for that of the session. */
  depth: number[];
  start: number[];
  end: (number | null)[];
  /** How it ended; null while it is open. */
  status: (string | null)[];
  /** Of a tool call: the tool. */
  name: (string | null)[];
  job_id: (string | null)[];
  /** What the attempts inside used together; null for a tool call. */
  tokens: (number | null)[];
  cost_usd: (number | null)[];
}

/** Between two sessions that are both shown. */
export interface SessionArrow {
  kind: 'spawn' | 'announce';
  at: number;
  /** When it was read; null for a spawn, and while it is unread. */
  read_at: number | null;
  from: number;
  /** -1: the session's own span. */
  from_span: number;
  to: number;
  to_span: number;
}

export interface Cancel {
  op_id: string;
  /** -1: a session that is not shown. Of the others, too, only those stand here that are shown. */
  root: number;
  reason: string;
  by: string;
  at: number | null;
  cancelled: number[];
  /** They had ended already. */
  skipped: number[];
}

/** In the order of the log; bodies stand in the blocks `events`. */
export interface EventColumns {
  seq: number[];
  at: number[];
  /** Positions in `types`; `unknown` to this version: a later one wrote it, or an import. It may have any shape. */
  type: number[];
  types: { fr_event_id: string; type: string; unknown?: true }[];
  /** -1: of no session that is shown. */
  lane: number[];
  /** The innermost span; -1: none. */
  span: number[];
}
