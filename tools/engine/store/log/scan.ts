// The log read through, thousands of records at a time; segments that cannot hold what is asked for are not read.
import { segmentOf } from '../../../recorder/index.ts';
import type { Prepare } from '../sqlite-rows.ts';
import { type Columns, placesOf, segmentSkipper } from './columns.ts';
import {
  type Body,
  endsOf,
  type Look,
  nextPlace,
  PAGE,
  type Page,
  type Places,
  pageOf,
  placeBefore,
  type Take,
} from './page.ts';

/** How many segments one look may read: it holds up everything else in this process. */
const SEGMENTS_A_LOOK = 8;
/** Segments that are skipped cost little. */
const SKIPPED_A_LOOK = 1_024;

/** Pages of what stands strictly between two places. Forwards it goes on to whatever has been written meanwhile. */
export async function* scan(
  look: Look,
  columns: Columns,
  take: Take,
  { after, before, backwards, most }: Places,
): AsyncGenerator<Page> {
  const order = backwards ? 'DESC' : 'ASC';
  const sql = `SELECT seq, body FROM events WHERE seq > ? AND seq < ?${columns.sql} ORDER BY seq ${order} LIMIT ?`;
  const skips = segmentSkipper(columns);
  let [low, high] = [after, before];
  for (let done = false; !done; ) {
    yield await look((_, prepare) => {
      const { first, last } = endsOf(prepare);
      low = Math.max(low, first - 1);
      const end = Math.min(high, last + 1);
      if (backwards) high = end;
      const page: Page = [];
      let [read, skipped] = [0, 0];
      while (page.length < PAGE && read < SEGMENTS_A_LOOK && skipped < SKIPPED_A_LOOK) {
        done = low + 1 >= (backwards ? high : end);
        if (done) break;
        const segment = segmentOf(backwards ? high - 1 : low + 1);
        const [opens, closes] = placesOf(segment);
        const from = backwards ? Math.max(low, opens - 1) : low;
        const to = backwards ? high : Math.min(end, closes);
        let reached = backwards ? from + 1 : to - 1;
        if (skips(prepare, segment)) skipped += 1;
        else {
          const rows = prepare(sql).all(from, to, ...columns.values, most) as Body[];
          page.push(...pageOf(rows, take));
          if (rows.length === most) reached = rows.at(-1)!.seq;
          else if (rows.length === 0) reached = overHole(prepare, reached, backwards);
          read += 1;
        }
        if (backwards) high = reached;
        else low = reached;
      }
      return page;
    });
  }
}

/** Archives and damage leave holes of any width: segment by segment, one of 10^15 places would never end. */
function overHole(prepare: Prepare, reached: number, backwards: boolean): number {
  if (backwards) return (placeBefore(prepare, reached) ?? 0) + 1;
  return Math.max(reached, (nextPlace(prepare, reached) ?? 1) - 1);
}
