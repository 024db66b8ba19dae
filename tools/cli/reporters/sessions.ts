import type { SessionSummary } from '../../engine/index.ts';
import { count, type Output, visible } from '../output.ts';
import type { Handles } from '../session/handles.ts';
import {
  type Clocked,
  clocked,
  dollars,
  ENDED,
  shortArtifact,
  timesOf,
  tokens,
  why,
} from '../session/words.ts';
import { branches, printLines } from './session-lines.ts';

/** From here on a line has room for whole ids. */
const WIDE = 110;

export interface Shown {
  /** All of the database, in the order of their creation. */
  all: readonly SessionSummary[];
  /** The ones that were asked for. */
  wanted: ReadonlySet<string>;
  handles: Handles;
  tree: boolean;
}

/** One line a session; as trees, children stand below their parent in the order of their spawn. */
export function printSessions(out: Output, shown: Shown): void {
  const children = childrenOf(shown.all);
  const rows = shown.tree ? treeRows(shown) : listRows(shown);
  const at = clocked(rows.flatMap(({ session }) => timesOf(session)));
  const wide = out.limit >= WIDE;
  const nameOf = (id: string): string => visible(shown.handles.nameOf(id) ?? '');
  const handle = (id: string): string => (wide ? id : visible(shown.handles.labelOf(id)));
  const named = wide && rows.some(({ session }) => nameOf(session.session_id) !== '');
  const lines = rows.map(({ session, ...row }) => ({
    ...row,
    cells: [
      handle(session.session_id),
      ...(named ? [nameOf(session.session_id)] : []),
      visible(session.role),
      session.state,
    ],
    told: toldOf(children.get(session.session_id) ?? [], session, at),
  }));
  printLines(out, lines);
}

/** Why, how much, and what came of it. */
function toldOf(children: readonly SessionSummary[], session: SessionSummary, at: Clocked): string[] {
  const living = children.filter((child) => !ENDED.has(child.state)).length;
  const spent = [
    ...(children.length > 0 ? [count(children.length, 'child', 'children')] : []),
    ...(session.total_tokens > 0 ? [tokens(session.total_tokens)] : []),
  ].join(', ');
  return [
    why(session, living, at),
    spent,
    dollars(session.total_cost_usd),
    session.announced?.summary_artifact_id
      ? `summary ${shortArtifact(session.announced.summary_artifact_id)}`
      : '',
    session.parent_session_id === null ? (session.wp_id ?? '') : '',
  ].filter((part) => part !== '');
}

interface Row {
  head: string;
  /** What stands under the head on further lines. */
  below: string;
  session: SessionSummary;
  /** Not asked for itself: it is there because one below it is. */
  context: boolean;
}

function listRows({ all, wanted }: Shown): Row[] {
  return all
    .filter(({ session_id }) => wanted.has(session_id))
    .map((session) => ({ head: '', below: '', session, context: false }));
}

function treeRows({ all, wanted }: Shown): Row[] {
  const byId = new Map(all.map((session) => [session.session_id, session]));
  const kept = new Set(wanted);
  for (const id of wanted)
    for (
      let up = byId.get(id)?.parent_session_id;
      up != null && !kept.has(up);
      up = byId.get(up)?.parent_session_id
    )
      kept.add(up);
  const children = childrenOf(all.filter(({ session_id }) => kept.has(session_id)));
  const rows = branches(children.get(null) ?? [], ({ session_id }) => children.get(session_id) ?? []);
  return rows.map(({ node, head, below }) => ({
    ...{ head, below, session: node },
    context: !wanted.has(node.session_id),
  }));
}

/** By parent, in the order of their spawn; roots have none. */
function childrenOf(sessions: readonly SessionSummary[]): ReadonlyMap<string | null, SessionSummary[]> {
  const children = new Map<string | null, SessionSummary[]>();
  for (const session of sessions) {
    const siblings = children.get(session.parent_session_id);
    if (siblings) siblings.push(session);
    else children.set(session.parent_session_id, [session]);
  }
  return children;
}
