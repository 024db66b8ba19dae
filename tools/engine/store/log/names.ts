import { readBody } from '../../../recorder/index.ts';
import type { Prepare } from '../sqlite-rows.ts';
import { PAGE, SAFE } from './stored.ts';

interface Name {
  session_id: string;
  seq: number;
}

export const countNames = (prepare: Prepare): number =>
  (prepare('SELECT count(*) AS count FROM event_names').get() as { count: number }).count;

/** Rows that name a session beside a record whose body does not. One beside no record leads nobody anywhere. */
export function* strayNames(prepare: Prepare): Generator<Name> {
  const sql =
    "SELECT session_id, seq FROM event_names WHERE typeof(session_id) = 'text' AND (session_id, seq) > (?, ?) " +
    `AND seq BETWEEN -${SAFE} AND ${SAFE} ORDER BY session_id, seq LIMIT ${PAGE}`;
  const bodyOf = prepare('SELECT CAST(body AS TEXT) AS body FROM events WHERE seq = ?');
  for (let last: Name = { session_id: '', seq: -SAFE }; ; ) {
    const rows = prepare(sql).all(last.session_id, last.seq) as Name[];
    for (const row of rows) {
      const found = bodyOf.get(row.seq) as { body: string } | undefined;
      const says = found && readBody(found.body);
      // Of an event that this version does not know nobody here can tell whom it names; damaged bodies are told already.
      if (says?.names && !says.names.includes(row.session_id)) yield row;
    }
    if (rows.length < PAGE) return;
    last = rows.at(-1)!;
  }
}
