import { type TableName, tables } from '../../kernel/index.ts';

/** One more with every change of the tables or of what rows hold; migrations.ts says what older files lack. */
export const SCHEMA_VERSION = 3;

/** Frames of the log after which a commit copies them into the file; fewer copy the same pages again and again. */
const CHECKPOINT_PAGES = 4_000;

/** What the log is cut down to when all of it has been copied. */
export const LOG_LIMIT_BYTES = 64 * 1024 * 1024;

/** Of every connection that writes. The mode of the journal belongs to the file and is set when that is made. */
export const pragmas = [
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = OFF',
  'PRAGMA cache_size = -32768',
  // Pages as they were before a savepoint: past 64 KB they would go through a temporary file, with every command.
  'PRAGMA temp_store = MEMORY',
  `PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`,
  `PRAGMA journal_size_limit = ${LOG_LIMIT_BYTES}`,
];

/**
 * One table per kernel table: the key, a value and an order column per index, and the row as JSON. The row holds
 * every field, so no field of a generated type can be without a place; the columns exist to find it. A table that
 * is only asked for single rows is one tree, which its key orders.
 */
export function tableSql(name: TableName): string[] {
  const { sql, indexes } = tables[name];
  const names = Object.keys(indexes);
  if (names.length === 0)
    return [
      `CREATE TABLE IF NOT EXISTS ${sql} (key TEXT PRIMARY KEY NOT NULL, body TEXT NOT NULL) WITHOUT ROWID`,
    ];
  const columns = names.flatMap((index) => [`v_${index} TEXT`, `o_${index} REAL`]);
  const all = ['n INTEGER PRIMARY KEY', 'key TEXT NOT NULL UNIQUE', ...columns, 'body TEXT NOT NULL'];
  return [
    `CREATE TABLE IF NOT EXISTS ${sql} (${all.join(', ')})`,
    ...names.map(
      (index) =>
        `CREATE INDEX IF NOT EXISTS ${sql}_${index} ON ${sql} (v_${index}, o_${index}) WHERE v_${index} IS NOT NULL`,
    ),
  ];
}

/**
 * The log. `body` is canonical JSON, `hash` chains it to everything before it (recorder/chain). Beside it stands what
 * a query skips records by, never more than the body says; segments carry the same for thousands of records at once.
 * What is not in the log any more has left a gap, which goes on where the chain went on; what could not be read when
 * the file was opened is kept in quarantine.
 */
export const eventSql: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, model_session_id TEXT, fr_event_id TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL)',
  'CREATE INDEX IF NOT EXISTS events_session ON events (model_session_id)',
  'CREATE TABLE IF NOT EXISTS event_names (session_id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (session_id, seq)) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS event_head (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS event_segments (segment INTEGER PRIMARY KEY, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, fr_event_ids TEXT NOT NULL, hash TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS event_gaps (first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, why TEXT NOT NULL, archive TEXT, at TEXT NOT NULL, hash TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS event_archives (file TEXT PRIMARY KEY NOT NULL, sha256 TEXT NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, events INTEGER NOT NULL, at TEXT NOT NULL) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS event_quarantine (n INTEGER PRIMARY KEY, seq INTEGER NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL, record TEXT NOT NULL)',
];

export const schemaSql = (): string[] => [
  ...(Object.keys(tables) as TableName[]).flatMap(tableSql),
  ...eventSql,
];
