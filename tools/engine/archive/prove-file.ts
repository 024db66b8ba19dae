import { createReadStream } from 'node:fs';
import {
  type ArchivedRecord,
  archiveLines,
  type ChainFault,
  type Head,
  parseRecord,
  verifyArchive,
} from '../../recorder/index.ts';
import type { ArchivedGap } from '../store/store.ts';
import { archiveFile } from './place.ts';

interface Asked {
  path: string;
  archive: string;
  /** In the order of the log. */
  gaps: readonly ArchivedGap[];
  noted?: Head | undefined;
}

interface FileProof {
  faults: ChainFault[];
  /** By the first number of the gap: why nothing proves it. */
  unproven: Map<number, string>;
  /** The hash of the record that was noted, if it is in this file. */
  noted?: string | undefined;
}

const BROKEN = 'its archive is not what was written';

/** Proves one archive: by itself, by the sha256 that the database has of it, and by the gaps that it fills. */
export async function proveFile({ path, archive, gaps, noted }: Asked): Promise<FileProof> {
  const faults: ChainFault[] = [];
  const tell = (first: number, last: number, message: string, line = ''): void =>
    void faults.push({
      rule: 'log/archive',
      what: 'gap',
      seq: first,
      last_seq: last,
      message: `${message} (${archive}${line})`,
    });
  const filling = follow(gaps, (gap, message) => tell(gap.first_seq, gap.last_seq, message));
  let at: string | undefined;
  const take = (record: ArchivedRecord): void => {
    if (record.seq === noted?.seq) at = record.hash;
    filling.take(record);
  };
  const file = archiveFile(path, archive);
  const proof = await verifyArchive(passing(archiveLines(createReadStream(file)), take)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.syscall === undefined) throw error;
      return error.code === 'ENOENT' ? `${archive} is not there` : `${archive}: ${error.message}`;
    },
  );
  if (typeof proof === 'string')
    return { faults, unproven: new Map(gaps.map(({ first_seq }) => [first_seq, proof])) };
  const [first, last] = [gaps[0]!.first_seq, gaps.at(-1)!.last_seq];
  const { fault } = proof;
  if (fault) {
    const gap = gaps.find((each) => each.last_seq >= (fault.seq ?? first));
    tell(gap?.first_seq ?? first, gap?.last_seq ?? last, fault.message, `:${fault.line}`);
  } else if (proof.sha256 !== gaps[0]!.sha256)
    tell(
      first,
      last,
      `Unexpected sha256 ${proof.sha256}, expected ${gaps[0]!.sha256} as the database has it`,
    );
  else filling.end();
  const unproven = gaps.filter((gap) => !filling.proven.has(gap));
  return { faults, noted: at, unproven: new Map(unproven.map(({ first_seq }) => [first_seq, BROKEN])) };
}

/** The same lines; a record is heard of once whoever reads them was content with it, and asks for the next. */
async function* passing(
  lines: AsyncIterable<string>,
  take: (record: ArchivedRecord) => void,
): AsyncGenerator<string> {
  for await (const line of lines) {
    yield line;
    const record = parseRecord(line);
    if (record) take(record);
  }
}

interface Filling {
  /** A record that follows from the one before it, if that is in the archive. */
  take(record: ArchivedRecord): void;
  /** After the last record. */
  end(): void;
  readonly proven: ReadonlySet<ArchivedGap>;
}

/** Follows the records of an archive through the gaps that they fill. */
function follow(gaps: readonly ArchivedGap[], tell: (gap: ArchivedGap, message: string) => void): Filling {
  const proven = new Set<ArchivedGap>();
  const told = new Set<ArchivedGap>();
  let at = 0;
  let reached: number | undefined;
  const refuse = (gap: ArchivedGap, message: string): void => {
    reached = undefined;
    told.add(gap);
    tell(gap, message);
  };
  return {
    proven,
    take({ seq, previous, hash }) {
      while (gaps[at] && gaps[at]!.last_seq < seq) at += 1;
      const gap = gaps[at];
      if (!gap || seq < gap.first_seq || told.has(gap)) return;
      if (seq === gap.first_seq) {
        if (gap.before.length > 0 && !gap.before.includes(previous))
          return refuse(gap, `Unexpected record ${seq}, expected one that follows from the log before it`);
      } else if (reached !== seq - 1) return;
      reached = seq;
      if (seq < gap.last_seq) return;
      if (hash === gap.hash) proven.add(gap);
      else refuse(gap, `Unexpected hash of record ${seq}, expected the one from which the log goes on`);
    },
    end() {
      for (const gap of gaps)
        if (!proven.has(gap) && !told.has(gap))
          refuse(gap, 'Unexpected absence of its records, expected them');
    },
  };
}
