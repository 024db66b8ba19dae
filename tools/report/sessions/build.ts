import {
  costView,
  type Lane,
  type StoredEvent,
  type TreeNode,
  timelineView,
  treeView,
  type ViewSource,
} from '../../recorder/index.ts';
import type { EventBlock } from '../data/events.ts';
import type { SessionsData } from '../data/sessions.ts';
import { arrowsOf } from './arrows.ts';
import { cancelsOf } from './cancels.ts';
import { eventBlocks } from './event-blocks.ts';
import { columnsOf } from './events.ts';
import { lanesOf } from './lanes.ts';
import { since, timeOf } from './moment.ts';
import { spansOf } from './spans.ts';

export interface BuildParts {
  source: ViewSource;
  /** In the order of the log. */
  events: readonly StoredEvent[];
  /** FR-EVT-SESS-005 of the whole log. */
  warnings: readonly StoredEvent[];
  /** RFC 3339, of the newest event of the whole log; null where it has none. */
  newest: string | null;
  /** RFC 3339: only spans that reach into this time. */
  from?: string;
  to?: string;
}

export interface Built {
  data: Omit<SessionsData, 'database' | 'gaps' | 'left_out'>;
  blocks: EventBlock[];
}

/** Lanes, spans, arrows, cancels and events of one moment. Pure: the same rows and events, the same answer. */
export function build({ source, events, warnings, newest, from: first, to }: BuildParts): Built {
  const extent = extentOf(source, events, newest);
  const tree = treeView(source);
  const times = { now: extent.as_of, ...(first === undefined ? {} : { from: first }), ...(to ? { to } : {}) };
  const timeline = timelineView(source, times);
  const nodes = nodesOf(tree.trees, timeline.lanes);
  const lane = new Map(timeline.lanes.map(({ session_id }, position) => [session_id, position]));
  const at = since(extent.from);
  const spans = spansOf(timeline.lanes, at);
  const cancels = cancelsOf(source.operations, nodes, lane, at);
  const { sessions: _, states: __, ...total } = tree.total;
  const data = {
    ...extent,
    total,
    lanes: lanesOf({
      nodes,
      lane,
      spans,
      cost: costView(source, { now: extent.as_of, warnings }),
      trace: new Map(timeline.lanes.map(({ session_id, trace_id }) => [session_id, trace_id])),
      messages: new Map(source.sessions.map((row) => [row.session_id, row.messages_count])),
      cancels: new Map(cancels.map(({ op_id }, position) => [op_id, position])),
      at,
    }),
    spans: spans.columns,
    arrows: arrowsOf(timeline.arrows, lane, spans, at),
    cancels,
    events: columnsOf(events, { from: extent.from, lane, spans }),
  };
  return { data, blocks: eventBlocks(data, events) };
}

/** Every time that is shown lies between. The clocks of processes may differ: the newest event need not be the last. */
function extentOf(
  { sessions, spans }: ViewSource,
  events: readonly StoredEvent[],
  newest: string | null,
): { from: string; as_of: string } {
  let [from, as_of] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const see = (time: string | null): void => {
    if (time === null) return;
    const ms = Date.parse(time);
    if (ms < from) from = ms;
    if (ms > as_of) as_of = ms;
  };
  for (const { created_at } of sessions) see(created_at);
  for (const { start_time, end_time } of spans) {
    see(start_time);
    see(end_time);
  }
  for (const { event } of events) see(event.timestamp);
  if (newest !== null) as_of = Math.max(as_of, Date.parse(newest));
  if (from > as_of) from = as_of === Number.NEGATIVE_INFINITY ? 0 : as_of;
  return { from: timeOf(from), as_of: timeOf(Math.max(from, as_of)) };
}

/** The nodes of a forest, one for each lane and in the order of the lanes. */
function nodesOf(trees: readonly TreeNode[], lanes: readonly Lane[]): TreeNode[] {
  const nodes = new Map<string, TreeNode>();
  for (const left = [...trees]; left.length > 0; ) {
    const node = left.pop()!;
    nodes.set(node.session_id, node);
    left.push(...node.children);
  }
  return lanes.map(({ session_id }) => nodes.get(session_id)!);
}
