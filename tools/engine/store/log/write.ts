import type { FlightRecorderEvent } from '../../../generated/index.ts';
import {
  CHAIN_START,
  chainHash,
  type GapRecord,
  type Head,
  namedSessions,
  SEGMENT_SIZE,
  segmentOf,
} from '../../../recorder/index.ts';
import type { Prepare } from '../sqlite-rows.ts';

export const EMPTY: Head = { seq: 0, hash: CHAIN_START };

export function headOf(prepare: Prepare): Head {
  return (prepare('SELECT seq, hash FROM event_head').get() as Head | undefined) ?? EMPTY;
}

/** Writes the log inside the transactions of others. What it holds of the head is that of the open transaction. */
export interface LogWriter {
  /** At the beginning of a transaction. */
  begin(): void;
  /** Other processes have written, or a transaction was undone: the head is read anew. */
  forget(): void;
  append(events: readonly FlightRecorderEvent[]): void;
  /** Numbers that have no record; the log goes on behind them. */
  leave(gap: GapRecord): void;
  /** The head before a savepoint, for {@link back}. */
  readonly head: Head;
  back(head: Head): void;
  /** Before the commit: the head is stored, and segments that are full are sealed. */
  end(): void;
}

export function createLogWriter(prepare: Prepare): LogWriter {
  let stored: Head | null = null;
  let head = EMPTY;
  const at = lastMoment();
  return {
    begin() {
      stored ??= headOf(prepare);
      head = stored;
    },
    forget() {
      stored = null;
    },
    append(events) {
      for (const event of events) head = appendOne(prepare, event, at(event.timestamp), head);
    },
    leave(gap) {
      insertGap(prepare, gap);
      head = { seq: gap.last_seq, hash: gap.hash };
    },
    get head() {
      return head;
    },
    back(before) {
      head = before;
    },
    end() {
      if (!stored || head.seq === stored.seq) return;
      prepare('INSERT OR REPLACE INTO event_head (only, seq, hash) VALUES (1, ?, ?)').run(
        head.seq,
        head.hash,
      );
      for (let segment = segmentOf(stored.seq + 1); segment < segmentOf(head.seq + 1); segment += 1)
        seal(prepare, segment);
      stored = head;
    },
  };
}

/** Milliseconds since 1970. The events of one command have one time, so the last one need not be read again. */
function lastMoment(): (timestamp: string) => number {
  let last = '';
  let at = Number.NaN;
  return (timestamp) => {
    if (timestamp !== last) {
      at = Date.parse(timestamp);
      last = timestamp;
    }
    return at;
  };
}

function appendOne(prepare: Prepare, event: FlightRecorderEvent, at: number, before: Head): Head {
  const seq = before.seq + 1;
  const body = JSON.stringify(event);
  const hash = chainHash(before.hash, seq, body);
  const { event_id, model_session_id = null, fr_event_id } = event;
  prepare(
    'INSERT INTO events (seq, event_id, model_session_id, fr_event_id, at, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(seq, event_id, model_session_id, fr_event_id, at, body, hash);
  for (const session of namedSessions(event))
    prepare('INSERT INTO event_names (session_id, seq) VALUES (?, ?)').run(session, seq);
  return { seq, hash };
}

export function insertGap(
  prepare: Prepare,
  { first_seq, last_seq, why, archive, at, hash }: GapRecord,
): void {
  const sql =
    'INSERT INTO event_gaps (first_seq, last_seq, why, archive, at, hash) VALUES (?, ?, ?, ?, ?, ?)';
  prepare(sql).run(first_seq, last_seq, why, archive, at, hash);
}

const hashAtEnd =
  'coalesce((SELECT hash FROM events WHERE seq = ?), ' +
  '(SELECT hash FROM event_gaps WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1))';

/**
 * What a query wants to know of thousands of records at once, and the hash that stands at their end. A segment of
 * which nothing is left has no seal.
 */
export function seal(prepare: Prepare, segment: number): void {
  const first = segment * SEGMENT_SIZE + 1;
  const last = first + SEGMENT_SIZE - 1;
  prepare(
    'INSERT OR REPLACE INTO event_segments (segment, from_at, to_at, fr_event_ids, hash) ' +
      'SELECT ?, min(at), max(at), (SELECT json_group_array(id) FROM (SELECT DISTINCT fr_event_id AS id FROM events ' +
      `WHERE seq BETWEEN ? AND ? ORDER BY 1)), ${hashAtEnd} ` +
      'FROM events WHERE seq BETWEEN ? AND ? HAVING count(*) > 0',
  ).run(segment, first, last, last, last, first, last);
}
