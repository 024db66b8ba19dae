// A database as version 1 made it: its own statements, and rows that an engine of today wrote, put where they were.
import { seededIds } from '../../../tools/engine/index.ts';
import type { Database, Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import { type Rows, type TableName, tables } from '../../../tools/kernel/index.ts';
import { completes, database, open, type Play, request, root } from '../opened.ts';

/** Tables of version 1 with their indexes. */
const TABLES: [name: TableName, sql: string, indexes: string[]][] = [
  ['session', 'model_sessions', ['parent', 'live', 'wp']],
  ['tree', 'session_trees', []],
  ['request', 'spawn_requests', []],
  ['job', 'model_run_jobs', ['live', 'ready', 'delayed']],
  ['call', 'provider_calls', ['running']],
  ['bucket', 'rate_buckets', []],
  ['lanes', 'scheduler_lanes', []],
  ['message', 'session_messages', ['session']],
  ['mailbox', 'mailbox_messages', ['inbox']],
  ['span', 'spans', ['session', 'open']],
  ['operation', 'cancel_operations', []],
  ['warning', 'budget_warnings', []],
  ['packet', 'packet_totals', []],
];

export const TABLES_OF_1: ReadonlySet<string> = new Set(TABLES.map(([name]) => name));

/** Fields that rows of version 1 did not have. */
export const LATER: { [Name in TableName]?: (keyof Rows[Name])[] } = {
  session: [
    ...(['revoked_job_ids', 'announced_at', 'inbox_announced', 'runs', 'last_activity_at'] as const),
    ...(['notice_seq', 'notice_place', 'notice_urgency', 'notice_standing', 'thread_tail_id'] as const),
    ...([
      'checkpoint_seq',
      'checkpoint_epoch',
      'checkpoint_messages',
      'checkpoint_tokens',
      'crash_resumes',
    ] as const),
  ],
  job: ['approval', 'consent_receipt_id', 'told_part', 'told_count'],
};

function schema(file: Database): void {
  for (const [, sql, indexes] of TABLES) {
    const columns = indexes.map((index) => `v_${index} TEXT, o_${index} REAL, `).join('');
    file.exec(
      `CREATE TABLE IF NOT EXISTS ${sql} (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, ${columns}body TEXT NOT NULL)`,
    );
    for (const index of indexes)
      file.exec(
        `CREATE INDEX IF NOT EXISTS ${sql}_${index} ON ${sql} (v_${index}, o_${index}) WHERE v_${index} IS NOT NULL`,
      );
  }
  file.exec(
    'CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, model_session_id TEXT, body TEXT NOT NULL)',
  );
  file.exec('CREATE INDEX IF NOT EXISTS events_session ON events (model_session_id)');
  file.exec(
    'CREATE TABLE IF NOT EXISTS event_names (session_id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (session_id, seq)) WITHOUT ROWID',
  );
  file.exec('PRAGMA user_version = 1');
}

/** Every row of a database of today, table by table, in the order in which it lists them. */
export function rowsOf(file: Database): Record<string, { key: string; body: object }[]> {
  const all = Object.entries(tables).map(([name, { sql, indexes }]) => {
    const order = Object.keys(indexes).length > 0 ? 'n' : 'key';
    const rows = file.prepare(`SELECT key, body FROM ${sql} ORDER BY ${order}`).all();
    const found = (rows as { key: string; body: string }[]).map(({ key, body }) => ({
      key,
      body: JSON.parse(body) as object,
    }));
    return [name, found] as const;
  });
  return Object.fromEntries(all);
}

/** Makes a file of version 1 out of one of today. */
function writeVersion1(driver: Driver, today: string, path: string): void {
  const from = driver(today, { readOnly: true });
  const to = driver(path, {});
  to.exec('PRAGMA journal_mode = WAL');
  to.exec('BEGIN');
  schema(to);
  const rows = rowsOf(from);
  for (const [name, sql, indexes] of TABLES) {
    const columns = ['key', ...indexes.flatMap((index) => [`v_${index}`, `o_${index}`]), 'body'];
    const insert = to.prepare(
      `INSERT INTO ${sql} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (const { key, body } of rows[name]!) {
      const places = indexes.flatMap((index) => {
        const by = tables[name].indexes[index] as {
          value(row: object): string | null;
          order(row: object): number;
        };
        const value = by.value(body);
        return [value, value === null ? null : by.order(body)];
      });
      const old = Object.entries(body).filter(
        ([field]) => !(LATER[name] as string[] | undefined)?.includes(field),
      );
      insert.run(key, ...places, JSON.stringify(Object.fromEntries(old)));
    }
  }
  for (const [table, columns] of [
    ['events', ['seq', 'event_id', 'model_session_id', 'body']],
    ['event_names', ['session_id', 'seq']],
  ] as const) {
    const insert = to.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    const found = from.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).all();
    for (const row of found as Record<string, string | number>[])
      insert.run(...columns.map((name) => row[name]!));
  }
  to.exec('COMMIT');
  from.close();
  to.close();
}

/** Sessions that have ended, one that waits for its child, and runs that are queued. */
async function history(path: string): Promise<void> {
  const run: Play = async (_call, io) => {
    io.usage({ prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } as never, 0.5);
    io.chunk('said');
    return { outcome: 'completed' };
  };
  await using engine = await open(run, { store: `sqlite:${path}`, budgets: { session_tokens: 2 } });
  const first = await engine.createSession(root);
  const second = await engine.createSession(root);
  await engine.spawn(request(first.session_id, { request_id: 'one' }));
  await engine.enqueue({ session_id: second.session_id, priority: 7 });
  engine.start();
  await engine.idle();
  await engine.cancel(second.session_id, { reason: 'over', by: 'operator' });
}

async function queued(path: string): Promise<void> {
  await using engine = await open(completes, { store: `sqlite:${path}`, ids: seededIds(4) });
  for (const priority of [9, 5, 5]) {
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id, priority });
  }
}

export const versionOf = (file: Database): unknown => file.prepare('PRAGMA user_version').get();

/** A database of today, and the same one as version 1 would have left it. */
export async function madeByVersion1(driver: Driver): Promise<{ today: string; path: string }> {
  const today = database();
  await history(today);
  await queued(today);
  const path = database();
  writeVersion1(driver, today, path);
  return { today, path };
}

/** Turns a file of today into what version 2 left: the same rows, and a log without a chain. */
export function madeVersion2(driver: Driver, path: string): void {
  const file = driver(path, {});
  file.exec(`BEGIN;
    ALTER TABLE events RENAME TO events_today;
    DROP INDEX events_session;
    CREATE TABLE events (seq INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, model_session_id TEXT, body TEXT NOT NULL);
    INSERT INTO events SELECT seq, event_id, model_session_id, body FROM events_today;
    CREATE INDEX events_session ON events (model_session_id);
    DROP TABLE events_today;
    DROP TABLE event_head; DROP TABLE event_segments; DROP TABLE event_gaps; DROP TABLE event_archives;
    DROP TABLE event_quarantine;
    PRAGMA user_version = 2;
    COMMIT`);
  file.close();
}
