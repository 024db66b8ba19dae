import { statSync } from 'node:fs';
import type { Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import { contentsOf } from './contents.ts';

/** Where a transaction ends in the log of the database, and what the database holds then. */
export interface Boundary {
  bytes: number;
  contents: string;
}

/** Keeps everything in the log, and reports after each COMMIT that made it longer. */
export function recordingDriver(driver: Driver, path: string, report: (boundary: Boundary) => void): Driver {
  return (name, options) => {
    const database = driver(name, options);
    let reported = 0;
    database.exec('PRAGMA wal_autocheckpoint = 0');
    const boundary = (sql: string): void => {
      if (sql !== 'COMMIT') return;
      const bytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
      if (bytes === reported) return; // something was read
      reported = bytes;
      report({ bytes, contents: contentsOf(database) });
    };
    return {
      exec(sql) {
        database.exec(sql);
        boundary(sql);
      },
      prepare(sql) {
        const prepared = database.prepare(sql);
        return {
          run(...values) {
            const result = prepared.run(...values);
            boundary(sql);
            return result;
          },
          get: (...values) => prepared.get(...values),
          all: (...values) => (sql.includes('wal_checkpoint') ? [] : prepared.all(...values)),
        };
      },
      close: () => database.close(),
    };
  };
}
