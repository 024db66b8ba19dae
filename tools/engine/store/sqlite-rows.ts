// Rows in tables of SQLite: read by key and by index, written so that only what changed is touched.
import { type Change, type IndexDefinition, type Rows, type TableName, tables } from '../../kernel/index.ts';
import type { Database, Statement, Value } from './sqlite-driver.ts';
import type { Reading } from './store.ts';

export type Prepare = (sql: string) => Statement;

/** Each statement is compiled once. */
export function prepareOnce(database: Database): Prepare & { forget(): void } {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return Object.assign(prepare, { forget: () => statements.clear() });
}

/** A row that was read or written lately, so that it need not be parsed again. Rows are never mutated. */
export interface RowCache {
  of<Name extends TableName>(table: Name): Map<string, Rows[Name]>;
  clear(): void;
  /** Forgets everything once it holds too much; never while a command is being carried out. */
  trim(): void;
}

const MOST_ROWS = 8_192;

/** How many values one statement looks for. */
const AT_ONCE = 500;

interface Found {
  key: string;
  body: string;
}

export function rowCache(): RowCache {
  const all = Object.fromEntries(Object.keys(tables).map((name) => [name, new Map()])) as {
    [Name in TableName]: Map<string, Rows[Name]>;
  };
  const clear = (): void => {
    for (const rows of Object.values(all)) rows.clear();
  };
  return {
    of: (table) => all[table],
    clear,
    trim() {
      for (const rows of Object.values(all)) if (rows.size > MOST_ROWS) rows.clear();
    },
  };
}

/** A text per table, made once: putting it together anew costs each look-up as much as finding its statement. */
const perTable = (sqlOf: (table: string) => string): Readonly<Record<TableName, string>> =>
  Object.fromEntries(Object.entries(tables).map(([name, { sql }]) => [name, sqlOf(sql)])) as never;

const getSql = perTable((table) => `SELECT body FROM ${table} WHERE key = ?`);
const deleteSql = perTable((table) => `DELETE FROM ${table} WHERE key = ?`);

export function createView(prepare: Prepare, cache: RowCache): Reading {
  const parsed = <Name extends TableName>(name: Name, key: string, body: string): Rows[Name] => {
    const rows = cache.of(name);
    const known = rows.get(key);
    if (known) return known;
    const row = JSON.parse(body) as Rows[Name];
    rows.set(key, row);
    return row;
  };
  return {
    get(name, key) {
      const known = cache.of(name).get(key);
      if (known) return known;
      const found = prepare(getSql[name]).get(key) as { body: string } | undefined;
      return found && parsed(name, key, found.body);
    },
    select(name, index, value, limit = Number.POSITIVE_INFINITY) {
      const sql = `SELECT key, body FROM ${tables[name].sql} WHERE v_${index} = ? ORDER BY o_${index}, n LIMIT ?`;
      const found = prepare(sql).all(value, Number.isFinite(limit) ? limit : -1) as {
        key: string;
        body: string;
      }[];
      return found.map(({ key, body }) => parsed(name, key, body));
    },
    selectMany(name, index, values) {
      const by = tables[name].indexes[index]!;
      const groups = new Map<string, Rows[typeof name][]>(values.map((value) => [value, []]));
      // In the order of the index, so SQLite sorts nothing, and nothing is left to sort.
      const sql =
        `SELECT key, body FROM ${tables[name].sql} WHERE v_${index} IN (SELECT value FROM json_each(?)) ` +
        `ORDER BY v_${index}, o_${index}, n`;
      for (let at = 0; at < values.length; at += AT_ONCE) {
        const found = prepare(sql).all(JSON.stringify(values.slice(at, at + AT_ONCE))) as Found[];
        for (const { key, body } of found) {
          const row = parsed(name, key, body);
          groups.get(by.value(row)!)!.push(row);
        }
      }
      return groups;
    },
    distinct(name, index) {
      // One look-up per value, however many rows share it: a long queue costs no more than a short one.
      const column = `v_${index}`;
      const next = prepare(`SELECT min(${column}) AS value FROM ${tables[name].sql} WHERE ${column} > ?`);
      const values: string[] = [];
      for (let last = ''; ; last = values.at(-1)!) {
        const { value } = next.get(last) as { value: string | null };
        if (value === null) return values;
        values.push(value);
      }
    },
    sessionIds() {
      const rows = prepare(`SELECT key FROM ${tables.session.sql} ORDER BY n`).all() as { key: string }[];
      return rows.map((row) => row.key);
    },
    all(name) {
      const order = Object.keys(tables[name].indexes).length > 0 ? 'n' : 'key';
      const rows = prepare(`SELECT key, body FROM ${tables[name].sql} ORDER BY ${order}`).all() as {
        key: string;
        body: string;
      }[];
      return rows.map(({ key, body }) => parsed(name, key, body));
    },
  };
}

export type Writer = (change: Change) => void;

export function createWriters(prepare: Prepare, cache: RowCache): Writer {
  const writers = Object.fromEntries(
    (Object.keys(tables) as TableName[]).map((name) => [name, createWriter(name, prepare, cache)]),
  ) as Record<TableName, Writer>;
  return (change) => writers[change.table](change);
}

function createWriter<Name extends TableName>(name: Name, prepare: Prepare, cache: RowCache): Writer {
  const { sql, indexes } = tables[name];
  const entries = Object.entries(indexes) as [string, IndexDefinition<Rows[Name]>][];
  const columns = ['key', ...entries.flatMap(([index]) => [`v_${index}`, `o_${index}`]), 'body'];
  const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  const upsert =
    `INSERT INTO ${sql} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ` +
    `ON CONFLICT (key) DO UPDATE SET ${updates.join(', ')}`;
  const rows = cache.of(name);

  const updateSql = new Map<number, string>();
  /** The statement for the indexes that move, a bit for each. */
  const updateOf = (moved: number): string => {
    const known = updateSql.get(moved);
    if (known) return known;
    const set = entries
      .filter((_, at) => moved & (1 << at))
      .map(([name]) => `v_${name} = ?, o_${name} = ?, `);
    const made = `UPDATE ${sql} SET ${set.join('')}body = ? WHERE key = ?`;
    updateSql.set(moved, made);
    return made;
  };

  /** An index whose columns are set is written anew even if they stay, so only those that move are named. */
  const update = (key: string, before: Rows[Name], row: Rows[Name]): void => {
    let moved = 0;
    const values: Value[] = [];
    for (const [at, [, index]] of entries.entries()) {
      const value = index.value(row);
      const order = value === null ? null : index.order(row);
      const stored = index.value(before);
      if (value === stored && order === (stored === null ? null : index.order(before))) continue;
      moved |= 1 << at;
      values.push(value, order);
    }
    prepare(updateOf(moved)).run(...values, JSON.stringify(row), key);
  };

  const insert = (key: string, row: Rows[Name]): void => {
    const values: Value[] = [key];
    for (const [, index] of entries) {
      const value = index.value(row);
      values.push(value, value === null ? null : index.order(row));
    }
    prepare(upsert).run(...values, JSON.stringify(row));
  };

  return ({ key, row }) => {
    if (row === null) {
      prepare(deleteSql[name]).run(key);
      rows.delete(key);
      return;
    }
    const before = rows.get(key);
    if (before) update(key, before, row as Rows[Name]);
    else insert(key, row as Rows[Name]);
    rows.set(key, row as Rows[Name]);
  };
}
