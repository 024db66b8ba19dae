import type { SessionSummary } from '../../engine/index.ts';
import { type Output, pad } from '../output.ts';

/** One line a session; as trees, children stand below their parent in the order of their spawn. */
export function printSessions(out: Output, sessions: readonly SessionSummary[], tree: boolean): void {
  const roots = tree ? sessions.filter((session) => session.parent_session_id === null) : sessions;
  for (const root of roots) print(out, sessions, root, '', '', tree);
}

function print(
  out: Output,
  all: readonly SessionSummary[],
  session: SessionSummary,
  head: string,
  below: string,
  tree: boolean,
): void {
  const id = `${session.session_id.slice(0, 4)}…${session.session_id.slice(-2)}`;
  const cost = session.total_cost_usd === null ? '' : `$${session.total_cost_usd.toFixed(2)}`;
  const paint =
    session.state === 'FAILED'
      ? out.red
      : session.state === 'CANCELLED'
        ? out.yellow
        : (text: string) => text;
  out.line(
    `${head}${id}  ${pad(session.role, 12)}  ${paint(pad(session.state, 9))}  ${pad(tokens(session.total_tokens), 12)}  ${pad(cost, 7)} ${session.wp_id ?? ''}`,
  );
  if (!tree) return;
  const children = all.filter((child) => child.parent_session_id === session.session_id);
  for (const [i, child] of children.entries()) {
    const last = i === children.length - 1;
    print(out, all, child, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`, true);
  }
}

function tokens(n: number): string {
  return n >= 1000 ? `${(n / 1000).toFixed(1)}k tokens` : `${n} tokens`;
}
