import type { FlightRecorderEvent } from '../../generated/index.ts';
import { type EventQuery, type Gap, matches, readEvent, type StoredEvent } from '../../recorder/index.ts';
import { storedEvent } from './sqlite-event.ts';
import type { Prepare } from './sqlite-rows.ts';
import type { Reading } from './store.ts';

export function findEvent(prepare: Prepare, id: string): FlightRecorderEvent | undefined {
  const row = prepare('SELECT body FROM events WHERE event_id = ?').get(id) as { body: string } | undefined;
  return (row && readEvent(row.body)) ?? undefined;
}

const PAGE = 256;

/** Page by page, each of one moment: events that are written meanwhile come later, and none comes twice. */
export async function* readEvents(
  read: <Result>(look: (view: Reading, prepare: Prepare) => Result) => Promise<Result>,
  query: EventQuery,
  skipped: (gap: Gap) => void = () => {},
): AsyncGenerator<StoredEvent> {
  const session = query.model_session_id;
  const sql =
    session === undefined
      ? 'SELECT seq, body FROM events WHERE seq > ? ORDER BY seq LIMIT ?'
      : 'SELECT seq, body FROM events WHERE seq IN (SELECT seq FROM events WHERE model_session_id = ? AND seq > ? ' +
        'UNION SELECT seq FROM event_names WHERE session_id = ? AND seq > ? ORDER BY seq LIMIT ?) ORDER BY seq';
  const roles = new Map<string, string | undefined>();
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  for (let after = query.after_seq ?? 0; ; ) {
    const { found, full, last } = await read((view, prepare) => {
      const roleOf = (id: string): string | undefined => {
        if (!roles.has(id)) roles.set(id, view.get('session', id)?.role);
        return roles.get(id);
      };
      const values = session === undefined ? [after, PAGE] : [session, after, session, after, PAGE];
      const rows = prepare(sql).all(...values) as { seq: number; body: string }[];
      const stored = rows.flatMap((row) => storedEvent(row, skipped));
      return {
        found: stored.filter(({ event }) => matches(event, query, roleOf)),
        full: rows.length === PAGE,
        last: rows.at(-1)?.seq ?? after,
      };
    });
    after = last;
    for (const stored of found) {
      if (left <= 0) return;
      left -= 1;
      yield stored;
    }
    if (!full || left <= 0) return;
  }
}
