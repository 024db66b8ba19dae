// Logs that are files: archives, and what anybody wrote as NDJSON.
import type { FlightRecorderEvent } from '../../generated/index.ts';
import {
  ARCHIVE_END,
  ARCHIVE_SCHEMA,
  type EventQuery,
  type Gap,
  isKnown,
  type Known,
  logFacts,
  matcher,
  type StoredEvent,
} from '../../recorder/index.ts';
import { EngineError } from '../errors.ts';
import { readArchiveFile } from './place.ts';

export interface LogFiles {
  /** In the order of `seq` over all files; lines that say none have their place in their file. */
  readEvents(query?: EventQuery): AsyncIterable<StoredEvent>;
  /** Those that the files tell of, as `gov recorder query --json` writes them. */
  gaps(): Promise<Gap[]>;
}

/**
 * Reads the files once for what they say of sessions and jobs, then again for each query. Throws store_failed at a line
 * that is no entry of a log.
 */
export async function openLogFiles(files: readonly string[]): Promise<LogFiles> {
  const facts = logFacts();
  const gaps: Gap[] = [];
  for (const file of files)
    for await (const entry of entriesOf(file)) {
      if ('gap' in entry) gaps.push(entry.gap);
      else facts.observe(entry.event);
    }
  return {
    gaps: async () => gaps,
    readEvents: (query = {}) => answers(files, query, facts),
  };
}

async function* answers(
  files: readonly string[],
  query: EventQuery,
  known: Known,
): AsyncGenerator<StoredEvent> {
  const { after_seq = 0, before_seq = Number.POSITIVE_INFINITY, limit, last } = query;
  const matches = matcher(query);
  const newest: StoredEvent[] = [];
  let left = limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0 || last === 0) return;
  for await (const stored of merged(files)) {
    if (stored.seq <= after_seq || stored.seq >= before_seq || !matches(stored.event, known)) continue;
    if (last !== undefined) {
      newest.push(stored);
      if (newest.length > last) newest.shift();
      continue;
    }
    yield stored;
    left -= 1;
    if (left <= 0) return;
  }
  yield* newest;
}

/** The files side by side: archives of one database hold pieces of one log, and may interleave. */
async function* merged(files: readonly string[]): AsyncGenerator<StoredEvent> {
  const readers = files.map((file) => eventsOf(file));
  try {
    const heads = await Promise.all(readers.map((reader) => reader.next()));
    for (;;) {
      let first = -1;
      for (const [at, head] of heads.entries())
        if (!head.done && (first < 0 || head.value.seq < heads[first]!.value!.seq)) first = at;
      if (first < 0) return;
      yield heads[first]!.value as StoredEvent;
      heads[first] = await readers[first]!.next();
    }
  } finally {
    for (const reader of readers) await reader.return(undefined);
  }
}

async function* eventsOf(file: string): AsyncGenerator<StoredEvent, undefined> {
  for await (const entry of entriesOf(file)) if ('event' in entry) yield entry;
}

type Entry = StoredEvent | { gap: Gap };

async function* entriesOf(file: string): AsyncGenerator<Entry> {
  let line = 0;
  for await (const text of readArchiveFile(file)) {
    line += 1;
    if (text.trim() === '') continue;
    const value = parsed(text);
    if (isObject(value) && isObject(value.gap)) yield { gap: value.gap as unknown as Gap };
    else if (isObject(value) && isObject(value.payload)) {
      const { seq, previous: _, hash: __, unknown: ___, ...event } = value;
      const place = Number.isSafeInteger(seq) ? (seq as number) : line;
      const stored = { seq: place, event: event as unknown as FlightRecorderEvent };
      yield isKnown(stored.event) ? stored : { ...stored, unknown: true };
    } else if (!isObject(value) || !isBeside(value))
      throw new EngineError(
        'store_failed',
        `${file}:${line}: Unexpected ${text.slice(0, 40)}, expected an event on each line (gov recorder check)`,
      );
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lines that stand among events and are none: the ends of an archive, and spans. */
const isBeside = ({ schema, kind, span }: Record<string, unknown>): boolean =>
  schema === ARCHIVE_SCHEMA || schema === ARCHIVE_END || kind === 'span' || span !== undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
