// An archive as lines: a header, one line per record in the order of the log, a trailer.
import type { FlightRecorderEvent } from '../../generated/index.ts';
import { canonicalJson, sha256 } from '../../text/index.ts';

export const ARCHIVE_SCHEMA = 'govkit.archive@1';
export const ARCHIVE_END = 'govkit.archive-end@1';

/** First and last place of records that follow each other without a gap. */
export type Run = readonly [first: number, last: number];

/** What an archive says of itself before its records. */
export interface ArchiveHeader {
  schema: typeof ARCHIVE_SCHEMA;
  /** From 1, in the order in which the archives of a database were made. */
  number: number;
  /** The sha256 in the trailer of the archive before it; null in the first. */
  continues: string | null;
  /** Where the log of the database ended when it was made. */
  head: { seq: number; hash: string };
  events: number;
  runs: readonly Run[];
  /** Of the other fields, canonical: so that a change of the header is told there, and not at the first record. */
  sha256: string;
}

export interface ArchiveTrailer {
  schema: typeof ARCHIVE_END;
  events: number;
  /** Over all lines before, each with its line feed. */
  sha256: string;
}

/** A record as it stood in the log, with what proves it: `hash` is chainHash(`previous`, `seq`, `body`). */
export interface ArchivedRecord {
  seq: number;
  previous: string;
  hash: string;
  /** Canonical JSON of the event, byte for byte as it was stored. */
  body: string;
}

export const headerLine = (header: Omit<ArchiveHeader, 'sha256'>): string =>
  canonicalJson({ ...header, sha256: sha256(canonicalJson(header)) });
export const trailerLine = (trailer: ArchiveTrailer): string => canonicalJson(trailer);

/** The line of `gov recorder query` with two more fields: whoever reads that reads this. */
export const recordLine = ({ seq, previous, hash, body }: ArchivedRecord): string =>
  `{"seq":${seq},"previous":"${previous}","hash":"${hash}",${body.slice(1)}`;

const record = /^\{"seq":([1-9]\d{0,15}),"previous":"([\da-f]{64})","hash":"([\da-f]{64})",(?=")/;

/** The record of a line; undefined if it is none. The body is cut out of it, since parsing could reorder its keys. */
export function parseRecord(line: string): ArchivedRecord | undefined {
  const found = record.exec(line);
  if (!found) return undefined;
  const [start, seq, previous, hash] = found;
  return { seq: Number(seq), previous: previous!, hash: hash!, body: `{${line.slice(start.length)}` };
}

export const eventOf = ({ body }: ArchivedRecord): FlightRecorderEvent =>
  JSON.parse(body) as FlightRecorderEvent;

/** Undefined if the line is not, byte for byte, the header of an archive. */
export function parseHeader(line: string): ArchiveHeader | undefined {
  const header = parsed<ArchiveHeader>(line);
  if (header?.schema !== ARCHIVE_SCHEMA || !Array.isArray(header.runs)) return undefined;
  const { sha256: _, ...rest } = header;
  if (line !== headerLine(rest) || !areRuns(header.runs, header.events)) return undefined;
  return header;
}

/** Ascending, apart from each other, and as many records as are told: a header may come from anybody. */
function areRuns(runs: readonly unknown[], events: number): boolean {
  let sum = 0;
  let last = -1;
  for (const run of runs) {
    const [first, end, more] = Array.isArray(run) ? (run as unknown[]) : [];
    if (!isPlace(first) || !isPlace(end) || more !== undefined) return false;
    if (first <= last + 1 || end < first) return false;
    sum += end - first + 1;
    last = end;
  }
  return sum > 0 && sum === events;
}

export function parseTrailer(line: string): ArchiveTrailer | undefined {
  const trailer = parsed<ArchiveTrailer>(line);
  return trailer?.schema === ARCHIVE_END ? trailer : undefined;
}

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

function parsed<Value>(line: string): Value | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Value) : undefined;
  } catch {
    return undefined;
  }
}
