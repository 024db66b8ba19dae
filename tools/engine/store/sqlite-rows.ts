// Rows in tables of SQLite: read by key and by index, written so that only what changed is touched.
import { type Change, type IndexDefinition, type Rows, type TableName, tables } from '../../kernel/index.ts';
import type { Statement, Value } from './sqlite-driver.ts';
import type { Reading } from './store.ts';

export type Prepare = (sql: string) => Statement;

/** A row that was read or written lately, so that it need not be parsed again. Rows are never mutated. */
export interface RowCache {
  of<Name extends TableName>(table: Name): Map<string, Rows[Name]>;
  clear(): void;
  /** Forgets everything once it holds too much; never while a command is being carried out. */
  trim(): void;
}

const MOST_ROWS = 8_192;

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
      const found = prepare(`SELECT body FROM ${tables[name].sql} WHERE key = ?`).get(key) as
        | { body: string }
        | undefined;
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

  /** An index whose columns are set is written anew even if they stay, so only those that move are named. */
  const update = (key: string, before: Rows[Name], row: Rows[Name]): void => {
    let set = '';
    const values: Value[] = [];
    for (const [column, index] of entries) {
      const value = index.value(row);
      const order = value === null ? null : index.order(row);
      const stored = index.value(before);
      if (value === stored && order === (stored === null ? null : index.order(before))) continue;
      set += `v_${column} = ?, o_${column} = ?, `;
      values.push(value, order);
    }
    prepare(`UPDATE ${sql} SET ${set}body = ? WHERE key = ?`).run(...values, JSON.stringify(row), key);
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
      prepare(`DELETE FROM ${sql} WHERE key = ?`).run(key);
      rows.delete(key);
      return;
    }
    const before = rows.get(key);
    if (before) update(key, before, row as Rows[Name]);
    else insert(key, row as Rows[Name]);
    rows.set(key, row as Rows[Name]);
  };
}
