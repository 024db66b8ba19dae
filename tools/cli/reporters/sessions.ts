import type { SessionSummary } from '../../engine/index.ts';
import { columns, count, fold, type Output, pad, visible } from '../output.ts';
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

/** From here on a line has room for whole ids. */
const WIDE = 110;
/** With less room than this behind the columns, what is told stands below them. */
const LEAST_ROOM = 24;

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
  const table = rows.map((row) => ({
    row,
    cells: [
      row.head + handle(row.session.session_id),
      ...(named ? [nameOf(row.session.session_id)] : []),
      visible(row.session.role),
      row.session.state,
    ],
  }));
  const widths: number[] = [];
  for (const { cells } of table)
    for (const [i, cell] of cells.entries()) widths[i] = Math.max(widths[i] ?? 0, columns(cell));
  const before = widths.reduce((sum, width) => sum + width + 2, 0);
  const beside = out.limit - before >= LEAST_ROOM;
  for (const { row, cells } of table) {
    const painted = cells.map((cell, i) =>
      paint(out, row.session, i === cells.length - 1)(pad(cell, widths[i]!)),
    );
    const line = row.context ? out.dim(painted.join('  ')) : painted.join('  ');
    const told = toldOf(children.get(row.session.session_id) ?? [], row.session, at);
    if (beside) {
      const [first = '', ...rest] = folded(told, out.limit - before);
      out.line(`${line}  ${first}`);
      for (const more of rest) out.line(pad(row.below, before) + more);
    } else {
      out.line(line);
      const indent = `${row.below}  `;
      for (const more of folded(told, out.limit - columns(indent))) out.line(indent + more);
    }
  }
}

/** Parts stay whole where a line has room for them. */
function folded(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && columns(`${last}  ${part}`) <= width)
      lines[lines.length - 1] = `${last}  ${part}`;
    else if (columns(part) <= width) lines.push(part);
    else lines.push(...fold(part, width));
  }
  return lines;
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
  const rows: Row[] = [];
  const walk = (session: SessionSummary, head: string, below: string): void => {
    const own = children.get(session.session_id) ?? [];
    const context = !wanted.has(session.session_id);
    rows.push({ head, below: own.length > 0 ? `${below}│` : below, session, context });
    own.forEach((child, i) => {
      const last = i === own.length - 1;
      walk(child, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`);
    });
  };
  for (const root of children.get(null) ?? []) walk(root, '', '');
  return rows;
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

function paint(out: Output, { state }: SessionSummary, isState: boolean): (text: string) => string {
  if (!isState) return (text) => text;
  if (state === 'FAILED') return out.red;
  return state === 'CANCELLED' ? out.yellow : (text) => text;
}
