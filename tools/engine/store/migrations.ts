// What a file of an older version lacks, and how it gets it.
import { type Change, type Rows, type TableName, tables } from '../../kernel/index.ts';
import { damageHash, readEvent } from '../../recorder/index.ts';
import { canonicalJson } from '../../text/index.ts';
import { createLogWriter } from './log/write.ts';
import type { Database } from './sqlite-driver.ts';
import { createWriters, type Prepare, prepareOnce, rowCache } from './sqlite-rows.ts';
import { SCHEMA_VERSION, schemaSql, tableSql } from './sqlite-schema.ts';

interface Migration {
  /** The version that a file has afterwards. */
  to: number;
  /** What rows got with this version, by table, as it is in rows that were there before. */
  fields: { [Name in TableName]?: (before: Rows[Name], tail: Tail) => Partial<Rows[Name]> };
}

/** The newest message of a session's thread; '' = it has none. */
type Tail = (session_id: string) => string;

/**
 * In order. Tables and indexes need no mention: every table is made anew from its rows as tables.ts declares it, so
 * only what the rows themselves lack is said here.
 */
export const migrations: readonly Migration[] = [
  {
    to: 2,
    fields: {
      session: ({ session_id, run_epoch, inbox_seq }, tail) => ({
        revoked_job_ids: [],
        announced_at: null,
        inbox_announced: inbox_seq, // every letter of version 1 was an announcement
        runs: run_epoch,
        last_activity_at: null,
        notice_seq: 0,
        notice_place: 0,
        notice_urgency: 0,
        notice_standing: null,
        thread_tail_id: tail(session_id),
        checkpoint_seq: 0,
        checkpoint_epoch: 0,
        checkpoint_messages: 0,
        checkpoint_tokens: 0,
        crash_resumes: [],
      }),
      job: ({ state, approved_by }) => ({
        approval: state === 'queued' ? approved_by : null, // told by the dispatch that follows
        consent_receipt_id: null,
        told_part: 0,
        told_count: 0,
      }),
    },
  },
  { to: 3, fields: {} }, // the chain of the log, see chainEvents
];

/** Makes a new file, or brings an old one to this version. Runs inside one transaction, so that it is whole or not at all. */
export function migrate(database: Database, from: number, now: number): void {
  const steps = migrations.filter(({ to }) => to > from);
  for (const name of Object.keys(tables) as TableName[]) {
    const fields = steps.flatMap((step) => step.fields[name] ?? []) as Fields[];
    rebuild(database, name, fields);
  }
  const events = setAsideEvents(database);
  for (const statement of schemaSql()) database.exec(statement);
  if (events) chainEvents(database, new Date(now).toISOString());
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/** Before version 3 the log had no chain. True if there is such a log. */
function setAsideEvents(database: Database): boolean {
  const columns = database.prepare("SELECT name FROM pragma_table_info('events')").all() as {
    name: string;
  }[];
  if (columns.length === 0 || columns.some(({ name }) => name === 'hash')) return false;
  database.exec('DROP INDEX IF EXISTS events_session');
  database.exec('DROP TABLE IF EXISTS event_names');
  database.exec('ALTER TABLE events RENAME TO events_before');
  return true;
}

/**
 * The same events under the same numbers, each in canonical form and chained to those before it. A body that is no
 * event is set aside, and a number without a record leaves a gap: one damaged row must not lock the whole file.
 */
function chainEvents(database: Database, at: string): void {
  const prepare = prepareOnce(database);
  const log = createLogWriter(prepare);
  log.begin();
  const page = prepare(`SELECT seq, body FROM events_before WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`);
  const leave = (first_seq: number, last_seq: number, why: 'quarantined' | 'lost'): void => {
    const gap = { first_seq, last_seq, why, archive: null, at };
    log.leave({ ...gap, hash: damageHash(log.head.hash, gap) });
  };
  for (let after = 0; ; ) {
    const rows = page.all(after) as { seq: number; body: string }[];
    for (const { seq, body } of rows) {
      if (seq > log.head.seq + 1) leave(log.head.seq + 1, seq - 1, 'lost');
      const event = readEvent(body);
      if (event) log.append([JSON.parse(canonicalJson(event))]);
      else {
        prepare('INSERT INTO event_quarantine (seq, why, at, record) VALUES (?, ?, ?, ?)').run(
          seq,
          'log/unreadable',
          at,
          JSON.stringify({ seq, body }),
        );
        leave(seq, seq, 'quarantined');
      }
    }
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.seq;
  }
  log.end();
  prepare.forget();
  database.exec('DROP TABLE events_before');
}

const PAGE = 512;

type Fields = (before: object, tail: Tail) => object;

function rebuild(database: Database, name: TableName, fields: readonly Fields[]): void {
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
  const tail: Tail = (session_id) => {
    const newest = `SELECT key FROM ${tables.message.sql} WHERE v_session = ? ORDER BY o_session DESC LIMIT 1`;
    return (prepare(newest).get(session_id) as { key: string } | undefined)?.key ?? '';
  };
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
      let row = JSON.parse(body) as Rows[TableName];
      for (const added of fields) row = { ...added(row, tail), ...row } as Rows[TableName];
      write({ table: name, key, row } as Change);
    }
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.place;
  }
  database.exec(`DROP TABLE ${old}`);
}
