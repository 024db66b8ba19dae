import { EngineError, reasonOf } from '../errors.ts';
import { BUSY_TIMEOUT_MS, whenFree } from '../store/busy.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { type Database, type Driver, openDatabase } from '../store/sqlite-driver.ts';
import type { Prepare } from '../store/sqlite-rows.ts';
import { pragmas } from '../store/sqlite-schema.ts';

/** A connection of its own, beside those of the engines that write meanwhile. */
export interface Connection extends AsyncDisposable {
  /** One look sees one moment; it holds up nobody who writes. */
  look<Result>(work: (prepare: Prepare) => Result): Promise<Result>;
  /** One transaction: whole, or not at all. Others that write wait for it, so it is kept short. */
  change<Result>(work: (prepare: Prepare) => Result): Promise<Result>;
}

const PATIENCE_MS = 30_000;

export async function connect(
  path: string,
  { readOnly, driver }: { readOnly: boolean; driver: Driver | undefined },
): Promise<Connection> {
  // Whatever a file of another version or of a crash needs is done by the store, and said by it.
  await (await openSqliteStore(path, { readOnly, ...(driver && { driver }) }))[Symbol.asyncDispose]();
  const database = await openDatabase(path, { readOnly }, driver);
  const free = <Result>(work: () => Result): Promise<Result> => whenFree(path, PATIENCE_MS, work);
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  for (const pragma of readOnly ? [] : pragmas) await free(() => database.exec(pragma));
  const prepare = preparing(database);
  const within = async <Result>(
    begin: string,
    end: string,
    work: (prepare: Prepare) => Result,
  ): Promise<Result> => {
    try {
      return await free(() => {
        prepare(begin).run();
        try {
          const result = work(prepare);
          prepare(end).run();
          return result;
        } catch (error) {
          undo(prepare);
          throw error;
        }
      });
    } catch (error) {
      if (error instanceof EngineError) throw error;
      throw new EngineError('store_failed', `cannot archive ${path}: ${reasonOf(error)}`, { cause: error });
    }
  };
  return {
    look: (work) => within('BEGIN', 'ROLLBACK', work),
    change: (work) => within('BEGIN IMMEDIATE', 'COMMIT', work),
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

function undo(prepare: Prepare): void {
  try {
    prepare('ROLLBACK').run();
  } catch {
    // SQLite has rolled back by itself; the first error is the one to tell
  }
}

function preparing(database: Database): Prepare {
  const statements = new Map<string, ReturnType<Prepare>>();
  return (sql) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}
