import type { CascadeCancelRecord, SessionRow, SpanRow } from '../../../kernel/index.ts';
import { nothing, type Spent, spentBy, sumOf } from './cost-of.ts';
import { type ViewedSession, viewedSession } from './session.ts';
import { attemptsBySession, grouped, type Letter, type ViewSource } from './source.ts';

/** A session, what it used itself, what it told, who ended it, and the sessions that it spawned. */
export interface TreeNode extends ViewedSession, Spent {
  /** What it waits for while it is BLOCKED, or why it is PAUSED. */
  because: string | null;
  created_at: string;
  /** When it ended; null while it has not. */
  ended_at: string | null;
  /** What it told its parent, oldest first. */
  announcements: Announced[];
  cancelled: (CancelledBy & { at: string | null }) | null;
  /** Cancels that went past it, because it had ended already. */
  passed_over: CancelledBy[];
  /** In the order of their spawn. */
  children: TreeNode[];
}

export interface Announced {
  at: string;
  to_session_id: string;
  message_id: string;
  status: string | null;
  summary_artifact_id: string | null;
  /** When its parent has taken it into its thread; null while it is unread. */
  read_at: string | null;
}

export interface CancelledBy {
  by: string;
  reason: string;
  op_id: string;
  /** The session that was cancelled: this one, or one above it. */
  root_session_id: string;
}

export interface TreeView {
  /** A session whose parent is not in the selection stands at the top. */
  trees: TreeNode[];
  total: Spent & { sessions: number; states: Record<string, number> };
}

/** Sessions nested as they were spawned. Pure: the same rows give the same view. */
export function treeView(source: ViewSource): TreeView {
  const attempts = attemptsBySession(source.spans);
  const ends = endsOf(source.spans);
  const told = grouped(source.letters, ({ letter }) => letter.from_session_id);
  const { cancelled, passed } = operationsBySession(source.operations);
  const nodes = new Map<string, TreeNode>();
  const trees: TreeNode[] = [];
  const states: Record<string, number> = {};
  for (const row of source.sessions) {
    const cancel = row.state === 'CANCELLED' ? cancelled.get(row.session_id) : undefined;
    const ended_at = ends.get(row.model_session_span_id) ?? null;
    const node: TreeNode = {
      ...about(row),
      ended_at,
      ...sumOf((attempts.get(row.session_id) ?? []).map(spentBy)),
      announcements: (told.get(row.session_id) ?? []).map(announced),
      cancelled: cancel ? { ...cancelledBy(cancel), at: ended_at } : null,
      passed_over: (passed.get(row.session_id) ?? []).map(cancelledBy),
      children: [],
    };
    nodes.set(row.session_id, node);
    (nodes.get(row.parent_session_id ?? '')?.children ?? trees).push(node);
    states[row.state] = (states[row.state] ?? 0) + 1;
  }
  return {
    trees,
    total: { sessions: nodes.size, states, ...(nodes.size > 0 ? sumOf(nodes.values()) : nothing) },
  };
}

const about = (row: SessionRow) => ({
  ...viewedSession(row),
  because: row.terminal === null ? (row.blocked_on ?? row.pause_reason) : null,
  created_at: row.created_at,
});

const announced = ({ letter, read }: Letter): Announced => ({
  at: letter.created_at,
  to_session_id: letter.to_session_id,
  message_id: letter.message_id,
  status: letter.announces ?? null,
  summary_artifact_id: letter.attachments[0] ?? null,
  read_at: read?.at ?? null,
});

const cancelledBy = (operation: CascadeCancelRecord): CancelledBy => ({
  by: operation.cancelled_by,
  reason: operation.reason,
  op_id: operation.op_id,
  root_session_id: operation.root_session_id,
});

/** A session ends with its span. */
function endsOf(spans: readonly SpanRow[]): Map<string, string> {
  const ends = new Map<string, string>();
  for (const { kind, span_id, end_time } of spans)
    if (kind === 'model_session' && end_time !== null) ends.set(span_id, end_time);
  return ends;
}

function operationsBySession(operations: readonly CascadeCancelRecord[]) {
  const cancelled = new Map<string, CascadeCancelRecord>();
  const passed = new Map<string, CascadeCancelRecord[]>();
  for (const operation of operations) {
    for (const id of operation.cancelled_session_ids) cancelled.set(id, operation);
    for (const id of operation.skipped_session_ids) {
      const known = passed.get(id);
      if (known) known.push(operation);
      else passed.set(id, [operation]);
    }
  }
  return { cancelled, passed };
}
