import { type ChainAround, type ChainEnd, createChainCheck } from './check.ts';
import type { ChainFault } from './faults.ts';
import type { Gap, GapRecord } from './gap.ts';
import type { ChainRecord } from './record.ts';

/** What the proof of a log has found; clean if `faults_total` is 0. */
export interface ChainReport extends ChainEnd {
  gaps: Gap[];
  /** In the order of the log, the first {@link MOST_FAULTS} of them. */
  faults: ChainFault[];
  faults_total: number;
}

/** A file that somebody has filled with rubbish has a fault in every record: what is told of it is bounded. */
export const MOST_FAULTS = 1_000;

/** Keeps the first faults, and counts all. */
export function faultList(): { tell(fault: ChainFault): void; faults: ChainFault[]; readonly total: number } {
  const faults: ChainFault[] = [];
  let total = 0;
  return {
    faults,
    get total() {
      return total;
    },
    tell(fault) {
      total += 1;
      if (faults.length < MOST_FAULTS) faults.push(fault);
    },
  };
}

/** Proves a log that comes record by record: an archive, a store in memory. None of it is held. */
export async function verifyChain(
  records: Iterable<ChainRecord> | AsyncIterable<ChainRecord>,
  around: ChainAround,
): Promise<ChainReport> {
  const found = faultList();
  const gaps: Gap[] = [];
  const check = createChainCheck({ ...around, gaps: listing(around.gaps, gaps) }, found.tell);
  for await (const record of records) check.record(record);
  return { ...check.end(), gaps, faults: found.faults, faults_total: found.total };
}

function* listing(rows: ChainAround['gaps'], into: Gap[]): Generator<GapRecord> {
  for (const row of rows) {
    into.push(publicGap(row));
    yield row;
  }
}

/** Without the hash, which says nothing to a reader. */
export const publicGap = ({ first_seq, last_seq, why, archive, at }: Gap): Gap => ({
  first_seq,
  last_seq,
  why,
  archive,
  at,
});
