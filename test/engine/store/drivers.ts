import BetterSqlite3 from 'better-sqlite3';
import { openMemoryStore, openSqliteStore, type Store } from '../../../tools/engine/index.ts';
import { builtinDriver, type Database, type Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import type { FlightRecorderEvent } from '../../../tools/generated/index.ts';
import type { Change, Decision } from '../../../tools/kernel/index.ts';
import { database } from '../opened.ts';

const compiled: Driver = (path, { readOnly = false }) =>
  new BetterSqlite3(path, { readonly: readOnly }) as unknown as Database;
const builtin = builtinDriver();

/** Whether the compiled driver was built for the running Node; each Node has it from its own install. */
function loads(): boolean {
  try {
    compiled(':memory:', {}).close();
    return true;
  } catch {
    return false;
  }
}

/** Every driver that the running Node has: one at least, or nothing was tested. */
export const drivers: [name: string, driver: Driver][] = [
  ...(builtin ? [['node:sqlite', builtin] as [string, Driver]] : []),
  ...(!builtin || loads() ? [['better-sqlite3', compiled] as [string, Driver]] : []),
];

/** Every store that there is, opened anew. */
export const stores: [name: string, open: () => Promise<Store>][] = [
  ['memory', async () => openMemoryStore()],
  ...drivers.map(
    ([name, driver]) =>
      [name, () => openSqliteStore(database(), { driver })] as [string, () => Promise<Store>],
  ),
];

export const decision = (changes: Change[], events: FlightRecorderEvent[] = []): Decision<string> => ({
  rejected: false,
  changes,
  events,
  artifacts: [],
  effects: [],
  result: changes.map(({ key }) => key).join(' '),
});

/** A row of the smallest table. */
export const mark = (key: string): Change => ({ table: 'warning', key, row: { key } });

/** The rows of the smallest table and the events, as another connection sees them: what is committed. */
export function committed(driver: Driver, path: string): { marks: string[]; events: number } {
  const look = driver(path, { readOnly: true });
  const marks = look.prepare('SELECT key FROM budget_warnings ORDER BY key').all() as { key: string }[];
  const { count } = look.prepare('SELECT count(*) AS count FROM events').get() as { count: number };
  look.close();
  return { marks: marks.map(({ key }) => key), events: count };
}
