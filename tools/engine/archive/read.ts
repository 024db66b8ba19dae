// A log together with its archives, as if nothing had been moved.
import { existsSync } from 'node:fs';
import {
  type EventQuery,
  eventOf,
  type Gap,
  isKnown,
  matcher,
  type StoredEvent,
} from '../../recorder/index.ts';
import type { Reading, Store } from '../store/store.ts';
import { archiveCursor } from './cursor.ts';
import { archiveFile } from './place.ts';

type Log = Pick<Store, 'read' | 'readEvents' | 'gaps'>;

/** Gaps that no archive fills: what is in them is nowhere, or its file is. */
export async function openGaps(log: Log, path: string): Promise<Gap[]> {
  return (await log.gaps()).filter((gap) => filled(path, gap) === undefined);
}

/**
 * Events of the log and of its archives in one order. While it is read, records may be moved: a gap is looked at after
 * the records around it, so what has left the log meanwhile is found where it went, and none comes twice (FM-35).
 */
export async function* readWithArchives(
  log: Log,
  path: string,
  { limit, last, ...query }: EventQuery,
  skipped?: (gap: Gap) => void,
): AsyncGenerator<StoredEvent> {
  if (last !== undefined) {
    const newest: StoredEvent[] = [];
    for await (const stored of merged(log, path, query, skipped)) {
      newest.push(stored);
      if (newest.length > last) newest.shift();
    }
    yield* newest;
    return;
  }
  let left = limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  for await (const stored of merged(log, path, query, skipped)) {
    yield stored;
    left -= 1;
    if (left <= 0) return;
  }
}

async function* merged(
  log: Log,
  path: string,
  query: EventQuery,
  skipped?: (gap: Gap) => void,
): AsyncGenerator<StoredEvent> {
  await using archives = archiveCursor();
  const matches = matcher(query);
  const judge = (page: StoredEvent[]): Promise<StoredEvent[]> =>
    log.read((rows) => page.filter(({ event }) => matches(event, knownIn(rows))));

  async function* between(after: number, before: number): AsyncGenerator<StoredEvent> {
    for (const gap of (await log.gaps()).filter((each) => each.last_seq > after && each.first_seq < before)) {
      const file = filled(path, gap);
      if (file === undefined) continue;
      let page: StoredEvent[] = [];
      const [first, last] = [Math.max(gap.first_seq, after + 1), Math.min(gap.last_seq, before - 1)];
      for await (const record of archives.records(file, first, last)) {
        const event = eventOf(record);
        page.push(isKnown(event) ? { seq: record.seq, event } : { seq: record.seq, event, unknown: true });
        if (page.length < PAGE) continue;
        yield* await judge(page);
        page = [];
      }
      yield* await judge(page);
    }
  }

  let at = query.after_seq ?? 0;
  for await (const stored of log.readEvents(query, skipped)) {
    if (stored.seq > at + 1) yield* between(at, stored.seq);
    yield stored;
    at = stored.seq;
  }
  yield* between(at, query.before_seq ?? Number.POSITIVE_INFINITY);
}

const PAGE = 256;

const knownIn = (rows: Reading) => ({
  session: (id: string) => rows.get('session', id),
  job: (id: string) => rows.get('job', id)?.session_id,
});

/** The file that fills a gap; undefined if none does, or it is not there any more. */
function filled(path: string, { why, archive }: Gap): string | undefined {
  if (why !== 'archived' || archive === null) return undefined;
  const file = archiveFile(path, archive);
  return existsSync(file) ? file : undefined;
}
