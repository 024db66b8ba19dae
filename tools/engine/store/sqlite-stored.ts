// Stored rows of the log as they are, whatever somebody has put into their columns: reading them never fails.
import {
  type Beside,
  type ChainRecord,
  type GapRecord,
  type Head,
  readBody,
  type Seal,
} from '../../recorder/index.ts';
import type { Prepare } from './sqlite-rows.ts';

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
const recordSql = page('events', 'seq', [...EVENT, textOrNull('model_session_id'), number('at')]);
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

interface Row extends Omit<Beside, 'names'> {
  seq: number;
  body: string;
  hash: string;
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
  const rows = prepare(recordSql).all(after) as Row[];
  const said = rows.map(({ body }) => readBody(body));
  const sessions = [...new Set(said.flatMap((says) => says?.names ?? []))];
  const names = new Map<number, string[]>(rows.map(({ seq }) => [seq, []]));
  const found =
    rows.length === 0
      ? []
      : (prepare(namesSql).all(JSON.stringify(sessions), rows[0]!.seq, rows.at(-1)!.seq) as {
          session_id: string;
          seq: number;
        }[]);
  let beside = 0;
  for (const { session_id, seq } of found) beside += Number((names.get(seq)?.push(session_id) ?? 0) > 0);
  return {
    records: rows.map(({ seq, body, hash, ...columns }, at) => ({
      seq,
      body,
      hash,
      says: said[at]!,
      beside: { ...columns, names: names.get(seq)! },
    })),
    names: beside,
    next: rows.length < PAGE ? null : rows.at(-1)!.seq,
  };
}
