// What the views are made of: rows of one moment. Who reads them is the store's business; here nothing reads a clock.
import type { CascadeCancelRecord, MailboxRow, SessionRow, SpanRow } from '../../../kernel/index.ts';

/** A letter, and when the one it went to has taken it into its thread. */
export interface Letter {
  letter: MailboxRow;
  read: { at: string; span_id: string | null } | null;
}

export interface ViewSource {
  /** In the order of their creation, so that parents come before their children. */
  sessions: readonly SessionRow[];
  /** All spans of these sessions, in the order of their opening. */
  spans: readonly SpanRow[];
  /** Announcements from or to these sessions. */
  letters: readonly Letter[];
  operations: readonly CascadeCancelRecord[];
}

/** Rows by a key, each group in the order of the rows. */
export function grouped<Row, Key>(rows: Iterable<Row>, keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Of `rows`, those of each session that are the runs: what carries tokens and cost (D-38). */
export const attemptsBySession = (spans: readonly SpanRow[]): Map<string, SpanRow[]> =>
  grouped(
    spans.filter(({ kind }) => kind === 'attempt'),
    ({ session_id }) => session_id,
  );
