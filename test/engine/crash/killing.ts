// Ports whose every write is a place to die at.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import type { Database, Driver, Statement } from '../../../tools/engine/store/sqlite-driver.ts';

export interface Killer {
  /** Dies here if this is the k-th place; before that, does what only the dying do. */
  pass(last?: () => void): void;
  /** How many places there were. */
  count(): number;
}

/** Ends this process at the k-th place; 0 = never. */
export function killerAt(k: number): Killer {
  let count = 0;
  return {
    pass(last) {
      count += 1;
      if (count !== k) return;
      last?.();
      process.kill(process.pid, 'SIGKILL');
    },
    count: () => count,
  };
}

/** Nothing is written by these. */
const reads =
  /^(?:SELECT|BEGIN|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA (?:busy_timeout|synchronous|foreign_keys|temp_store|data_version)|PRAGMA \w+$)/;

/** Before each statement that writes, and before and after each COMMIT of something that was written. */
export function killingDriver(driver: Driver, killer: Killer): Driver {
  return (path, options) => {
    const database = driver(path, options);
    let written = false;
    const around = <Result>(sql: string, work: () => Result): Result => {
      if (sql.startsWith('BEGIN')) written = false;
      if (reads.test(sql) || (sql === 'COMMIT' && !written)) return work();
      written = true;
      killer.pass();
      const result = work();
      if (sql === 'COMMIT') killer.pass();
      return result;
    };
    const statement = (sql: string): Statement => {
      const prepared = database.prepare(sql);
      return {
        run: (...values) => around(sql, () => prepared.run(...values)),
        get: (...values) => around(sql, () => prepared.get(...values)),
        all: (...values) => around(sql, () => prepared.all(...values)),
      };
    };
    const wrapped: Database = {
      exec: (sql) => around(sql, () => database.exec(sql)),
      prepare: statement,
      close() {
        killer.pass();
        database.close();
        killer.pass();
      },
    };
    return wrapped;
  };
}

/** Around the writes of each artifact: with half of it written, with all of it, and with its name. */
export function killingFiles(killer: Killer): void {
  const { writeFileSync, renameSync } = fs;
  fs.writeFileSync = ((file: number, content: Uint8Array) => {
    killer.pass(() => fs.writeSync(file, content, 0, content.length >> 1));
    writeFileSync(file, content);
  }) as typeof writeFileSync;
  fs.renameSync = (from, to) => {
    killer.pass();
    renameSync(from, to);
    killer.pass();
  };
}

/** The same around files that are written through handles, and with nothing of them. */
export function killingHandles(killer: Killer): void {
  const { open, rename, unlink } = promises;
  promises.open = async (...how) => {
    const handle = await open(...how);
    if (how[1] !== 'wx') return handle;
    killer.pass();
    const { writeFile, sync } = handle;
    handle.writeFile = async (content) => {
      const bytes = content as Uint8Array;
      killer.pass(() => fs.writeSync(handle.fd, bytes, 0, bytes.length >> 1));
      await writeFile.call(handle, content);
      killer.pass();
    };
    handle.sync = async () => {
      await sync.call(handle);
      killer.pass();
    };
    return handle;
  };
  promises.rename = async (from, to) => {
    await rename(from, to);
    killer.pass();
  };
  promises.unlink = async (path) => {
    await unlink(path).finally(() => killer.pass());
  };
}
