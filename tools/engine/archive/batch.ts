import type { FlightRecorderEvent } from '../../generated/index.ts';
import {
  type ArchivedRecord,
  CHAIN_START,
  chainHash,
  type GapPlace,
  namedSessions,
} from '../../recorder/index.ts';
import { EngineError } from '../errors.ts';
import type { Prepare } from '../store/sqlite-rows.ts';
import type { Leaving } from './plan.ts';

/** What leaves in one transaction. */
export interface Batch {
  archived: ArchivedRecord[];
  gaps: (GapPlace & { does: Leaving['does'] })[];
  /** Rows of event_names that go with them. */
  names: [session_id: string, seq: number][];
  /** The last of its records; 0 = nothing is left. */
  last: number;
}

export interface BatchSize {
  events: number;
  /** Characters of their bodies. */
  text: number;
}

interface Row {
  seq: number;
  body: string;
  hash: string;
}

/** The next records of a plan that are still in the log, after a place. Throws store_failed if one is not proven. */
export function nextBatch(
  prepare: Prepare,
  leaving: readonly Leaving[],
  after: number,
  size: BatchSize,
): Batch {
  const batch: Batch = { archived: [], gaps: [], names: [], last: 0 };
  const page = prepare('SELECT seq, body, hash FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?');
  let events = 0;
  let text = 0;
  let before: Row | undefined;
  for (let at = firstAfter(leaving, after); at < leaving.length; at += 1) {
    const { first, last, does } = leaving[at]!;
    for (let from = Math.max(first, after + 1); from <= last; ) {
      const rows = page.all(from, last, Math.min(PAGE, size.events - events)) as Row[];
      for (const row of rows) {
        const previous = before?.seq === row.seq - 1 ? before.hash : hashBefore(prepare, row.seq);
        prove(row, previous);
        take(batch, row, previous, does);
        before = row;
        events += 1;
        text += row.body.length;
        if (events >= size.events || text >= size.text) return batch;
      }
      if (rows.length < PAGE) break;
      from = rows.at(-1)!.seq + 1;
    }
  }
  return batch;
}

const PAGE = 512;

function take(batch: Batch, { seq, body, hash }: Row, previous: string, does: Leaving['does']): void {
  if (does === 'archive') batch.archived.push({ seq, previous, hash, body });
  const gap = batch.gaps.at(-1);
  if (gap?.does === does && gap.last_seq + 1 === seq) Object.assign(gap, { last_seq: seq, hash });
  else batch.gaps.push({ first_seq: seq, last_seq: seq, hash, does });
  for (const session of namedSessions(JSON.parse(body) as FlightRecorderEvent))
    batch.names.push([session, seq]);
  batch.last = seq;
}

/** The first run that goes beyond a place; runs come in the order of the log, and there may be many. */
function firstAfter(leaving: readonly Leaving[], after: number): number {
  let low = 0;
  for (let high = leaving.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (leaving[middle]!.last <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The hash that a record builds on: of the record before it, or of the gap where that stood. */
function hashBefore(prepare: Prepare, seq: number): string {
  if (seq === 1) return CHAIN_START;
  const row = prepare('SELECT hash FROM events WHERE seq = ?').get(seq - 1) as Row | undefined;
  if (row) return row.hash;
  const gap = prepare(
    'SELECT last_seq, hash FROM event_gaps WHERE first_seq < ? ORDER BY first_seq DESC LIMIT 1',
  ).get(seq) as GapPlace | undefined;
  if (gap?.last_seq === seq - 1) return gap.hash;
  throw unproven(seq - 1, 'is missing, and no gap says why');
}

/** What was changed in the log stays there, where `verify` finds it: an archive would make it look like evidence. */
function prove({ seq, body, hash }: Row, previous: string): void {
  if (chainHash(previous, seq, body) !== hash) throw unproven(seq, 'is not what its hash says');
}

const unproven = (seq: number, what: string): EngineError =>
  new EngineError('store_failed', `record ${seq} of the log ${what}: nothing after it was archived`);
