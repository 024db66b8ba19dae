import type { SessionRow, SpanRow } from '../../../kernel/index.ts';
import { type Cost, spentBy, sumOf } from './cost-of.ts';
import { type ViewedSession, viewedSession } from './session.ts';
import { grouped, type ViewSource } from './source.ts';

/** A span with what lies inside it. Times are RFC 3339; a span that is open has lasted until `now`. */
export interface TimelineSpan {
  span_id: string;
  kind: SpanRow['kind'];
  /** Of a tool call: the tool. */
  name: string | null;
  /** The how-manieth of its kind inside its parent, from 1. */
  number: number;
  job_id: string | null;
  parent_span_id: string | null;
  start_time: string;
  end_time: string | null;
  duration_ms: number;
  /** How it ended; null while it is open. */
  status: string | null;
  /** Of a run and a session: what their attempts used together. Null for a tool call, which has none of its own. */
  tokens: number | null;
  cost: Cost | null;
  children: TimelineSpan[];
}

/** A lane for each session, its activities nested in it (11.9.1.X.3). */
export interface Lane extends ViewedSession {
  trace_id: string;
  span: TimelineSpan;
}

/** An end of an arrow. The span is the session's own where no run did it. */
export interface ArrowEnd {
  session_id: string;
  span_id: string | null;
}

interface ArrowBase {
  at: string;
  trace_id: string;
  from: ArrowEnd;
}

/** From who asked to who came into being, and from who has told to who reads it (D-52). */
export type Arrow =
  | (ArrowBase & { kind: 'spawn'; to: ArrowEnd })
  | (ArrowBase & {
      kind: 'announce';
      /** No span while it is unread. */
      to: ArrowEnd;
      mailbox_message_id: string;
      status: string | null;
      summary_artifact_id: string | null;
      read_at: string | null;
    });

export interface TimelineView {
  now: string;
  /** From the first beginning to the last end; null where there is nothing. */
  extent: { from: string; to: string; duration_ms: number } | null;
  /** In the order of their creation. */
  lanes: Lane[];
  /** In the order of time. An end may lie in a session that is not in the selection. */
  arrows: Arrow[];
}

export interface TimelineOptions {
  /** RFC 3339. */
  now: string;
  /** Only spans that reach into this time; from inclusive, to exclusive. */
  from?: string;
  to?: string;
}

/** Spans nested in lanes, and the arrows between these. Pure: the same rows and times give the same view. */
export function timelineView(source: ViewSource, options: TimelineOptions): TimelineView {
  const inTime = reaching(options);
  const spans = source.spans.filter(inTime);
  const inside = grouped(spans, ({ parent_span_id }) => parent_span_id);
  const own = new Map(
    spans.filter(({ kind }) => kind === 'model_session').map((span) => [span.session_id, span]),
  );
  const lanes = source.sessions.flatMap((session) => {
    const span = own.get(session.session_id);
    return span ? [laneOf(session, nest(span, 1, inside, options.now))] : [];
  });
  return { now: options.now, extent: extentOf(lanes, options.now), lanes, arrows: arrowsOf(source, lanes) };
}

/** Whether an interval has a part in the time that is looked at. */
export function reaching({ now, from, to }: TimelineOptions) {
  const [first, last] = [
    from === undefined ? -Infinity : Date.parse(from),
    to === undefined ? Infinity : Date.parse(to),
  ];
  return ({ start_time, end_time }: Pick<SpanRow, 'start_time' | 'end_time'>): boolean =>
    Date.parse(start_time) < last && Date.parse(end_time ?? now) >= first;
}

function nest(
  span: SpanRow,
  number: number,
  inside: ReadonlyMap<string | null, SpanRow[]>,
  now: string,
): TimelineSpan {
  const numbers = new Map<string, number>();
  const children = (inside.get(span.span_id) ?? [])
    .filter(({ kind }) => kind !== 'model_session') // a child's session has a lane of its own
    .map((child) => {
      const nth = (numbers.get(child.kind) ?? 0) + 1;
      numbers.set(child.kind, nth);
      return nest(child, nth, inside, now);
    });
  const { kind, start_time, end_time } = span;
  return {
    span_id: span.span_id,
    kind,
    name: span.name ?? null,
    number,
    job_id: span.job_id,
    parent_span_id: span.parent_span_id,
    start_time,
    end_time,
    duration_ms: Math.max(0, Date.parse(end_time ?? now) - Date.parse(start_time)),
    status: span.status,
    ...spentIn(span, children),
    children,
  };
}

function spentIn(span: SpanRow, children: readonly TimelineSpan[]): Pick<TimelineSpan, 'tokens' | 'cost'> {
  if (span.kind === 'tool_call') return { tokens: null, cost: null };
  const { tokens, cost } =
    span.kind === 'attempt'
      ? spentBy(span)
      : sumOf(children.map((child) => ({ runs: 0, tokens: child.tokens!, cost: child.cost! })));
  return { tokens, cost };
}

const laneOf = (row: SessionRow, span: TimelineSpan): Lane => ({
  ...viewedSession(row),
  trace_id: row.trace_id,
  span,
});

function extentOf(lanes: readonly Lane[], now: string): TimelineView['extent'] {
  let [from, to] = ['', ''];
  for (const { span } of lanes) {
    const end = span.end_time ?? (now > span.start_time ? now : span.start_time);
    if (from === '' || span.start_time < from) from = span.start_time;
    if (end > to) to = end;
  }
  return from === '' ? null : { from, to, duration_ms: Date.parse(to) - Date.parse(from) };
}

function arrowsOf({ sessions, letters }: ViewSource, lanes: readonly Lane[]): Arrow[] {
  const rows = new Map(sessions.map((session) => [session.session_id, session]));
  const shown = new Set(lanes.map(({ session_id }) => session_id));
  const ownSpan = (session_id: string): string | null => rows.get(session_id)?.model_session_span_id ?? null;
  const arrows: Arrow[] = [];
  for (const row of sessions) {
    const { parent_session_id } = row;
    if (parent_session_id === null || !shown.has(row.session_id)) continue;
    arrows.push({
      kind: 'spawn',
      at: row.created_at,
      trace_id: row.trace_id,
      from: { session_id: parent_session_id, span_id: row.spawn_span_id ?? ownSpan(parent_session_id) },
      to: { session_id: row.session_id, span_id: row.model_session_span_id },
    });
  }
  for (const { letter, read } of letters) {
    const { from_session_id, to_session_id } = letter;
    const from = rows.get(from_session_id);
    const to = rows.get(to_session_id);
    if (!shown.has(from_session_id) && !shown.has(to_session_id)) continue;
    arrows.push({
      kind: 'announce',
      at: letter.created_at,
      trace_id: (from ?? to)!.trace_id,
      from: { session_id: from_session_id, span_id: letter.activity_span_id ?? ownSpan(from_session_id) },
      to: { session_id: to_session_id, span_id: read && (read.span_id ?? ownSpan(to_session_id)) },
      mailbox_message_id: letter.message_id,
      status: letter.announces ?? null,
      summary_artifact_id: letter.attachments[0] ?? null,
      read_at: read?.at ?? null,
    });
  }
  return arrows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
