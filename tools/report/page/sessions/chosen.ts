import type { Route } from '../shell/route.ts';
import { found, type Lookup } from './lookup.ts';

/** What the address points at: positions, -1 for nothing. */
export interface Chosen {
  lane: number;
  span: number;
  event: number;
  artifact: string | null;
  /** What the address names and the report does not have. */
  missing: string | null;
}

/** Ids may be cut short, as long as only one begins so; an event alone says which session and span it is of. */
export function chosenOf({ data }: Lookup, { path, query }: Pick<Route, 'path' | 'query'>): Chosen {
  const { lanes, spans, events } = data;
  const nothing: Chosen = { lane: -1, span: -1, event: -1, artifact: query.get('artifact'), missing: null };
  const [session = ''] = path;
  const [spanId, seq] = [query.get('span') ?? '', query.get('event') ?? ''];
  let lane = found(
    lanes.map(({ session_id }) => session_id),
    session,
  );
  if (session !== '' && lane < 0) return { ...nothing, missing: `session ${session}` };
  let span = -1;
  if (spanId !== '') {
    const own = lane < 0 ? { first: 0, count: spans.span_id.length } : lanes[lane]!.spans;
    const inside = found(spans.span_id.slice(own.first, own.first + own.count), spanId);
    if (inside < 0) return { ...nothing, lane, missing: `span ${spanId}` };
    span = own.first + inside;
    lane = spans.lane[span]!;
  }
  const event = seq === '' ? -1 : placeOf(events.seq, Number(seq));
  if (seq !== '' && event < 0) return { ...nothing, lane, span, missing: `event ${seq}` };
  if (event >= 0 && lane < 0) {
    lane = events.lane[event]!;
    span = events.span[event]!;
  }
  return { ...nothing, lane, span, event };
}

/** By halves: numbers rise. */
function placeOf(seqs: readonly number[], wanted: number): number {
  let [low, high] = [0, seqs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seqs[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return seqs[low] === wanted ? low : -1;
}
