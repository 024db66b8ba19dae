import type { Lane, TimelineSpan } from '../../recorder/index.ts';
import { SPAN_KINDS, type SpanColumns } from '../data/sessions.ts';
import type { Millis } from './moment.ts';

export interface SpanTable {
  columns: SpanColumns;
  /** The spans of each session. */
  own: Map<string, { first: number; count: number }>;
  /** Positions by id. */
  position: Map<string, number>;
}

interface Found {
  span: TimelineSpan;
  depth: number;
  /** Not before the span around it, so that this one comes first whatever clocks said. */
  order: number;
}

/** Lane by lane; in each the session's own span first, and every span after the one around it. */
export function spansOf(lanes: readonly Lane[], at: Millis): SpanTable {
  const table: SpanTable = { columns: emptyColumns(), own: new Map(), position: new Map() };
  for (const [lane, { session_id, span }] of lanes.entries()) {
    const found = inside(span, 0, Number.NEGATIVE_INFINITY, at).sort((a, b) => a.order - b.order);
    table.own.set(session_id, { first: table.columns.span_id.length, count: found.length });
    for (const each of found) add(table, each, lane, at);
  }
  return table;
}

function inside(span: TimelineSpan, depth: number, earliest: number, at: Millis): Found[] {
  const order = Math.max(earliest, at(span.start_time));
  return [{ span, depth, order }, ...span.children.flatMap((child) => inside(child, depth + 1, order, at))];
}

function add({ columns, position }: SpanTable, { span, depth }: Found, lane: number, at: Millis): void {
  position.set(span.span_id, columns.span_id.length);
  columns.span_id.push(span.span_id);
  columns.lane.push(lane);
  columns.kind.push(SPAN_KINDS.indexOf(span.kind));
  columns.parent.push(depth === 0 ? -1 : position.get(span.parent_span_id!)!);
  columns.depth.push(depth);
  columns.start.push(at(span.start_time));
  columns.end.push(span.end_time === null ? null : at(span.end_time));
  columns.status.push(span.status);
  columns.name.push(span.name);
  columns.job_id.push(span.job_id);
  columns.tokens.push(span.tokens);
  columns.cost_usd.push(span.cost === null ? null : span.cost.cost_usd);
}

const emptyColumns = (): SpanColumns => ({
  span_id: [],
  lane: [],
  kind: [],
  parent: [],
  depth: [],
  start: [],
  end: [],
  status: [],
  name: [],
  job_id: [],
  tokens: [],
  cost_usd: [],
});
