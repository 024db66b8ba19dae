import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { publicGap } from '../../recorder/index.ts';
import { EngineError, reasonOf } from '../errors.ts';
import { type Clock, systemClock } from '../ports.ts';
import { BUSY_TIMEOUT_MS, whenFree } from './busy.ts';
import { makeFolder } from './folder.ts';
import { GroupCommit, type Work } from './group-commit.ts';
import { proof } from './log/proof.ts';
import { findEvent, readEvents } from './log/read.ts';
import { storedGaps } from './log/stored.ts';
import { mendTail } from './log/tail.ts';
import { createLogWriter } from './log/write.ts';
import { migrate } from './migrations.ts';
import { stillThere } from './same-file.ts';
import { type Database, type Driver, type OpenOptions, openDatabase } from './sqlite-driver.ts';
import { layoutFault } from './sqlite-layout.ts';
import { createView, createWriters, type Prepare, prepareOnce, rowCache } from './sqlite-rows.ts';
import { LOG_LIMIT_BYTES, pragmas, SCHEMA_VERSION } from './sqlite-schema.ts';
import type { Reading, Store } from './store.ts';

export interface SqliteOptions extends OpenOptions {
  driver?: Driver;
  /** How long to wait while other processes hold the file; default half a minute. */
  patience_ms?: number;
  /** Tells when something was found damaged. */
  clock?: Pick<Clock, 'now'>;
}

const PATIENCE_MS = 30_000;

/** One file, one writer, WAL, every commit synced. Rows are read inside the transaction that changes them. */
export async function openSqliteStore(path: string, options: SqliteOptions = {}): Promise<Store> {
  const { readOnly = false, driver, patience_ms = PATIENCE_MS, clock = systemClock } = options;
  if (!readOnly) makeFolder(dirname(path));
  const database = await openDatabase(path, { readOnly }, driver);
  const free = <Result>(work: () => Result): Promise<Result> => whenFree(path, patience_ms, work);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const version = await free(() => versionOf(database));
    refuseForeign(path, version, readOnly);
    if (version === SCHEMA_VERSION) await free(() => refuseOtherLayout(path, database));
    if (!readOnly) {
      for (const pragma of pragmas) await free(() => database.exec(pragma));
      if (version !== SCHEMA_VERSION) {
        await free(() => database.exec('PRAGMA journal_mode = WAL'));
        await free(() => bringUp(path, database, clock));
      }
      await free(() => mendTail(path, database, clock));
    }
  } catch (error) {
    database.close();
    if (error instanceof EngineError) throw error;
    const reason = reasonOf(error);
    throw new EngineError('store_unavailable', `cannot use ${path}: ${reason}`, { cause: error });
  }
  return createStore(database, path, free, { readOnly, driver });
}

const versionOf = (database: Database): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;

/** Never guessed at: a file of another version is brought up to this one, or left alone. */
function refuseForeign(path: string, version: number, readOnly: boolean): void {
  const found = `${path} has schema version ${version}, expected ${SCHEMA_VERSION}`;
  if (version > SCHEMA_VERSION || version < 0)
    throw new EngineError('store_unavailable', `${found}: update govkit, or name another file`);
  if (readOnly && version === 0)
    throw new EngineError('store_unavailable', `${found}: it is no database of an engine`);
  if (readOnly && version < SCHEMA_VERSION)
    throw new EngineError(
      'store_unavailable',
      `${found}: open it once for writing (openEngine, gov session recover) to update it`,
    );
}

function refuseOtherLayout(path: string, database: Database): void {
  const fault = layoutFault(database);
  if (fault)
    throw new EngineError('store_unavailable', `${path} was changed: ${fault}; take a copy from before`);
}

/** Whoever gets the lock first does it; the others find it done. */
function bringUp(path: string, database: Database, clock: Pick<Clock, 'now'>): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database);
    refuseForeign(path, version, false);
    if (version !== SCHEMA_VERSION) migrate(database, version, clock.now());
    database.exec('COMMIT');
  } catch (error) {
    undoAll(database);
    throw error;
  }
}

function undoAll(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite has rolled back by itself, as it does on a full disk; the first error is the one to tell
  }
}

type Free = <Result>(work: () => Result) => Promise<Result>;

