// Records what an engine writes, and writes it again with nothing but prepared SQL: the peer that bench/engine.mjs
// holds the engine against. Same statements, same values, same order, same transactions, same driver.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const builtin = process.getBuiltinModule('node:sqlite');
const Driver = builtin ? builtin.DatabaseSync : require('better-sqlite3');
export const driverName = builtin ? 'node:sqlite' : 'better-sqlite3';
export const openBare = (path) => new Driver(path);

const marks = /^(BEGIN|COMMIT|ROLLBACK)/;
const silent = /^(SELECT|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK TO)/;
let tape = null;

const { prepare } = Driver.prototype;
Driver.prototype.prepare = function recording(sql) {
  const statement = prepare.call(this, sql);
  if (silent.test(sql)) return statement;
  for (const method of ['run', 'get', 'all']) {
    const original = statement[method];
    statement[method] = (...values) => {
      tape?.push({ sql, method, values });
      return original.apply(statement, values);
    };
  }
  return statement;
};

/** Everything that is written while the work goes on. */
export async function record(work) {
  tape = [];
  try {
    await work();
    return tape;
  } finally {
    tape = null;
  }
}

/** The same again, bodies ready and statements prepared. Returns a function that does it and tells the milliseconds. */
export function player(database, recorded) {
  const statements = new Map();
  const steps = recorded.map(({ sql, method, values }) => {
    const wanted = marks.test(sql) ? sql.replace('ROLLBACK', 'COMMIT') : sql;
    if (!statements.has(wanted)) statements.set(wanted, prepare.call(database, wanted));
    return { statement: statements.get(wanted), method, values };
  });
  return () => {
    const started = performance.now();
    for (const { statement, method, values } of steps) statement[method](...values);
    return performance.now() - started;
  };
}

export const commits = (recorded) => recorded.filter(({ sql }) => sql === 'COMMIT').length;
