// A log that somebody changes behind the back of the store, and what its proof says then.
import { onTestFinished } from 'vitest';
import { openSqliteStore, seededIds } from '../../../tools/engine/index.ts';
import { verification } from '../../../tools/engine/store/log/verify.ts';
import type { Database, Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import { prepareOnce } from '../../../tools/engine/store/sqlite-rows.ts';
import type { FlightRecorderEvent } from '../../../tools/generated/index.ts';
import type { ChainReport, Head } from '../../../tools/recorder/index.ts';
import { database, start } from '../opened.ts';

const ids = seededIds(8);

/** A valid event about a session; the n-th of a log is n seconds after the first. */
export const createdEvent = (n: number): FlightRecorderEvent =>
  ({
    actor: 'system',
    event_id: ids.uuid7(start + n),
    fr_event_id: 'FR-EVT-SESS-002',
    model_session_id: `session-${n % 5}`,
    payload: {
      from_state: 'CREATED',
      reason: `turn ${n}`,
      session_id: `session-${n % 7}`,
      to_state: 'ACTIVE',
    },
    timestamp: new Date(start + n * 1000).toISOString(),
    trace_id: `trace-${n % 3}`,
    type: 'session.state_change',
  }) as unknown as FlightRecorderEvent;

/** A file with a log of so many events. */
export async function logOf(driver: Driver, count: number): Promise<string> {
  const path = database();
  await using store = await openSqliteStore(path, { driver });
  await store.appendEvents(Array.from({ length: count }, (_, at) => createdEvent(at + 1)));
  return path;
}

/** A file whose log somebody or something has damaged while nobody had it open. */
export async function damagedLog(
  driver: Driver,
  count: number,
  sql: string,
): Promise<{ path: string; file: Database }> {
  const path = await logOf(driver, count);
  const file = driver(path, {});
  onTestFinished(() => void file.close());
  file.exec(sql);
  return { path, file };
}

/** The proof as a store makes it, through a connection that is open. */
export function proofOf(file: Database, noted?: Head): ChainReport {
  const pages = verification(prepareOnce(file), { noted });
  for (let page = pages.next(); ; page = pages.next()) if (page.done) return page.value;
}

/** What the proof says of a change, which is undone; null if the database does not allow it. */
export function proofAfter(file: Database, change: (file: Database) => void): ChainReport | null {
  file.exec('BEGIN');
  try {
    try {
      change(file);
    } catch {
      return null;
    }
    return proofOf(file);
  } finally {
    file.exec('ROLLBACK');
  }
}

/** Rule and place of each fault: `log/edited record 5`. */
export const told = ({ faults }: ChainReport): string[] =>
  faults.map(
    ({ rule, what, seq, last_seq }) => `${rule} ${what} ${seq === last_seq ? seq : `${seq}-${last_seq}`}`,
  );

/** One bit of one value turned over, as nothing but a change of the file's bytes could. */
export function flip(file: Database, table: string, column: string, rowid: string, bit: number): void {
  const row = file
    .prepare(
      `SELECT typeof(${column}) AS type, hex(${column}) AS hex, CAST(${column} AS TEXT) AS text FROM ${table} WHERE ${rowid}`,
    )
    .get() as { type: string; hex: string; text: string };
  const value = row.type === 'integer' ? flippedNumber(row.text, bit) : flippedText(row.hex, bit);
  file.exec(`UPDATE ${table} SET ${column} = ${value} WHERE ${rowid}`);
}

function flippedNumber(text: string, bit: number): string {
  return `CAST('${BigInt.asIntN(64, BigInt(text) ^ (1n << BigInt(bit % 64)))}' AS INTEGER)`;
}

function flippedText(hex: string, bit: number): string {
  const bytes = Buffer.from(hex, 'hex');
  const at = Math.floor(bit / 8) % bytes.length;
  bytes[at]! ^= 1 << (bit % 8);
  return `CAST(x'${bytes.toString('hex')}' AS TEXT)`;
}
