import type { FlightRecorderEvent } from '../../../generated/index.ts';
import {
  type EventQuery,
  type Gap,
  type KnownSession,
  matcher,
  readEvent,
  SEGMENT_SIZE,
  type StoredEvent,
} from '../../../recorder/index.ts';
import type { Prepare } from '../sqlite-rows.ts';
import type { Reading } from '../store.ts';
import { columnsOf } from './columns.ts';
import { storedEvent } from './event.ts';
import { endsOf, type Look, PAGE, type Page, type Places, type Take } from './page.ts';
import { scan } from './scan.ts';
import { asksForSessions, eventsOf, sessionsOf } from './set.ts';
import { timeline } from './timeline.ts';

export function findEvent(prepare: Prepare, id: string): FlightRecorderEvent | undefined {
  const row = prepare('SELECT body FROM events WHERE event_id = ?').get(id) as { body: string } | undefined;
  return (row && readEvent(row.body)) ?? undefined;
}

/** Page by page, each of one moment: events that are written meanwhile come later, and none comes twice. */
export async function* readEvents(
  look: Look,
  query: EventQuery,
  skipped: (gap: Gap) => void = () => {},
): AsyncGenerator<StoredEvent> {
  let left = query.last ?? query.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  const newest: StoredEvent[] = [];
  for await (const page of pages(look, query, left, skipped)) {
    for (const stored of page) {
      if (query.last === undefined) yield stored;
      else newest.push(stored);
      left -= 1;
      if (left > 0) continue;
      yield* newest.reverse();
      return;
    }
  }
  yield* newest.reverse();
}

async function* pages(
  look: Look,
  query: EventQuery,
  wanted: number,
  skipped: (gap: Gap) => void,
): AsyncGenerator<Page> {
  const columns = columnsOf(query);
  if (columns.never) return;
  const { take, inLook } = judge(look, query, skipped);
  const backwards = query.last !== undefined;
  const places: Places = {
    after: query.after_seq ?? 0,
    before: query.before_seq ?? Number.MAX_SAFE_INTEGER,
    backwards,
    most: isExact(query) ? Math.min(PAGE, wanted) : PAGE,
  };
  const session = query.model_session_id ?? (await sessionOfJob(look, query.job_id));
  if (session !== undefined) return yield* timeline(inLook, session, columns, take, places);
  if (asksForSessions(query)) {
    if (query.tree === undefined && wanted <= FEW) {
      const part = await look((_, prepare) => nearest(places, endsOf(prepare)));
      yield* scan(inLook, columns, take, part);
      if (backwards) places.before = part.after + 1;
      else places.after = part.before - 1;
    }
    const sessions = await look((_, prepare) => sessionsOf(prepare, query));
    yield* eventsOf(inLook, sessions, columns, take, places);
    places.after = Math.max(places.after, sessions.head);
    if (backwards) return;
  } else if (backwards) {
    const { last } = await look((_, prepare) => endsOf(prepare));
    places.before = Math.min(places.before, last + 1);
  }
  yield* scan(inLook, columns, take, places);
}

/** So few are often found in the nearest segment, sooner than it is known which sessions they are of. */
const FEW = 1_000;

/** The next places of those that are there, as many as a segment has. */
function nearest(places: Places, { first, last }: { first: number; last: number }): Places {
  const low = Math.max(places.after, first - 1);
  const high = Math.max(low + 1, Math.min(places.before, last + 1));
  return places.backwards
    ? { ...places, after: Math.max(low, high - 1 - SEGMENT_SIZE), before: high }
    : { ...places, after: low, before: Math.min(high, low + 1 + SEGMENT_SIZE) };
}

/** Whether its places and its session are all that a query asks for: then no record is read in vain. */
function isExact({
  model_session_id: _,
  after_seq,
  before_seq,
  limit,
  last,
  ...conditions
}: EventQuery): boolean {
  return Object.values(conditions).every((asked) => asked === undefined);
}

async function sessionOfJob(look: Look, job_id: string | undefined): Promise<string | undefined> {
  if (job_id === undefined) return undefined;
  return look((view) => view.get('job', job_id)?.session_id);
}

/** Sessions whose facts are kept at hand. */
const MOST_FACTS = 65_536;

/** Judges events by the rows of the look that has read them. */
function judge(look: Look, query: EventQuery, skipped: (gap: Gap) => void): { take: Take; inLook: Look } {
  const matches = matcher(query);
  const facts = new Map<string, KnownSession>();
  let rows: Reading;
  const known = {
    session(id: string): KnownSession | undefined {
      const remembered = facts.get(id);
      if (remembered) return remembered;
      const row = rows.get('session', id);
      if (!row) return undefined;
      const { role, model_id, wp_id, lane, parent_session_id } = row;
      if (facts.size >= MOST_FACTS) facts.clear();
      facts.set(id, { role, model_id, wp_id, lane, parent_session_id });
      return row;
    },
    job: (id: string): string | undefined => rows.get('job', id)?.session_id,
  };
  const stored: Take = (row) => storedEvent(row, skipped);
  return {
    take: isExact(query) ? stored : (row) => stored(row).filter(({ event }) => matches(event, known)),
    inLook: (work) =>
      look((view, prepare) => {
        rows = view;
        return work(view, prepare);
      }),
  };
}
