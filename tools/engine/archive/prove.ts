// The proof of a log that goes on through its archives.
import {
  type ChainFault,
  type ChainReport,
  type Gap,
  goesOnFrom,
  type Head,
  MOST_FAULTS,
  tellAbout,
} from '../../recorder/index.ts';
import type { ArchivedGap, Store, VerifyLog } from '../store/store.ts';
import { proveFile } from './prove-file.ts';

/** What the proof of a log and its archives has found; clean if `faults_total` is 0. */
export interface LogProof extends ChainReport {
  gaps: ProvenGap[];
  /** Gaps of which nothing proves what stood there. */
  unproven: number;
}

export interface ProvenGap extends Gap {
  /** Why nothing proves what stood there; null = its archive does. */
  unproven: string | null;
}

export type ProveLog = Omit<VerifyLog, 'archived'>;

/**
 * Proves a database, and each archived gap by the records of its file: they follow from what stands before the gap and
 * lead to where the chain goes on. Faults of archives come after those of the database. A file that is not there is no
 * fault, since archives may be kept elsewhere: it is told at its gaps, as long as anything at all is proven.
 */
export async function verifyWithArchives(
  log: Pick<Store, 'verify'>,
  path: string,
  options: ProveLog = {},
): Promise<LogProof> {
  const left: ArchivedGap[] = [];
  const report = await log.verify({ ...options, archived: (gap) => left.push(gap) });
  const { noted } = options;
  const faults: ChainFault[] = [];
  const unproven = new Map<number, string>();
  let passed: string | undefined;
  for (const [archive, gaps] of byArchive(left)) {
    const proof = await proveFile({ path, archive, gaps, noted });
    faults.push(...proof.faults);
    for (const [first_seq, why] of proof.unproven) unproven.set(first_seq, why);
    passed ??= proof.noted;
  }
  if (noted && isInside(noted, left))
    goesOnFrom(
      noted,
      report.head,
      { at: () => passed, take: () => {} },
      tellAbout((fault) => faults.push(fault)),
    );
  const known = new Set(left.map(({ first_seq }) => first_seq));
  const told = report.gaps.map((gap) => ({
    ...gap,
    unproven: known.has(gap.first_seq) ? (unproven.get(gap.first_seq) ?? null) : REASONS[gap.why],
  }));
  const provenNothing = report.events === 0 && told.length > 0 && told.every((gap) => gap.unproven !== null);
  if (provenNothing) faults.push(nothingProven(report.head.seq));
  return {
    ...report,
    faults: [...report.faults, ...faults].slice(0, MOST_FAULTS),
    faults_total: report.faults_total + faults.length,
    gaps: told,
    unproven: told.filter((gap) => gap.unproven !== null).length,
  };
}

const REASONS: Readonly<Record<Gap['why'], string>> = {
  archived: 'no archive is known to hold them',
  purged: 'let go by retention',
  quarantined: 'set aside as damaged',
  lost: 'nobody has them',
  unreadable: 'no event any more',
};

/** A proof that has seen no record at all proves nothing, however the gaps came about. */
const nothingProven = (last_seq: number): ChainFault => ({
  rule: 'log/emptied',
  what: 'gap',
  seq: 1,
  last_seq,
  message: 'Unexpected log of gaps alone, none of which an archive proves, expected one record at least',
});

const isInside = ({ seq }: Head, gaps: readonly ArchivedGap[]): boolean =>
  gaps.some(({ first_seq, last_seq }) => first_seq <= seq && last_seq > seq);

/** Each file is read once, whatever its gaps. */
function byArchive(gaps: readonly ArchivedGap[]): ReadonlyMap<string, ArchivedGap[]> {
  const files = new Map<string, ArchivedGap[]>();
  for (const gap of gaps) {
    const known = files.get(gap.archive);
    if (known) known.push(gap);
    else files.set(gap.archive, [gap]);
  }
  return files;
}
