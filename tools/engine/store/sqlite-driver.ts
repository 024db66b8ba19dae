import { type Stats, statSync } from 'node:fs';
import { EngineError } from '../errors.ts';

/** The little that the store asks of a driver; node:sqlite and better-sqlite3 both are one already. */
export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}

export interface Statement {
  run(...values: Value[]): unknown;
  get(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}

export type Value = string | number | null;

export interface OpenOptions {
  readOnly?: boolean;
}

export type Driver = (path: string, options: OpenOptions) => Database;

interface NodeSqlite {
  DatabaseSync: new (path: string, options: { readOnly: boolean }) => Database;
}

/** `node:sqlite`, where the running Node has it. */
export function builtinDriver(): Driver | null {
  const sqlite = process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined;
  if (!sqlite) return null;
  return (path, { readOnly = false }) => new sqlite.DatabaseSync(path, { readOnly });
}

export type Import = () => Promise<{
  default: new (path: string, options: { readonly: boolean }) => unknown;
}>;

/** `better-sqlite3`, which has to be installed. */
export async function compiledDriver(
  load: Import = () => import('better-sqlite3') as never,
): Promise<Driver> {
  try {
    const { default: BetterSqlite3 } = await load();
    return (path, { readOnly = false }) => new BetterSqlite3(path, { readonly: readOnly }) as Database;
  } catch (error) {
    throw new EngineError(
      'store_unavailable',
      'the session engine needs better-sqlite3 on Node 20 (npm i better-sqlite3@12.11.1) or Node ≥ 22.13',
      { cause: error },
    );
  }
}

export async function openDatabase(path: string, options: OpenOptions, driver?: Driver): Promise<Database> {
  refuseNoFile(path);
  const open = driver ?? builtinDriver() ?? (await compiledDriver());
  try {
    return open(path, options);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // Compiled for another Node, or not compiled at all: its own message names files and numbers of modules.
    const unloadable = /NODE_MODULE_VERSION|bindings file/.test(text);
    const reason = unloadable
      ? `better-sqlite3 is not built for Node ${process.versions.node} (npm rebuild better-sqlite3)`
      : text.split('\n')[0];
    throw new EngineError('store_unavailable', `cannot open ${path}: ${reason}`, { cause: error });
  }
}

/** SQLite waits for ever for somebody to write into a pipe, and calls a folder an error of the disk. */
function refuseNoFile(path: string): void {
  const found = look(path);
  if (!found || found.isFile()) return;
  const kind = found.isDirectory() ? 'a folder' : 'a pipe or a device';
  throw new EngineError('store_unavailable', `cannot open ${path}: ${kind}, expected a database file`);
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a path below a file, or one that nobody may look at: the driver says so
  }
}
