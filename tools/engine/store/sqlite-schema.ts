import { type TableName, tables } from '../../kernel/index.ts';

/** Changes with every change of the tables; a file of another version is refused, never guessed at. */
export const SCHEMA_VERSION = 1;

export const pragmas = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = OFF',
];

/**
 * One table per kernel table: the key, a value and an order column per index, and the row as JSON. The row holds
 * every field, so no field of a generated type can be without a place; the columns exist to find it.
 */
export function schemaSql(): string[] {
  const statements: string[] = [];
  for (const name of Object.keys(tables) as TableName[]) {
    const { sql, indexes } = tables[name];
    const columns = Object.keys(indexes).flatMap((index) => [`v_${index} TEXT`, `o_${index} REAL`]);
    statements.push(
      `CREATE TABLE IF NOT EXISTS ${sql} (${['n INTEGER PRIMARY KEY', 'key TEXT NOT NULL UNIQUE', ...columns, 'body TEXT NOT NULL'].join(', ')})`,
    );
    for (const index of Object.keys(indexes)) {
      statements.push(
        `CREATE INDEX IF NOT EXISTS ${sql}_${index} ON ${sql} (v_${index}, o_${index}) WHERE v_${index} IS NOT NULL`,
      );
    }
  }
  statements.push(
    'CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, model_session_id TEXT, body TEXT NOT NULL)',
    'CREATE INDEX IF NOT EXISTS events_session ON events (model_session_id)',
    'CREATE TABLE IF NOT EXISTS event_names (session_id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (session_id, seq)) WITHOUT ROWID',
    `PRAGMA user_version = ${SCHEMA_VERSION}`,
  );
  return statements;
}
