import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FlightRecorderEvent } from '../../generated/index.ts';
import { type Change, type IndexDefinition, type Rows, type TableName, tables } from '../../kernel/index.ts';
import { type EventQuery, matches, namedSessions, type StoredEvent } from '../../recorder/index.ts';
import { EngineError } from '../errors.ts';
import {
  type Database,
  type Driver,
  type OpenOptions,
  openDatabase,
  type Statement,
  type Value,
} from './sqlite-driver.ts';
import { pragmas, SCHEMA_VERSION, schemaSql } from './sqlite-schema.ts';
import type { Reading, Store } from './store.ts';

export interface SqliteOptions extends OpenOptions {
  driver?: Driver;
}

/** One file, one writer, WAL, every commit synced. Rows are read inside the transaction that changes them. */
export async function openSqliteStore(path: string, options: SqliteOptions = {}): Promise<Store> {
  const { readOnly = false, driver } = options;
  if (!readOnly) mkdirSync(dirname(path), { recursive: true });
  const database = await openDatabase(path, { readOnly }, driver);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    const { user_version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (user_version !== SCHEMA_VERSION && (readOnly || user_version !== 0)) {
      const found = `${path} has schema version ${user_version}`;
      throw new EngineError('store_unavailable', `${found}, expected ${SCHEMA_VERSION}`);
    }
    if (!readOnly) for (const pragma of pragmas) database.exec(pragma);
    if (user_version === 0) for (const statement of schemaSql()) database.exec(statement);
  } catch (error) {
    database.close();
    if (error instanceof EngineError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('store_unavailable', `cannot use ${path}: ${reason}`, { cause: error });
  }
  return createStore(database);
}

interface BodyRow {
  body: string;
}

function createStore(database: Database): Store {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const view = createView(prepare);
  const writers = Object.fromEntries(
    (Object.keys(tables) as TableName[]).map((name) => [name, createWriter(name, prepare)]),
  ) as Record<TableName, Writer>;

  const append = (events: readonly FlightRecorderEvent[]): void => {
    const insert = prepare(
      'INSERT INTO events (event_id, model_session_id, body) VALUES (?, ?, ?) RETURNING seq',
    );
    const name = prepare('INSERT INTO event_names (session_id, seq) VALUES (?, ?)');
    for (const event of events) {
      const row = insert.get(event.event_id, event.model_session_id ?? null, JSON.stringify(event)) as {
        seq: number;
      };
      for (const session of namedSessions(event)) name.run(session, row.seq);
    }
  };

  const transaction = <Result>(work: () => Result): Result => {
    prepare('BEGIN IMMEDIATE').run();
    try {
      const result = work();
      prepare('COMMIT').run();
      return result;
    } catch (error) {
      try {
        prepare('ROLLBACK').run();
      } catch {
        // SQLite has rolled back by itself, as it does on a full disk; the first error is the one to tell
      }
      throw error;
    }
  };

  return {
    async transact(decideOn, prepareEvents) {
      return transaction(() => {
        const decision = decideOn(view);
        if (decision.rejected) return decision;
        const events = prepareEvents(decision);
        for (const change of decision.changes) writers[change.table](change);
        append(events);
        return decision;
      });
    },
    read: async (look) => look(view),
    async appendEvents(events) {
      transaction(() => append(events));
    },
    async findEvent(id) {
      const row = prepare('SELECT body FROM events WHERE event_id = ?').get(id) as BodyRow | undefined;
      return row && (JSON.parse(row.body) as FlightRecorderEvent);
    },
    readEvents: (query) => readEvents(prepare, view, query),
    async [Symbol.asyncDispose]() {
      statements.clear();
      database.close();
    },
  };
}

type Prepare = (sql: string) => Statement;
type Writer = (change: Change) => void;

function createView(prepare: Prepare): Reading {
  const parse = (row: unknown): never => JSON.parse((row as BodyRow).body) as never;
  return {
    get(name, key) {
      const row = prepare(`SELECT body FROM ${tables[name].sql} WHERE key = ?`).get(key);
      return row === undefined ? undefined : parse(row);
    },
    select(name, index, value, limit = Number.POSITIVE_INFINITY) {
      const sql = `SELECT body FROM ${tables[name].sql} WHERE v_${index} = ? ORDER BY o_${index}, n LIMIT ?`;
      return prepare(sql)
        .all(value, Number.isFinite(limit) ? limit : -1)
        .map(parse);
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
    all: (name) => prepare(`SELECT body FROM ${tables[name].sql} ORDER BY n`).all().map(parse),
  };
}

function createWriter<Name extends TableName>(name: Name, prepare: Prepare): Writer {
  const { sql, indexes } = tables[name];
  const entries = Object.entries(indexes) as [string, IndexDefinition<Rows[Name]>][];
  const columns = ['key', ...entries.flatMap(([index]) => [`v_${index}`, `o_${index}`]), 'body'];
  const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  const upsert =
    `INSERT INTO ${sql} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ` +
    `ON CONFLICT (key) DO UPDATE SET ${updates.join(', ')}`;
  return ({ key, row }) => {
    if (row === null) {
      prepare(`DELETE FROM ${sql} WHERE key = ?`).run(key);
      return;
    }
    const values: Value[] = [key];
    for (const [, index] of entries) {
      const value = index.value(row as Rows[Name]);
      values.push(value, value === null ? null : index.order(row as Rows[Name]));
    }
    prepare(upsert).run(...values, JSON.stringify(row));
  };
}

const PAGE = 256;

async function* readEvents(prepare: Prepare, view: Reading, query: EventQuery): AsyncGenerator<StoredEvent> {
  const session = query.model_session_id;
  const sql =
    session === undefined
      ? 'SELECT seq, body FROM events WHERE seq > ? ORDER BY seq LIMIT ?'
      : 'SELECT seq, body FROM events WHERE seq IN (SELECT seq FROM events WHERE model_session_id = ? AND seq > ? ' +
        'UNION SELECT seq FROM event_names WHERE session_id = ? AND seq > ? ORDER BY seq LIMIT ?) ORDER BY seq';
  const roles = new Map<string, string | undefined>();
  const roleOf = (id: string): string | undefined => {
    if (!roles.has(id)) roles.set(id, view.get('session', id)?.role);
    return roles.get(id);
  };
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  for (let after = query.after_seq ?? 0; ; ) {
    const rows = (
      session === undefined
        ? prepare(sql).all(after, PAGE)
        : prepare(sql).all(session, after, session, after, PAGE)
    ) as { seq: number; body: string }[];
    for (const row of rows) {
      if (left <= 0) return;
      after = row.seq;
      const event = JSON.parse(row.body) as FlightRecorderEvent;
      if (!matches(event, query, roleOf)) continue;
      left -= 1;
      yield { seq: row.seq, event };
    }
    if (rows.length < PAGE) return;
  }
}
