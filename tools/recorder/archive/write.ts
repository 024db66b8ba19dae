import { sha256 } from '../../text/index.ts';
import {
  ARCHIVE_END,
  ARCHIVE_SCHEMA,
  type ArchivedRecord,
  type ArchiveHeader,
  headerLine,
  type Run,
  recordLine,
  trailerLine,
} from './format.ts';
import { gzip } from './gzip.ts';

export interface WrittenArchive {
  /** Its number and the beginning of its sha256: what it holds, and nothing of when it was made. */
  file: string;
  /** Compressed. */
  bytes: Uint8Array;
  sha256: string;
}

/** Records, in the order of the log, as the file that keeps them. */
export function writeArchive(
  records: readonly ArchivedRecord[],
  after: Pick<ArchiveHeader, 'number' | 'continues' | 'head'>,
): WrittenArchive {
  const header = headerLine({
    schema: ARCHIVE_SCHEMA,
    ...after,
    events: records.length,
    runs: runsOf(records.map(({ seq }) => seq)),
  });
  const lines = `${[header, ...records.map(recordLine)].join('\n')}\n`;
  const digest = sha256(lines);
  const trailer = trailerLine({
    schema: ARCHIVE_END,
    events: records.length,
    sha256: digest,
  });
  return { file: archiveName(after.number, digest), bytes: gzip(`${lines}${trailer}\n`), sha256: digest };
}

export const archiveName = (number: number, digest: string): string =>
  `${String(number).padStart(6, '0')}-${digest.slice(0, 16)}.ndjson.gz`;

/** Whether a file of that name may be one of ours. */
export const isArchiveName = (name: string): boolean => /^\d{6,}-[\da-f]{16}\.ndjson\.gz$/.test(name);

/** Ascending places as runs. */
export function runsOf(places: readonly number[]): Run[] {
  const runs: [number, number][] = [];
  for (const seq of places) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === seq) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs;
}
