// What a session has to ask to know how its children do (D-30): one read of their rows, no event.
import type { ModelSession, SessionBlockedOn, SessionPauseReason } from '../generated/index.ts';
import type { SessionRow, View } from '../kernel/index.ts';

/** How far a child is. */
export interface ChildProgress {
  session_id: string;
  parent_session_id: string;
  role: string;
  state: ModelSession['state'];
  blocked_on: SessionBlockedOn | null;
  pause_reason: SessionPauseReason | null;
  /** Runs that were dispatched; retries count. */
  runs: number;
  total_tokens: number;
  /** Null = not known, which is not zero. */
  total_cost_usd: number | null;
  /** When it last did something itself; null = nothing yet. */
  last_activity_at: string | null;
  announced: { count: number; last_at: string | null };
  spawn_depth: number;
  spawn_seq: number;
}

/** Children in the order of their spawning; `deep` adds theirs. Costs what the tree below costs, not the store. */
export function childrenOf(view: View, session_id: string, deep = false): ChildProgress[] {
  const found: SessionRow[] = [];
  const open = [session_id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const children = view.select('session', 'parent', id);
    found.push(...children);
    if (deep) open.push(...children.map((child) => child.session_id));
  }
  return found.sort((a, b) => a.spawn_seq - b.spawn_seq).map(progressOf);
}

const progressOf = (row: SessionRow): ChildProgress => ({
  session_id: row.session_id,
  parent_session_id: row.parent_session_id!,
  role: row.role,
  state: row.state,
  blocked_on: row.blocked_on,
  pause_reason: row.pause_reason,
  runs: row.runs,
  total_tokens: row.total_tokens,
  total_cost_usd: row.total_cost_usd,
  last_activity_at: row.last_activity_at,
  announced: { count: row.announce_seq, last_at: row.announced_at },
  spawn_depth: row.spawn_depth,
  spawn_seq: row.spawn_seq,
});
