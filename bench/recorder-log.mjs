// A long log, written faster than any engine writes one: the tables and the rows of the real store, every event one
// that the recorder accepts and every hash the one of the chain, but the disk is not waited for, and the index of the
// sessions is made when all rows are there.
import { openSqliteStore } from '../dist/lib/engine.js';
import { CHAIN_START, chainHash, checkEvent, namedSessions, SEGMENT_SIZE } from '../dist/lib/recorder.js';
import { eventOf } from './events.mjs';
import { openBare } from './sql-tape.mjs';

/** One in so many is checked: the same kinds come again and again, and their fields differ in numbers only. */
const CHECKED = 101;
const AT_ONCE = 50_000;

/** Writes so many events of so many sessions to a new file. */
export async function buildLog(path, count, sessions) {
  await (await openSqliteStore(path))[Symbol.asyncDispose]();
  const database = openBare(path);
  for (const sql of ['synchronous = OFF', 'cache_size = -262144', 'temp_store = MEMORY'])
    database.exec(`PRAGMA ${sql}`);
  const index = database.prepare("SELECT sql FROM sqlite_master WHERE name = 'events_session'").get();
  database.exec('DROP INDEX events_session');
  const insert = database.prepare(
    'INSERT INTO events (seq, event_id, model_session_id, fr_event_id, at, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const names = database.prepare('INSERT INTO event_names (session_id, seq) VALUES (?, ?)');
  const seal = database.prepare(
    'INSERT INTO event_segments (segment, from_at, to_at, fr_event_ids, hash) VALUES (?, ?, ?, ?, ?)',
  );
  let hash = CHAIN_START;
  let segment = { from: Number.POSITIVE_INFINITY, to: 0, ids: new Set() };
  for (let first = 1; first <= count; first += AT_ONCE) {
    database.exec('BEGIN');
    for (let seq = first; seq < Math.min(count + 1, first + AT_ONCE); seq += 1) {
      const event = eventOf(seq, sessions);
      const body = JSON.stringify(event);
      if (seq % CHECKED === 0 && JSON.stringify(checkEvent(event)) !== body)
        throw new Error(`the event ${seq} is not what the recorder would store`);
      hash = chainHash(hash, seq, body);
      const at = Date.parse(event.timestamp);
      insert.run(seq, event.event_id, event.model_session_id ?? null, event.fr_event_id, at, body, hash);
      for (const session of namedSessions(event)) names.run(session, seq);
      segment.from = Math.min(segment.from, at);
      segment.to = Math.max(segment.to, at);
      segment.ids.add(event.fr_event_id);
      if (seq % SEGMENT_SIZE !== 0) continue;
      seal.run(
        seq / SEGMENT_SIZE - 1,
        segment.from,
        segment.to,
        JSON.stringify([...segment.ids].sort()),
        hash,
      );
      segment = { from: Number.POSITIVE_INFINITY, to: 0, ids: new Set() };
    }
    database
      .prepare('INSERT OR REPLACE INTO event_head (only, seq, hash) VALUES (1, ?, ?)')
      .run(Math.min(count, first + AT_ONCE - 1), hash);
    database.exec('COMMIT');
  }
  database.exec(index.sql);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
