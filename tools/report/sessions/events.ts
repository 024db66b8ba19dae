import { namedSessions, type StoredEvent } from '../../recorder/index.ts';
import type { EventColumns } from '../data/sessions.ts';
import { innermost } from './innermost.ts';
import type { SpanTable } from './spans.ts';

export interface EventParts {
  /** RFC 3339, from which times are counted. */
  from: string;
  lane: ReadonlyMap<string, number>;
  spans: SpanTable;
}

/** What is asked of events most, in the order of the log. */
export function columnsOf(events: readonly StoredEvent[], { from, lane, spans }: EventParts): EventColumns {
  const columns: EventColumns = { seq: [], at: [], type: [], types: [], lane: [], span: [] };
  const types = new Map<string, number>();
  const beginning = Date.parse(from);
  const holding = innermost(spans.columns);
  const jobs = new Map<string, number>();
  for (const [span, job] of spans.columns.job_id.entries())
    if (job !== null) jobs.set(job, spans.columns.lane[span]!);

  /** The session that it belongs to; of one that is not shown, the first that it names. */
  const laneOf = ({ event }: StoredEvent): number => {
    const own = lane.get(event.model_session_id ?? '');
    if (own !== undefined) return own;
    for (const id of namedSessions(event)) {
      const named = lane.get(id);
      if (named !== undefined) return named;
    }
    return jobs.get(event.job_id ?? '') ?? -1;
  };

  const spanOf = ({ event }: StoredEvent, lane: number, at: number): number => {
    const told = spans.position.get(event.activity_span_id ?? '');
    if (told !== undefined) return told;
    return lane < 0 ? -1 : holding(lane, at);
  };

  const typeOf = ({ event, unknown }: StoredEvent): number => {
    const { fr_event_id } = event;
    const known = types.get(fr_event_id);
    if (known !== undefined) return known;
    const type: unknown = event.type;
    types.set(fr_event_id, columns.types.length);
    return (
      columns.types.push({
        fr_event_id,
        type: typeof type === 'string' ? type : '',
        ...(unknown ? { unknown } : {}),
      }) - 1
    );
  };

  for (const stored of events) {
    const at = Date.parse(stored.event.timestamp) - beginning;
    const lane = laneOf(stored);
    columns.seq.push(stored.seq);
    columns.at.push(at);
    columns.type.push(typeOf(stored));
    columns.lane.push(lane);
    columns.span.push(spanOf(stored, lane, at));
  }
  return columns;
}
