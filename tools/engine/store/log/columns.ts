// What a query asks that SQLite can answer without handing over a body: its columns, its bytes, and whole segments.
import { type EventQuery, eventIdsOf, SEGMENT_SIZE } from '../../../recorder/index.ts';
import type { Value } from '../sqlite-driver.ts';
import type { Prepare } from '../sqlite-rows.ts';

/** Conditions for a WHERE, each with ` AND ` before it, and their values in order. */
export interface Columns {
  sql: string;
  values: Value[];
  /** Whether a sealed segment may hold an event that is asked for. */
  inSegment(segment: Sealed): boolean;
  /** Nothing can meet the conditions, such as a type of another family. */
  never: boolean;
}

export interface Sealed {
  segment: number;
  from_at: number;
  to_at: number;
  fr_event_ids: string;
}

/** Where a condition can only be met by a body that holds these bytes: bodies are canonical, so are strings in them. */
const written = ['actor', 'trace_id', 'job_id'] as const;

export function columnsOf(query: EventQuery): Columns {
  const parts: string[] = [];
  const values: Value[] = [];
  const ids = eventIdsOf(query);
  if (ids) {
    parts.push(`fr_event_id IN (${[...ids].map(() => '?').join(', ')})`);
    values.push(...ids);
  }
  const from = query.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.from);
  const to = query.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(query.to);
  if (query.from !== undefined) {
    parts.push('at >= ?');
    values.push(from);
  }
  if (query.to !== undefined) {
    parts.push('at < ?');
    values.push(to);
  }
  for (const field of written) {
    const value = query[field];
    if (value === undefined) continue;
    parts.push('instr(body, ?) > 0');
    values.push(`"${field}":${JSON.stringify(value)}`);
  }
  return {
    sql: parts.map((part) => ` AND ${part}`).join(''),
    values,
    inSegment: ({ from_at, to_at, fr_event_ids }) =>
      to_at >= from && from_at < to && (!ids || mayHold(fr_event_ids, ids)),
    never: ids?.size === 0,
  };
}

/** A seal that somebody has damaged hides nothing: the proof tells of it. */
function mayHold(fr_event_ids: string, ids: ReadonlySet<string>): boolean {
  try {
    const sealed: unknown = JSON.parse(fr_event_ids);
    return !Array.isArray(sealed) || sealed.some((id) => ids.has(id));
  } catch {
    return true;
  }
}

/** How many segments one statement tells of. */
const AT_ONCE = 64;

/** Asked in either direction; remembers what it has read of the sealed segments around. */
export function segmentSkipper(columns: Columns): (prepare: Prepare, segment: number) => boolean {
  const known = new Map<number, boolean>();
  const nothing = columns.sql === '';
  return (prepare, segment) => {
    if (nothing) return false;
    if (!known.has(segment)) {
      known.clear();
      const first = segment - (segment % AT_ONCE);
      const sealed = prepare(
        'SELECT segment, from_at, to_at, fr_event_ids FROM event_segments WHERE segment >= ? AND segment < ?',
      ).all(first, first + AT_ONCE) as Sealed[];
      for (const one of sealed) known.set(one.segment, !columns.inSegment(one));
    }
    return known.get(segment) ?? false;
  };
}

/** The places of a segment: the first, and the one after its last. */
export const placesOf = (segment: number): [first: number, end: number] => [
  segment * SEGMENT_SIZE + 1,
  (segment + 1) * SEGMENT_SIZE + 1,
];
