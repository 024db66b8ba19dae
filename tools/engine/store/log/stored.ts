// Stored rows of the log as they are, whatever somebody has put into their columns: reading them never fails.
import {
  type Beside,
  type ChainRecord,
  type GapRecord,
  type Head,
  readBody,
  type Seal,
} from '../../../recorder/index.ts';
import type { Prepare } from '../sqlite-rows.ts';

/** Beyond it a driver rounds a number, or refuses it. */
export const SAFE = Number.MAX_SAFE_INTEGER;

export const PAGE = 512;

/** '' for what is no text, or hides something behind a NUL: a driver would end it there. */
const text = (column: string): string =>
  `iif(typeof(${column}) = 'text' AND instr(${column}, char(0)) = 0, ${column}, '') AS ${column}`;
const textOrNull = (column: string): string =>
  `iif(${column} IS NULL, NULL, iif(typeof(${column}) = 'text' AND instr(${column}, char(0)) = 0, ${column}, '')) AS ${column}`;
/** -1 for what is no whole number, or more than a number can hold. */
const number = (column: string): string =>
  `iif(typeof(${column}) = 'integer' AND ${column} BETWEEN -${SAFE} AND ${SAFE}, ${column}, -1) AS ${column}`;

const page = (table: string, key: string, columns: readonly string[]): string =>
  `SELECT ${[key, ...columns].join(', ')} FROM ${table} WHERE ${table}.${key} > ? AND ${table}.${key} <= ${SAFE} ` +
  `ORDER BY ${table}.${key} LIMIT ${PAGE}`;

const EVENT = ['event_id', 'fr_event_id', 'body', 'hash'].map(text);
const recordSql =
  `SELECT ${[...EVENT, textOrNull('model_session_id'), number('at')].join(', ')} FROM events ` +
  'WHERE events.seq = ?';
/**
 * All that stands beside a body in one text, as {@link hashBeside} expects it: to fetch and compare column by column
 * takes twice the time. '' where a column has another type than a store gives it.
 */
const BESIDE =
  `iif(${['event_id', 'fr_event_id', 'body', 'hash'].map((column) => `typeof(${column}) = 'text'`).join(' AND ')} ` +
  "AND typeof(model_session_id) IN ('text', 'null') AND typeof(at) = 'integer', " +
  "event_id || '\n' || fr_event_id || '\n' || iif(model_session_id IS NULL, '-', '+' || model_session_id) || '\n' || " +
  "at || '\n' || octet_length(body) || '\n' || hash || '\n', '') AS beside";
const recordsSql = page('events', 'seq', ["iif(typeof(body) = 'text', body, '') AS body", BESIDE]);
const gapSql = page('event_gaps', 'first_seq', [
  number('last_seq'),
  textOrNull('archive'),
  ...['why', 'at', 'hash'].map(text),
]);
const sealSql = page('event_segments', 'segment', [
  ...['from_at', 'to_at'].map(number),
  ...['fr_event_ids', 'hash'].map(text),
]);
const headSql = `SELECT ${number('seq')}, ${text('hash')} FROM event_head`;
const namesSql =
  `SELECT ${text('session_id')}, ${number('seq')} FROM event_names ` +
  'WHERE event_names.session_id IN (SELECT value FROM json_each(?)) AND event_names.seq BETWEEN ? AND ?';

function* paged<Row>(prepare: Prepare, sql: string, keyOf: (row: Row) => number): Generator<Row> {
  for (let after = -SAFE; ; ) {
    const rows = prepare(sql).all(after) as Row[];
    yield* rows;
    if (rows.length < PAGE) return;
    after = keyOf(rows.at(-1)!);
  }
}

export const storedGaps = (prepare: Prepare): Generator<GapRecord> =>
  paged<GapRecord>(prepare, gapSql, ({ first_seq }) => first_seq);

export const storedSeals = (prepare: Prepare): Generator<Seal> =>
  paged<Seal>(prepare, sealSql, ({ segment }) => segment);

export const storedHead = (prepare: Prepare): Head | null =>
  (prepare(headSql).get() as Head | undefined) ?? null;

interface Row {
  seq: number;
  body: string;
  beside: string;
}

interface Columns extends Omit<Beside, 'names'> {
  body: string;
  hash: string;
}

const HASH = 64;

/** The hash beside a body whose columns are what it says and hide nothing; null = they have to be read one by one. */
function hashBeside({ event_id, fr_event_id, model_session_id, at }: Beside, row: Row): string | null {
  const { body, beside } = row;
  const session = model_session_id === null ? '-' : `+${model_session_id}`;
  const columns = `${event_id}\n${fr_event_id}\n${session}\n${at}\n`;
  let said = `${columns}${body.length}\n`; // of plain ASCII; to count its bytes takes longer
  if (!beside.startsWith(said)) {
    said = `${columns}${Buffer.byteLength(body)}\n`;
    if (!beside.startsWith(said)) return null;
  }
  // A driver ends a text at a NUL, or hands it on: then the last line feed is missing, or the NUL is there.
  if (beside.length !== said.length + HASH + 1 || !beside.endsWith('\n') || beside.includes('\0'))
    return null;
  // One column ends where the body says so; a line feed before that would part them elsewhere.
  const first = beside.indexOf('\n');
  const second = beside.indexOf('\n', first + 1);
  if (first !== event_id.length || second !== first + 1 + fr_event_id.length) return null;
  if (beside.indexOf('\n', second + 1) !== second + 1 + session.length) return null;
  return beside.slice(said.length, -1);
}

export interface StoredPage {
  records: ChainRecord[];
  /** Rows of `event_names` that stand beside these records, as far as they name a session that a body names. */
  names: number;
  /** The number to go on after; null = this was the last page. */
  next: number | null;
}

/** Records in the order of their numbers, with what their bodies say and what stands beside them. */
export function storedPage(prepare: Prepare, after: number): StoredPage {
  const rows = prepare(recordsSql).all(after) as Row[];
  const records = rows.map((row) => recordOf(prepare, row));
  return {
    records,
    names: takeNames(prepare, records),
    next: rows.length < PAGE ? null : rows.at(-1)!.seq,
  };
}

function recordOf(prepare: Prepare, row: Row): ChainRecord {
  const { seq, body } = row;
  const says = readBody(body);
  const hash = says && hashBeside(says, row);
  if (hash !== null) return { seq, body, hash, says, beside: says };
  const { body: whole, hash: exact, ...columns } = prepare(recordSql).get(seq) as Columns;
  return { seq, body: whole, hash: exact, says: readBody(whole), beside: { ...columns, names: [] } };
}

/** Puts the names that are stored into the records they stand beside; returns how many there are. */
function takeNames(prepare: Prepare, records: readonly ChainRecord[]): number {
  const sessions = new Set<string>();
  for (const { says } of records) for (const session of says?.names ?? []) sessions.add(session);
  if (sessions.size === 0) return 0;
  const range = [records[0]!.seq, records.at(-1)!.seq] as const;
  const rows = prepare(namesSql).all(JSON.stringify([...sessions]), ...range) as {
    session_id: string;
    seq: number;
  }[];
  const named = new Map<number, string[]>();
  for (const { session_id, seq } of rows) {
    const names = named.get(seq);
    if (names) names.push(session_id);
    else named.set(seq, [session_id]);
  }
  let count = 0;
  for (const record of records) {
    const names = named.get(record.seq) ?? [];
    count += names.length;
    if (names.length > 0 || record.says?.names?.length) record.beside = { ...record.beside!, names };
  }
  return count;
}
