// What a file of an older version lacks, and how it gets it.
import { type Rows, type TableName, tables } from '../../kernel/index.ts';
import type { Database } from './sqlite-driver.ts';
import { createWriters, type Prepare, rowCache } from './sqlite-rows.ts';
import { SCHEMA_VERSION, schemaSql, tableSql } from './sqlite-schema.ts';

interface Migration {
  /** The version that a file has afterwards. */
  to: number;
  /** Fields that rows got with this version, by table, and what they are in rows that were there before. */
  fields: { [Name in TableName]?: Partial<Rows[Name]> };
}

/**
 * In order. Tables and indexes need no mention: every table is made anew from its rows as tables.ts declares it, so
 * only what the rows themselves lack is said here.
 */
export const migrations: readonly Migration[] = [{ to: 2, fields: {} }];

/** Makes a new file, or brings an old one to this version. Runs inside one transaction, so that it is whole or not at all. */
export function migrate(database: Database, from: number): void {
  const steps = migrations.filter(({ to }) => to > from);
  for (const name of Object.keys(tables) as TableName[]) {
    const fields = Object.assign({}, ...steps.map((step) => step.fields[name] ?? {}));
    rebuild(database, name, fields);
  }
  for (const statement of schemaSql()) database.exec(statement);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

const PAGE = 512;

function rebuild(database: Database, name: TableName, fields: object): void {
  const { sql } = tables[name];
  const known = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?").get(sql);
  if (!known) return;
  const old = `${sql}_before`;
  database.exec(`ALTER TABLE ${sql} RENAME TO ${old}`);
  const indexes = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
    .all(old) as { name: string }[];
  for (const index of indexes) database.exec(`DROP INDEX ${index.name}`);
  for (const statement of tableSql(name)) database.exec(statement);
  const prepare: Prepare = (text) => database.prepare(text);
  // Rows of one order come in the order of their insertion, so they are inserted in it again.
  const columns = prepare(`SELECT name FROM pragma_table_info(?)`).all(old) as { name: string }[];
  const place = columns.some((column) => column.name === 'n') ? 'n' : 'key';
  const page = prepare(
    `SELECT ${place} AS place, key, body FROM ${old} WHERE ${place} > ? ORDER BY ${place} LIMIT ${PAGE}`,
  );
  for (let after: string | number = place === 'n' ? -1 : ''; ; ) {
    const rows = page.all(after) as { place: string | number; key: string; body: string }[];
    const write = createWriters(prepare, rowCache());
    for (const { key, body } of rows) {
      write({ table: name, key, row: { ...fields, ...JSON.parse(body) } });
    }
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.place;
  }
  database.exec(`DROP TABLE ${old}`);
}
