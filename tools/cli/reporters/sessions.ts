import type { SessionSummary } from '../../engine/index.ts';
import { type Output, pad } from '../output.ts';

/** One line a session; as trees, children stand below their parent in the order of their spawn. */
export function printSessions(out: Output, sessions: readonly SessionSummary[], tree: boolean): void {
  const roots = tree ? sessions.filter((session) => session.parent_session_id === null) : sessions;
  const rows = roots.flatMap((root) => rowsOf(sessions, root, '', '', tree));
  if (out.limit < 110)
    for (const row of rows) row.head = row.head.replace(/([0-9a-f]{8})[0-9a-f-]+([0-9a-f]{4})$/, '$1…$2');
  const width = Math.max(...rows.map(({ head }) => head.length));
  const roleWidth = Math.max(...rows.map(({ session }) => session.role.length));
  for (const { head, session } of rows) {
    const cost = session.total_cost_usd === null ? '' : `$${session.total_cost_usd.toFixed(2)}`;
    const state =
      session.state === 'BLOCKED' && session.blocked_on !== null
        ? `BLOCKED (${session.blocked_on})`
        : session.state;
    out.line(
      `${pad(head, width)}  ${pad(session.role, roleWidth)}  ${painter(out, session.state)(pad(state, 16))}  ${pad(tokens(session.total_tokens), 12)}  ${pad(cost, 7)} ${session.wp_id ?? ''}`,
    );
  }
}

interface Row {
  head: string;
  session: SessionSummary;
}

function rowsOf(
  all: readonly SessionSummary[],
  session: SessionSummary,
  head: string,
  below: string,
  tree: boolean,
): Row[] {
  const rows: Row[] = [{ head: `${head}${session.session_id}`, session }];
  if (!tree) return rows;
  const children = all.filter((child) => child.parent_session_id === session.session_id);
  for (const [i, child] of children.entries()) {
    const last = i === children.length - 1;
    rows.push(
      ...rowsOf(all, child, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`, true),
    );
  }
  return rows;
}

function painter(out: Output, state: SessionSummary['state']): (text: string) => string {
  if (state === 'FAILED') return out.red;
  return state === 'CANCELLED' ? out.yellow : (text) => text;
}

function tokens(n: number): string {
  return n >= 1000 ? `${(n / 1000).toFixed(1)}k tokens` : `${n} tokens`;
}
