// The timeline of one session, by its two indexes: what it wrote, and what names it.
import type { Columns } from './columns.ts';
import { type Body, type Look, type Page, type Places, pageOf, type Take } from './page.ts';

/** Pages of what stands strictly between two places, each the beginning of two sorted runs that are merged. */
export async function* timeline(
  look: Look,
  session: string,
  columns: Columns,
  take: Take,
  { after, before, backwards, most }: Places,
): AsyncGenerator<Page> {
  const order = backwards ? 'DESC' : 'ASC';
  const named =
    columns.sql === ''
      ? 'SELECT seq FROM event_names WHERE session_id = ? AND seq > ? AND seq < ?'
      : 'SELECT seq FROM event_names JOIN events USING (seq) WHERE session_id = ? AND seq > ? AND seq < ?';
  const sql =
    'SELECT seq, body FROM events WHERE seq IN (SELECT seq FROM events WHERE model_session_id = ? AND seq > ? ' +
    `AND seq < ?${columns.sql} UNION ${named}${columns.sql} ORDER BY seq ${order} LIMIT ?) ORDER BY seq ${order}`;
  let [low, high] = [after, before];
  for (;;) {
    const values = [session, low, high, ...columns.values];
    const { count, reached, page } = await look((_, prepare) => {
      const rows = prepare(sql).all(...values, ...values, most) as Body[];
      return { count: rows.length, reached: rows.at(-1)?.seq, page: pageOf(rows, take) };
    });
    yield page;
    if (count < most || reached === undefined) return;
    if (backwards) high = reached;
    else low = reached;
  }
}