function createStore(
  database: Database,
  path: string,
  free: Free,
  { readOnly, driver }: { readOnly: boolean; driver: Driver | undefined },
): Store {
  const prepare = prepareOnce(database);
  const cache = rowCache();
  const view = createView(prepare, cache);
  const write = createWriters(prepare, cache);
  const log = createLogWriter(prepare);
  let savedHead = log.head;

  /** A number that changes with every commit of another connection, and with none of this one. */
  const dataVersion = (): number =>
    (prepare('PRAGMA data_version').get() as { data_version: number }).data_version;
  let cachedAt = -1;
  let noticedAt = dataVersionOr(-1);
  function dataVersionOr(otherwise: number): number {
    try {
      return dataVersion();
    } catch {
      return otherwise; // the file is held at this moment; the next look tells
    }
  }
  /** Inside a transaction: rows that were read before another process wrote are not those of now. */
  const refresh = (): void => {
    const version = dataVersion();
    if (version !== cachedAt) forget();
    else cache.trim();
    cachedAt = version;
  };
  const forget = (): void => {
    cache.clear();
    log.forget();
  };
  const rollback = (): void => {
    forget();
    undoAll(database);
  };

  const checkFile = stillThere(path);
  const group = new GroupCommit({
    view,
    begin: (work) =>
      free(() => {
        checkFile();
        prepare('BEGIN IMMEDIATE').run();
        try {
          refresh();
          log.begin();
        } catch (error) {
          rollback();
          throw error;
        }
        work();
      }),
    commit() {
      log.end();
      prepare('COMMIT').run();
      keepLogShort();
    },
    rollback,
    savepoint() {
      savedHead = log.head;
      prepare('SAVEPOINT command').run();
    },
    release: () => void prepare('RELEASE command').run(),
    undo() {
      cache.clear();
      log.back(savedHead);
      try {
        prepare('ROLLBACK TO command').run();
        prepare('RELEASE command').run();
        return true;
      } catch {
        return false;
      }
    },
    write(decision, events) {
      for (const change of decision.changes) write(change);
      log.append(events);
    },
  });

  /**
   * Commits copy the log by themselves, but only as far as nobody reads or writes meanwhile: between busy processes
   * it could grow for ever. Above its limit one of them holds the others up until all of it is copied.
   */
  let commits = 0;
  let closed = false;
  const keepLogShort = (): void => {
    commits += 1;
    if (commits % 256 !== 0) return;
    checkpoint(LOG_LIMIT_BYTES);
  };
  const checkpoint = (above = -1): void => {
    try {
      // What fails here must not fail the commit before it: that is durable.
      const { size } = statSync(`${path}-wal`, { throwIfNoEntry: false }) ?? { size: 0 };
      if (size > above) database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    } catch {
      // somebody else is at it, or reads; nothing is lost by a log that stays
    }
  };

  /** One look sees one moment, however many rows it reads. */
  const read = <Result>(look: (view: Reading, prepare: Prepare) => Result): Promise<Result> =>
    free(() => {
      prepare('BEGIN').run();
      try {
        refresh();
        return look(view, prepare);
      } finally {
        // It wrote nothing, so there is nothing to lose: it must only be over.
        prepare('ROLLBACK').run();
      }
    });

  return {
    transact: (decideOn, prepareEvents) => group.add({ decideOn, prepare: prepareEvents } as Work) as never,
    read,
    async appendEvents(events) {
      const decision = {
        rejected: false as const,
        changes: [],
        events: [],
        artifacts: [],
        effects: [],
        result: null,
      };
      await group.add({ decideOn: () => decision, prepare: () => events });
    },
    findEvent: (id) => read((_, prepared) => findEvent(prepared, id)),
    readEvents: (query, skipped) => readEvents(read, query, skipped),
    changedElsewhere() {
      const version = dataVersionOr(noticedAt);
      if (version === noticedAt) return false;
      noticedAt = version;
      return true;
    },
    verify: (how = {}) => proof({ path, driver, free, own: (look) => read((_, own) => look(own)) }, how),
    gaps: () => read((_, prepared) => [...storedGaps(prepared)].map(publicGap)),
    async [Symbol.asyncDispose]() {
      await group.settled();
      if (closed) return;
      closed = true;
      prepare.forget();
      if (!readOnly) checkpoint();
      database.close();
    },
  };
}
