import {
  type ChainReport,
  createChainCheck,
  faultList,
  type Gap,
  type GapRecord,
  type Head,
  publicGap,
} from '../../../recorder/index.ts';
import type { Prepare } from '../sqlite-rows.ts';
import type { VerifyLog } from '../store.ts';
import { countNames, strayNames } from './names.ts';
import { SAFE, storedGaps, storedHead, storedPage, storedSeals } from './stored.ts';

/** The proof of a whole log, page by page. All of it has to be read in one transaction: it holds for one moment. */
export function* verification(
  prepare: Prepare,
  { noted, archived }: Pick<VerifyLog, 'noted' | 'archived'>,
): Generator<number, ChainReport> {
  const found = faultList();
  const gaps: Gap[] = [];
  const about = (rule: string, seq: number, message: string): void =>
    found.tell({ rule, what: 'record', seq, last_seq: seq, message: `Unexpected ${message}` });
  const check = createChainCheck(
    {
      gaps: listing(storedGaps(prepare), gaps),
      seals: storedSeals(prepare),
      archived: (gap, before) => isArchived(prepare, gap, before, archived),
      head: storedHead(prepare),
      noted: noted && archived && isInArchive(prepare, noted) ? undefined : noted,
    },
    found.tell,
  );
  let names = 0;
  let passed = 0;
  for (let after: number | null = -SAFE; after !== null; ) {
    const page = storedPage(prepare, after);
    for (const record of page.records) check.record(record);
    names += page.names;
    after = page.next;
    passed += page.records.length;
    if (after !== null) yield passed;
  }
  const end = check.end();
  if (names < countNames(prepare)) {
    for (const { session_id, seq } of strayNames(prepare))
      about(
        'log/column',
        seq,
        `name ${session_id} beside record ${seq}, expected none: its body does not say so`,
      );
  }
  for (const seq of outOfReach(prepare))
    about('log/order', end.head.seq, `record ${seq}, expected numbers from 1`);
  const sessions = sessionsOf(prepare);
  if (end.head.seq === 0 && sessions > 0)
    about(
      'log/emptied',
      0,
      `empty log beside ${sessions === 1 ? '1 session' : `${sessions} sessions`}, expected their events`,
    );
  return { ...end, gaps, faults: found.faults, faults_total: found.total };
}

function* listing(rows: Iterable<GapRecord>, into: Gap[]): Generator<GapRecord> {
  for (const row of rows) {
    into.push(publicGap(row));
    yield row;
  }
}

function isArchived(
  prepare: Prepare,
  { archive, first_seq, last_seq, hash }: GapRecord,
  before: readonly string[],
  hears: VerifyLog['archived'],
): boolean {
  const known = prepare(
    'SELECT sha256 FROM event_archives WHERE file = ? AND first_seq <= ? AND last_seq >= ?',
  ).get(archive, first_seq, last_seq) as { sha256: string } | undefined;
  if (!known || archive === null) return false;
  hears?.({ first_seq, last_seq, hash, before, archive, sha256: known.sha256 });
  return true;
}

/** Whether only an archive can show a record; the last one of a gap has its hash there. */
const isInArchive = (prepare: Prepare, { seq }: Head): boolean =>
  prepare("SELECT 1 FROM event_gaps WHERE why = 'archived' AND first_seq <= ? AND last_seq > ? LIMIT 1").get(
    seq,
    seq,
  ) !== undefined;

/** Numbers that no record of a log can have, as text: as numbers they would not be themselves. */
function outOfReach(prepare: Prepare): string[] {
  const sql = `SELECT CAST(seq AS TEXT) AS seq FROM events WHERE events.seq > ${SAFE} OR events.seq <= -${SAFE} LIMIT 9`;
  return (prepare(sql).all() as { seq: string }[]).map(({ seq }) => seq);
}

const sessionsOf = (prepare: Prepare): number =>
  (prepare('SELECT count(*) AS count FROM model_sessions').get() as { count: number }).count;
