import { type ArchivedRecord, archivedRecords, chainHash } from '../../recorder/index.ts';
import { EngineError } from '../errors.ts';
import { readArchiveFile } from './place.ts';

/** Reads archives forwards, as a query comes to their gaps: each file is opened once, whatever its gaps. */
export interface ArchiveCursor extends AsyncDisposable {
  /** The records of a file from one place to another, each proven. Throws store_failed where one is not. */
  records(file: string, first: number, last: number): AsyncGenerator<ArchivedRecord>;
}

interface Opened {
  records: AsyncGenerator<ArchivedRecord>;
}

export function archiveCursor(): ArchiveCursor {
  const open = new Map<string, Opened>();
  return {
    async *records(file, first, last) {
      const opened = open.get(file) ?? { records: archivedRecords(readArchiveFile(file)) };
      open.set(file, opened);
      for (let seq = first; seq <= last; seq += 1) {
        const record = await recordAt(opened, seq);
        if (!record) throw damaged(file, seq, 'is not there');
        if (chainHash(record.previous, seq, record.body) !== record.hash)
          throw damaged(file, seq, 'is not what its hash says');
        yield record;
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { records } of open.values()) await records.return(undefined);
    },
  };
}

/** What stands before it belongs to gaps that nobody has asked for. */
async function recordAt({ records }: Opened, seq: number): Promise<ArchivedRecord | undefined> {
  for (;;) {
    const next = await records.next();
    if (next.done || next.value.seq > seq) return undefined;
    if (next.value.seq === seq) return next.value;
  }
}

const damaged = (file: string, seq: number, what: string): EngineError =>
  new EngineError('store_failed', `record ${seq} of the archive ${file} ${what} (gov recorder verify)`);
