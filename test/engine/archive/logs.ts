import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { archiveFile, readArchiveFile } from '../../../tools/engine/archive/place.ts';
import {
  type ArchivePlan,
  applyArchive,
  type FlightRecorderEvent,
  openSqliteStore,
  planArchive,
  type RetentionOptions,
} from '../../../tools/engine/index.ts';
import { type Driver, openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import {
  archivedRecords,
  CHAIN_START,
  chainHash,
  type Gap,
  type GapPlace,
  replayGap,
} from '../../../tools/recorder/index.ts';
import { created, DAY, id, inference, letter, moved, NOON } from '../../recorder/archive/samples.ts';
import { database } from '../opened.ts';

/** A database that holds a log and nothing else. */
export async function databaseOf(
  events: readonly FlightRecorderEvent[],
  driver?: Driver,
  path: string = database(),
): Promise<string> {
  await using store = await openSqliteStore(path, { ...(driver && { driver }) });
  await store.appendEvents(events);
  return path;
}

const OLD = NOON - 100 * DAY;

/** Sessions of which every second has ended long ago; each with a letter to itself and an inference. */
export const mixedLog = (sessions: number): FlightRecorderEvent[] =>
  Array.from({ length: sessions }, (_, n) => [
    created(n + 1, OLD),
    inference(OLD, { model_session_id: id(n + 1) }),
    letter(n + 1, id(n + 1), OLD),
    ...(n % 2 === 0 ? [moved(n + 1, 'COMPLETED', OLD)] : []),
  ]).flat();

export const at = (now: number): RetentionOptions => ({
  clock: { now: () => now },
  isOpenPacket: () => false,
});

export async function archived(
  path: string,
  options: Partial<RetentionOptions> = {},
  how: Parameters<typeof applyArchive>[2] = {},
): Promise<ArchivePlan & Awaited<ReturnType<typeof applyArchive>>> {
  const plan = await planArchive(path, { ...at(NOON), ...options });
  return { ...plan, ...(await applyArchive(path, plan, how)) };
}

export interface Held {
  events: { seq: number; body: string; hash: string }[];
  names: { session_id: string; seq: number }[];
  gaps: (Gap & GapPlace)[];
  archives: {
    file: string;
    sha256: string;
    first_seq: number;
    last_seq: number;
    events: number;
    at: string;
  }[];
}

export async function held(path: string): Promise<Held> {
  const look = await openDatabase(path, { readOnly: true });
  const all = (sql: string): unknown[] =>
    look
      .prepare(sql)
      .all()
      .map((row) => ({ ...(row as object) }));
  const found = {
    events: all('SELECT seq, body, hash FROM events ORDER BY seq'),
    names: all('SELECT session_id, seq FROM event_names ORDER BY seq, session_id'),
    gaps: all('SELECT first_seq, last_seq, why, archive, at, hash FROM event_gaps ORDER BY first_seq'),
    archives: all('SELECT * FROM event_archives ORDER BY file'),
  };
  look.close();
  return found as unknown as Held;
}

/**
 * What does not hold of a log and its archives: the chain through rows and gaps, every archived record in one file, no
 * record in two places, no file that nobody names, nothing half-written.
 */
export async function problemsOf(path: string): Promise<string[]> {
  const { events, gaps, archives, names } = await held(path);
  const problems: string[] = [];
  let hash = CHAIN_START;
  let seq = 0;
  for (const part of [...events, ...gaps].sort((a, b) => placeOf(a) - placeOf(b))) {
    if (placeOf(part) !== seq + 1) problems.push(`after ${seq} comes ${placeOf(part)}`);
    if ('body' in part) {
      if (chainHash(hash, part.seq, part.body) !== part.hash)
        problems.push(`record ${part.seq} breaks the chain`);
      seq = part.seq;
    } else {
      if (part.archive !== null) {
        const records = archivedRecords(readArchiveFile(archiveFile(path, part.archive)));
        const fault = await replayGap(part, hash, within(records, part));
        if (fault) problems.push(`gap ${part.first_seq}: ${fault.message}`);
      }
      seq = part.last_seq;
    }
    hash = part.hash;
  }
  const there = new Set(events.map((event) => event.seq));
  for (const name of names) if (!there.has(name.seq)) problems.push(`a name of ${name.seq}, which is gone`);
  const known = archives.map(({ file }) => file);
  const files = folderOf(path);
  for (const file of files) if (!known.includes(file)) problems.push(`nobody names ${file}`);
  const archived = gaps
    .filter(({ why }) => why === 'archived')
    .map((gap) => gap.last_seq - gap.first_seq + 1);
  const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);
  if (sum(archived) !== sum(archives.map(({ events }) => events))) problems.push('archives and gaps differ');
  return problems;
}

const placeOf = (part: { seq: number } | { first_seq: number }): number =>
  'seq' in part ? part.seq : part.first_seq;

async function* within<Item extends { seq: number }>(items: AsyncIterable<Item>, gap: GapPlace) {
  for await (const item of items) if (item.seq >= gap.first_seq && item.seq <= gap.last_seq) yield item;
}

export function folderOf(path: string): string[] {
  try {
    return readdirSync(`${path}.archive`).sort();
  } catch {
    return [];
  }
}

export const linesOf = (path: string, file: string): string[] =>
  gunzipSync(readFileSync(archiveFile(path, file)))
    .toString()
    .split('\n')
    .slice(0, -1);
