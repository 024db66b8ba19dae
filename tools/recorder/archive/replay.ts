import { chainHash } from '../chain/chain.ts';
import type { ArchivedRecord } from './format.ts';

/** Where a log has a gap, and the hash of its last record, from which the chain goes on. */
export interface GapPlace {
  first_seq: number;
  last_seq: number;
  hash: string;
}

/**
 * Proves that the records of an archive fill a gap: in order, each chained to the one before, the first to what stands
 * before the gap, the last to where the chain goes on. undefined = they do; else what is wrong, at which record.
 */
export async function replayGap(
  gap: GapPlace,
  previous: string,
  records: AsyncIterable<ArchivedRecord> | Iterable<ArchivedRecord>,
): Promise<{ seq: number; message: string } | undefined> {
  let seq = gap.first_seq;
  let hash = previous;
  for await (const record of records) {
    if (record.seq !== seq)
      return { seq, message: `Unexpected record ${record.seq} in the archive, expected ${seq}` };
    if (record.previous !== hash)
      return { seq, message: `Unexpected record ${seq} in the archive, expected one that continues the log` };
    hash = chainHash(hash, seq, record.body);
    if (hash !== record.hash)
      return {
        seq,
        message: `Unexpected content of record ${seq} in the archive, expected what its hash says`,
      };
    seq += 1;
    if (seq > gap.last_seq) break;
  }
  if (seq <= gap.last_seq) return { seq, message: `Unexpected end of the archive, expected record ${seq}` };
  if (hash === gap.hash) return undefined;
  return {
    seq: gap.last_seq,
    message: `Unexpected hash of record ${gap.last_seq} in the archive, expected where the log goes on`,
  };
}
