// What a crash, a failing disk or a careless hand has left at the end of a log, when it is opened for writing.
import {
  CHAIN_START,
  chainHash,
  damageHash,
  type Gap,
  type GapRecord,
  type Head,
  readEvent,
  SEGMENT_SIZE,
  segmentOf,
} from '../../../recorder/index.ts';
import { EngineError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import type { Database } from '../sqlite-driver.ts';
import { type Prepare, prepareOnce } from '../sqlite-rows.ts';
import { SAFE, storedHead } from './stored.ts';
import { insertGap, seal } from './write.ts';

/**
 * `sound`: the log ends where its head says, with a record that follows. `torn`: so does an earlier record, at most a
 * segment back, and what is behind it cannot be trusted. `deep`: nothing that near does.
 */
export type Tail =
  | { state: 'sound' }
  | { state: 'torn'; after: Head; last_seq: number }
  /** Whether records could still be appended: not where the head would give their numbers twice. */
  | { state: 'deep'; appendable: boolean };

interface Row {
  seq: number;
  body: string;
  hash: string;
}

/** A few look-ups if nothing is wrong. */
export function tailOf(prepare: Prepare): Tail {
  const head = storedHead(prepare);
  const newest = lastOf(prepare, 'events', 'seq', 'seq');
  const last = Math.max(head?.seq ?? 0, newest, lastOf(prepare, 'event_gaps', 'last_seq', 'first_seq'));
  if (last === 0) return { state: 'sound' };
  if (head === null) return { state: 'deep', appendable: false };
  for (let seq = last; seq >= Math.max(0, last - SEGMENT_SIZE); seq -= 1) {
    const hash = soundAt(prepare, seq, head);
    if (hash !== null) return seq === last ? { state: 'sound' } : torn(prepare, { seq, hash }, last);
  }
  return { state: 'deep', appendable: head.seq >= newest };
}

const lastOf = (prepare: Prepare, table: string, column: string, order: string): number => {
  const sql = `SELECT ${column} AS last FROM ${table} WHERE ${column} BETWEEN 1 AND ${SAFE} ORDER BY ${order} DESC LIMIT 1`;
  return (prepare(sql).get() as { last: number } | undefined)?.last ?? 0;
};

/** A gap that is there already would be cut in two: that is no end that was torn off. */
function torn(prepare: Prepare, after: Head, last_seq: number): Tail {
  const overlaps = prepare('SELECT 1 FROM event_gaps WHERE last_seq > ? LIMIT 1').get(after.seq);
  return overlaps ? { state: 'deep', appendable: false } : { state: 'torn', after, last_seq };
}

/** The hash with which the log may end at this number; null if it may not. */
function soundAt(prepare: Prepare, seq: number, head: Head): string | null {
  if (seq > head.seq) return null;
  const hash = followingAt(prepare, seq);
  return seq === head.seq && hash !== head.hash ? null : hash;
}

function followingAt(prepare: Prepare, seq: number): string | null {
  const record = recordAt(prepare, seq);
  if (!record) return hashAt(prepare, seq);
  const before = hashAt(prepare, seq - 1);
  const follows = before !== null && chainHash(before, seq, record.body) === record.hash;
  return follows && readEvent(record.body) ? record.hash : null;
}

const recordAt = (prepare: Prepare, seq: number): Row | undefined =>
  prepare('SELECT seq, CAST(body AS TEXT) AS body, CAST(hash AS TEXT) AS hash FROM events WHERE seq = ?').get(
    seq,
  ) as Row | undefined;

function hashAt(prepare: Prepare, seq: number): string | null {
  if (seq === 0) return CHAIN_START;
  const record = recordAt(prepare, seq);
  if (record) return record.hash;
  const gap = prepare(
    'SELECT last_seq, hash FROM event_gaps WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1',
  ).get(seq) as Pick<GapRecord, 'last_seq' | 'hash'> | undefined;
  return gap?.last_seq === seq ? gap.hash : null;
}

/** Moves a torn tail aside and leaves a gap in its place, from which the log goes on. Runs inside a transaction. */
export function setAside(prepare: Prepare, { after, last_seq }: Tail & { state: 'torn' }, at: string): void {
  const first_seq = after.seq + 1;
  const moved = quarantine(prepare, first_seq, storedHead(prepare)!, at);
  const gap: Gap = { first_seq, last_seq, why: moved > 0 ? 'quarantined' : 'lost', archive: null, at };
  const hash = damageHash(after.hash, gap);
  insertGap(prepare, { ...gap, hash });
  prepare('UPDATE event_head SET seq = ?, hash = ?').run(last_seq, hash);
  prepare('DELETE FROM event_segments WHERE segment >= ?').run(segmentOf(first_seq));
  for (let segment = segmentOf(first_seq); segment < segmentOf(last_seq + 1); segment += 1)
    seal(prepare, segment);
}

const COLUMNS = ['event_id', 'model_session_id', 'fr_event_id', 'at', 'body', 'hash'];
const asideSql =
  `SELECT seq, hex(body) AS hex, ${COLUMNS.map((name) => `CAST(${name} AS TEXT) AS ${name}`).join(', ')} ` +
  `FROM events WHERE seq >= ? AND seq <= ${SAFE} ORDER BY seq`;

interface Aside extends Row {
  at: string;
  hex: string;
}

/** The whole records as JSON. A body that is no text is kept in hexadecimal too, so that no byte is lost. */
function quarantine(prepare: Prepare, first_seq: number, head: Head, at: string): number {
  const rows = prepare(asideSql).all(first_seq) as Aside[];
  const names = namesFrom(prepare, first_seq);
  for (const { hex, ...row } of rows) {
    const { seq, body } = row;
    const why = seq > head.seq ? 'log/beyond-head' : readEvent(body) ? 'log/unlinked' : 'log/unreadable';
    const whole = Buffer.from(body).toString('hex').toUpperCase() === hex;
    const record = {
      ...row,
      at: Number(row.at),
      names: names.get(seq) ?? [],
      ...(!whole && { body_hex: hex }),
    };
    prepare('INSERT INTO event_quarantine (seq, why, at, record) VALUES (?, ?, ?, ?)').run(
      seq,
      why,
      at,
      JSON.stringify(record),
    );
  }
  prepare('DELETE FROM event_names WHERE seq >= ?').run(first_seq);
  prepare(`DELETE FROM events WHERE seq >= ? AND seq <= ${SAFE}`).run(first_seq);
  return rows.length;
}

/** All at once: names are found by their session, so that each look by number reads all of them. */
function namesFrom(prepare: Prepare, first_seq: number): ReadonlyMap<number, string[]> {
  const names = new Map<number, string[]>();
  const sql = `SELECT session_id, seq FROM event_names WHERE seq BETWEEN ? AND ${SAFE} ORDER BY seq, session_id`;
  for (const { session_id, seq } of prepare(sql).all(first_seq) as { session_id: string; seq: number }[])
    names.set(seq, [...(names.get(seq) ?? []), session_id]);
  return names;
}

/** Looks at the end of a log that is opened for writing, and lets it go on if what is wrong with it is near. */
export function mendTail(path: string, database: Database, clock: Pick<Clock, 'now'>): void {
  const prepare = prepareOnce(database);
  if (tailOf(prepare).state === 'sound') return;
  database.exec('BEGIN IMMEDIATE');
  try {
    const tail = tailOf(prepare); // others may have written, or mended it, meanwhile
    if (tail.state === 'torn') setAside(prepare, tail, new Date(clock.now()).toISOString());
    if (tail.state === 'deep' && !tail.appendable)
      throw new EngineError(
        'store_unavailable',
        `${path}: the log is damaged further back than at its end, so nothing can be added to it: gov recorder verify --db ${path} tells where`,
      );
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
