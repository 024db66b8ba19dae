import { statSync } from 'node:fs';
import type { Driver, Statement } from '../../../tools/engine/store/sqlite-driver.ts';
import { contentsOf } from './contents.ts';

/** Where a transaction ends in the log of the database, and what the database holds then. */
export interface Boundary {
  bytes: number;
  contents: string;
  events: number;
}

/** Keeps everything in the log, and reports after each COMMIT. */
export function recordingDriver(driver: Driver, path: string, report: (boundary: Boundary) => void): Driver {
  return (name, options) => {
    const database = driver(name, options);
    database.exec('PRAGMA wal_autocheckpoint = 0');
    const boundary = (): void => {
      const tables = database
        .prepare("SELECT count(*) AS count FROM sqlite_master WHERE name = 'events'")
        .get();
      const { count } = tables as { count: number };
      const counted =
        count === 0 ? { events: 0 } : database.prepare('SELECT count(*) AS events FROM events').get();
      const bytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
      report({ bytes, contents: contentsOf(database), events: (counted as { events: number }).events });
    };
    const statement = (sql: string): Statement => {
      const prepared = database.prepare(sql);
      const run = (...values: Parameters<Statement['run']>): unknown => {
        const result = prepared.run(...values);
        if (sql === 'COMMIT') boundary();
        return result;
      };
      return {
        run,
        get: (...values) => prepared.get(...values),
        all: (...values) => prepared.all(...values),
      };
    };
    return {
      exec(sql) {
        database.exec(sql);
        if (/^(?:CREATE|PRAGMA (?:user_version|journal_mode) =)|^COMMIT/.test(sql)) boundary();
      },
      prepare: statement,
      close: () => database.close(),
    };
  };
}
