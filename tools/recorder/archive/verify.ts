import { createHash } from 'node:crypto';
import { RecorderError } from '../accept/errors.ts';
import { chainHash } from '../chain/chain.ts';
import {
  ARCHIVE_END,
  type ArchivedRecord,
  type ArchiveHeader,
  parseHeader,
  parseRecord,
  trailerLine,
} from './format.ts';

/** The first place of an archive that is not what was written. */
export interface ArchiveFault {
  /** From 1; the header is line 1. */
  line: number;
  /** The record that should stand there, if one should. */
  seq?: number;
  message: string;
}

export interface ArchiveProof {
  header: ArchiveHeader | null;
  /** Records that were proven. */
  events: number;
  /** Of the last record of each run, as far as it was proven. */
  last_hashes: string[];
  /** What the archive after it continues; null where something is wrong. */
  sha256: string | null;
  fault: ArchiveFault | null;
}

/**
 * Proves an archive line by line. Each record carries the hash of the log's chain and the one before it, the header
 * says which records there are, the trailer how it ends: any byte that was changed, any line that was removed, moved
 * or cut off is told at its line.
 */
export async function verifyArchive(lines: AsyncIterable<string> | Iterable<string>): Promise<ArchiveProof> {
  const proof: ArchiveProof = { header: null, events: 0, last_hashes: [], sha256: null, fault: null };
  const stop = (line: number, message: string, seq?: number): ArchiveProof => ({
    ...proof,
    fault: { line, ...(seq !== undefined && { seq }), message },
  });
  const digest = createHash('sha256');
  let line = 0;
  let ended = false;
  let expected: Generator<number> | undefined;
  let next: number | undefined;
  let last: ArchivedRecord | undefined;
  try {
    for await (const text of lines) {
      line += 1;
      if (ended) return stop(line, 'Unexpected line, expected nothing after the trailer');
      if (line === 1) {
        const header = parseHeader(text);
        if (!header) return stop(1, `Unexpected ${quote(text)}, expected the header of a govkit.archive@1`);
        proof.header = header;
        expected = places(header);
        next = expected.next().value as number;
      } else if (next !== undefined) {
        const record = parseRecord(text);
        if (!record) return stop(line, `Unexpected ${quote(text)}, expected record ${next}`, next);
        const fault = faultOf(record, next, last);
        if (fault !== undefined) return stop(line, fault, next);
        proof.events += 1;
        if (last?.seq === next - 1) proof.last_hashes.pop();
        proof.last_hashes.push(record.hash);
        last = record;
        next = expected!.next().value as number | undefined;
      } else {
        const found = digest.digest('hex');
        if (text !== trailerLine({ schema: ARCHIVE_END, events: proof.events, sha256: found }))
          return stop(
            line,
            `Unexpected ${quote(text)}, expected the count and the sha256 of the lines before`,
          );
        proof.sha256 = found;
        ended = true;
      }
      if (!ended) digest.update(`${text}\n`);
    }
  } catch (error) {
    // What cannot be read is told where the lines end that could be.
    if (!(error instanceof RecorderError)) throw error;
    proof.sha256 = null;
    return stop(line + 1, error.message.replace(/^line \d+: /, 'Unexpected '), next);
  }
  if (ended) return proof;
  const what = line === 0 ? 'the header' : next === undefined ? 'the trailer' : `record ${next}`;
  return stop(line + 1, `Unexpected end, expected ${what}`, next);
}

function faultOf(record: ArchivedRecord, seq: number, last?: ArchivedRecord): string | undefined {
  if (record.seq !== seq) return `Unexpected record ${record.seq}, expected ${seq}`;
  if (last && last.seq + 1 === seq && record.previous !== last.hash)
    return `Unexpected hash before record ${seq}, expected that of the line before`;
  if (chainHash(record.previous, seq, record.body) !== record.hash)
    return `Unexpected content of record ${seq}, expected what its hash says`;
  return undefined;
}

function* places({ runs }: ArchiveHeader): Generator<number, undefined> {
  for (const [first, last] of runs) for (let seq = first; seq <= last; seq += 1) yield seq;
}

/** With its escapes and the rule beside it, it fits into a line of 80. */
const MOST_QUOTED = 32;

/** A piece of what was found, on one line. */
function quote(text: string): string {
  const piece = JSON.stringify(text.slice(0, MOST_QUOTED));
  return text.length > MOST_QUOTED ? `${piece.slice(0, -1)}…"` : piece;
}
