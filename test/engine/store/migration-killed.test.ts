import { copyFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../tools/engine/index.ts';
import type { Driver, Statement } from '../../../tools/engine/store/sqlite-driver.ts';
import { drivers } from './drivers.ts';
import { madeByVersion1, madeVersion2, rowsOf, versionOf } from './version-1.ts';

/** A driver whose process dies before its n-th statement; what it says afterwards reaches nobody. */
function dyingAt(real: Driver, n: number): { driver: Driver; alive: () => boolean } {
  let left = n;
  const step = <Result>(work: () => Result): Result => {
    left -= 1;
    if (left < 0) throw new Error('killed');
    return work();
  };
  const driver: Driver = (path, options) => {
    const opened = real(path, options);
    const prepare = (sql: string): Statement => {
      const statement = opened.prepare(sql);
      return {
        run: (...values) => step(() => statement.run(...values)),
        get: (...values) => step(() => statement.get(...values)),
        all: (...values) => step(() => statement.all(...values)),
      };
    };
    return { exec: (sql) => step(() => opened.exec(sql)), prepare, close: () => opened.close() };
  };
  return { driver, alive: () => left >= 0 };
}

describe.each(drivers)('%s', (_name, driver) => {
  it.each([1, 2])(
    'killed between any two of its steps it is of version %i with all of its rows, and the next open completes it',
    async (version) => {
      const { path: first, today } = await madeByVersion1(driver);
      if (version === 2) madeVersion2(driver, today);
      const path = version === 1 ? first : today;
      const undisturbed = `${path}.undisturbed`;
      copyFileSync(path, undisturbed);
      await (await openSqliteStore(undisturbed, { driver }))[Symbol.asyncDispose]();
      const expected = driver(undisturbed, { readOnly: true });
      const rows = rowsOf(expected);
      const log = expected.prepare('SELECT * FROM events ORDER BY seq').all();
      expected.close();
      let killed = 0;
      for (let n = 0, done = false; !done; n += 4) {
        const copy = `${path}.${n}`;
        copyFileSync(path, copy);
        const dying = dyingAt(driver, n);
        await openSqliteStore(copy, { driver: dying.driver }).then(
          (store) => store[Symbol.asyncDispose](),
          (error) =>
            expect(error).toMatchObject({ code: 'store_unavailable', message: `cannot use ${copy}: killed` }),
        );
        done = dying.alive();
        const left = driver(copy, {});
        const { user_version } = versionOf(left) as { user_version: number };
        if (user_version === version) {
          killed += 1;
          const { count } = left.prepare('SELECT count(*) AS count FROM model_sessions').get() as {
            count: number;
          };
          expect(count).toBe(rows.session!.length);
        }
        left.close();
        if (n % 16 !== 0 && !done) continue;
        {
          await using store = await openSqliteStore(copy, { driver });
          expect(await store.verify()).toMatchObject({ faults: [], gaps: [], events: log.length });
        }
        const whole = driver(copy, { readOnly: true });
        expect(rowsOf(whole)).toEqual(rows);
        expect(whole.prepare('SELECT * FROM events ORDER BY seq').all()).toEqual(log);
        whole.close();
      }
      expect(killed).toBeGreaterThan(15);
    },
  );
});
