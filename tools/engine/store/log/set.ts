// Events of many sessions: their places by index first, then the records in order, so that no other one is read.
import { type EventQuery, segmentOf } from '../../../recorder/index.ts';
import type { Prepare } from '../sqlite-rows.ts';
import { type Columns, segmentSkipper } from './columns.ts';
import { type Body, endsOf, type Look, type Page, type Places, pageOf, type Take } from './page.ts';

/** Sessions at the moment of asking; what is written later may be of others. */
export interface Sessions {
  /** The last place of that moment. */
  head: number;
  ids: readonly string[];
  /** Events that name one of them count, too. */
  named: boolean;
  /** So do events of no session. */
  loose: boolean;
}

/** Whether a query asks for sessions by what their rows say. */
export const asksForSessions = ({ tree, role, model_id, wp_id }: EventQuery): boolean =>
  [tree, role, model_id, wp_id].some((asked) => asked !== undefined);

/** Every session that can have an event of the answer, and not many more. */
export function sessionsOf(prepare: Prepare, query: EventQuery): Sessions {
  const { tree, role, model_id, wp_id } = query;
  const head = endsOf(prepare).last;
  const list = (sql: string, ...values: string[]): string[] =>
    (prepare(sql).all(...values) as { id: string }[]).map(({ id }) => id);
  if (tree !== undefined) return { head, ids: list(BELOW, tree), named: true, loose: false };
  const fields = Object.entries({ role, model_id }).filter(([, value]) => value !== undefined);
  const conditions = [
    ...fields.map(([name]) => `json_extract(body, '$.${name}') = ?`),
    ...(wp_id === undefined ? [] : ['v_wp = ?']),
  ];
  const values = [...fields.map(([, value]) => value!), ...(wp_id === undefined ? [] : [wp_id])];
  const ids = list(`SELECT key AS id FROM model_sessions WHERE ${conditions.join(' AND ')}`, ...values);
  // Of a session without a row nobody knows the role, but its envelopes may say the packet and the model.
  const loose = role === undefined;
  return { head, ids: loose ? [...ids, ...list(FOREIGN)] : ids, named: false, loose };
}

const BELOW =
  'WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT key FROM below JOIN model_sessions ON v_parent = below.id) ' +
  'SELECT id FROM below';

/** Sessions that have events and no row; one look-up for each session that has events. */
const FOREIGN =
  'WITH RECURSIVE known (id) AS (SELECT min(model_session_id) FROM events UNION ALL ' +
  'SELECT (SELECT min(model_session_id) FROM events WHERE model_session_id > known.id) FROM known ' +
  'WHERE known.id IS NOT NULL) SELECT id FROM known WHERE id IS NOT NULL AND id NOT IN (SELECT key FROM model_sessions)';

/** How many sessions one statement looks for. */
const AT_ONCE = 500;
/** How many places are gone through at once, to begin with: each session is looked up for each stretch of them. */
const STRETCH = 65_536;
/** A stretch in which fewer were found is followed by one of twice its length. */
const FEW = 65_536;

/** Pages of what stands strictly between two places, none of them later than the sessions' moment. */
export async function* eventsOf(
  look: Look,
  sessions: Sessions,
  columns: Columns,
  take: Take,
  { after, before, backwards, most }: Places,
): AsyncGenerator<Page> {
  let stretch = STRETCH;
  const skips = segmentSkipper(columns);
  const order = backwards ? 'DESC' : 'ASC';
  const sql = `SELECT seq, body FROM events WHERE seq IN (SELECT value FROM json_each(?))${columns.sql} ORDER BY seq ${order}`;
  const end = Math.min(before, sessions.head + 1);
  let [low, high] = [after, end];
  while (low + 1 < high) {
    const from = backwards ? Math.max(low, high - 1 - stretch) : low;
    const to = backwards ? high : Math.min(high, low + 1 + stretch);
    const places = await placesIn(look, sessions, from, to);
    if (places.length < FEW) stretch *= 2;
    if (backwards) places.reverse();
    for (let at = 0; at < places.length; ) {
      const size = most;
      const some = places.slice(at, at + size);
      at += size;
      yield await look((_, prepare) => {
        const wanted = some.filter((seq) => !skips(prepare, segmentOf(seq)));
        if (wanted.length === 0) return [];
        return pageOf(prepare(sql).all(JSON.stringify(wanted), ...columns.values) as Body[], take);
      });
    }
    if (backwards) high = from + 1;
    else low = to - 1;
  }
}

/** In order, each once. What is no later than the sessions' moment does not change, so it takes as many looks as it likes. */
async function placesIn(
  look: Look,
  { ids, named, loose }: Sessions,
  low: number,
  high: number,
): Promise<number[]> {
  const places: number[] = [];
  const add = (sql: string, ...of: string[]): Promise<void> =>
    look((_, prepare) => {
      for (const { seq } of prepare(sql).all(...of, low, high) as { seq: number }[]) places.push(seq);
    });
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = JSON.stringify(ids.slice(at, at + AT_ONCE));
    await add(OWN, some);
    if (named) await add(NAMED, some);
  }
  if (loose) await add('SELECT seq FROM events WHERE model_session_id IS NULL AND seq > ? AND seq < ?');
  places.sort((a, b) => a - b);
  return places.filter((seq, at) => seq !== places[at - 1]);
}

const OWN =
  'SELECT seq FROM events WHERE model_session_id IN (SELECT value FROM json_each(?)) AND seq > ? AND seq < ?';
const NAMED =
  'SELECT seq FROM event_names WHERE session_id IN (SELECT value FROM json_each(?)) AND seq > ? AND seq < ?';
