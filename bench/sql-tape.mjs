// Records what an engine writes, and writes it again with nothing but prepared SQL: the peer that bench/engine.mjs
// holds the engine against. Same statements, same values, same order, same transactions, same driver.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const builtin = process.getBuiltinModule('node:sqlite');
const Driver = builtin ? builtin.DatabaseSync : require('better-sqlite3');
export const driverName = builtin ? 'node:sqlite' : 'better-sqlite3';
export const openBare = (path) => new Driver(path);

const silent = /^(SELECT|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK)/;
let tape = null;
let listening = false;

/** Statements prepared from here on can be recorded; without it the engine is measured with nothing in between. */
export const listen = (on) => {
  listening = on;
};

const { prepare } = Driver.prototype;
Driver.prototype.prepare = function recording(sql) {
  const statement = prepare.call(this, sql);
  if (!listening || silent.test(sql)) return statement;
  for (const method of ['run', 'get', 'all']) {
    const original = statement[method];
    statement[method] = (...values) => {
      tape?.push({ sql, method, values });
      return original.apply(statement, values);
    };
  }
  return statement;
};

/** The settings of the engine's connections, for the bare one. */
export const settings = new Set();
const { exec } = Driver.prototype;
Driver.prototype.exec = function listening(sql) {
  if (/^PRAGMA (?!user_version|journal_mode)/.test(sql)) settings.add(sql);
  return exec.call(this, sql);
};

/** Everything that is written while the work goes on. */
export async function record(work) {
  tape = [];
  try {
    await work();
    return writing(tape);
  } finally {
    tape = null;
  }
}

/** Reading takes part in no budget here: its transactions are no IMMEDIATE ones. */
const writing = (recorded) => recorded.filter(({ sql }) => sql !== 'BEGIN');

/** The same again, bodies ready and statements prepared. Returns a function that does it. */
export function player(database, recorded) {
  const statements = new Map();
  const steps = recorded.map(({ sql, method, values }) => {
    if (!statements.has(sql)) statements.set(sql, prepare.call(database, sql));
    return { statement: statements.get(sql), method, values };
  });
  return () => {
    for (const { statement, method, values } of steps) statement[method](...values);
  };
}

export const commits = (recorded) => recorded.filter(({ sql }) => sql === 'COMMIT').length;
