import type { ChainReport } from '../../../recorder/index.ts';
import { systemClock } from '../../ports.ts';
import { BUSY_TIMEOUT_MS } from '../busy.ts';
import { type Driver, openDatabase } from '../sqlite-driver.ts';
import { type Prepare, prepareOnce } from '../sqlite-rows.ts';
import type { VerifyLog } from '../store.ts';
import { verification } from './verify.ts';

interface At {
  path: string;
  driver: Driver | undefined;
  free<Result>(work: () => Result): Promise<Result>;
  /** One look through the connection of the store, which waits until it is over. */
  own<Result>(look: (prepare: Prepare) => Result): Promise<Result>;
}

/**
 * Proves the log at one moment. A connection of its own holds that moment, so that nobody waits who writes; a
 * database in memory has one connection only, and is small.
 */
export async function proof({ path, driver, free, own }: At, how: VerifyLog): Promise<ChainReport> {
  if (path === ':memory:' || path === '') return own((prepare) => inOneGo(verification(prepare, how)));
  const database = await openDatabase(path, { readOnly: true }, driver);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const prepare = prepareOnce(database);
    await free(() => {
      database.exec('BEGIN');
      try {
        prepare('SELECT seq FROM events LIMIT 1').get(); // from here on it is one moment
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    });
    const pages = verification(prepare, how);
    for (let page = pages.next(); ; page = pages.next()) {
      if (page.done) return page.value;
      how.progress?.(page.value);
      await systemClock.turn();
    }
  } finally {
    database.close();
  }
}

function inOneGo(pages: Generator<number, ChainReport>): ChainReport {
  for (let page = pages.next(); ; page = pages.next()) if (page.done) return page.value;
}
