// What a world has stored against what its events tell when they are replayed: INV-SESS-001, D-02.
import type { Reading } from '../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type { Rows, SessionRow } from '../../tools/kernel/index.ts';
import { type ReplayedSession, replay } from '../../tools/recorder/index.ts';
import type { Report } from './fault.ts';

/** Compares every session of a store, and every record of a cancellation, with the replay of its log. */
export function storedFaults(report: Report, view: Reading, log: readonly FlightRecorderEvent[]): void {
  const replayed = replay(log);
  for (const id of view.sessionIds()) {
    const row = view.get('session', id)!;
    const told = replayed.get(id);
    if (told) compare(report, view, row, told);
    else report('stored', `${id} is stored, and no event tells of it`);
  }
  for (const id of replayed.keys())
    if (!view.get('session', id)) report('stored', `events tell of ${id}, which is not stored`);
  cancellations(report, view.all('operation'), replayed);
}

function compare(report: Report, view: Reading, row: SessionRow, told: ReplayedSession): void {
  const id = row.session_id;
  const same = (what: string, events: unknown, stored: unknown): void => {
    const [a, b] = [JSON.stringify(events), JSON.stringify(stored)];
    if (a !== b) report('stored', `${what} of ${id}: ${a} replayed, ${b} stored`);
  };
  same('state', told.state, row.state);
  same('parent', told.parent_session_id, row.parent_session_id);
  same('depth', told.spawn_depth, row.spawn_depth);
  same('role', told.role, row.role);
  same('packet', told.wp_id, row.wp_id);
  same('messages', told.messages, row.messages_count);
  same('jobs', told.jobs, row.job_seq);
  same(
    'children',
    told.children,
    view.select('session', 'parent', id).map(({ session_id }) => session_id),
  );
  same(
    'announcements',
    told.announcements.map(({ mailbox_message_id }) => mailbox_message_id),
    letters(view, row).map(({ message_id }) => message_id),
  );
  for (const { status, requester_session_id } of told.announcements.slice(-1)) {
    same('the requester that is told', requester_session_id, row.parent_session_id);
    if (status !== 'COMPLETED') same('the status that is told', status, row.terminal);
  }
  same('completion', told.completed !== null, row.terminal === 'COMPLETED');
  if (told.completed) same('messages at completion', told.completed.messages_count, row.messages_count);
  same('cancellation', told.cancelled !== null, row.terminal === 'CANCELLED');
  // A call that was cut off books what it has cost after the end.
  if (told.completed && told.completed.total_tokens > row.total_tokens)
    report(
      'stored',
      `${id} completed with ${told.completed.total_tokens} tokens and has ${row.total_tokens}`,
    );
}

const letters = (view: Reading, row: SessionRow): Rows['mailbox'][] =>
  row.parent_session_id === null
    ? []
    : view
        .select('mailbox', 'inbox', row.parent_session_id)
        .filter(
          (letter) =>
            letter.from_session_id === row.session_id && letter.message_type === 'SessionAnnounceBack',
        );

/** The records of cancellations say what the replay says: who, under which root, and why. */
function cancellations(
  report: Report,
  records: Iterable<Rows['operation']>,
  replayed: ReadonlyMap<string, ReplayedSession>,
): void {
  const recorded = new Map<string, string>();
  for (const { root_session_id, reason, cancelled_session_ids } of records)
    for (const id of cancelled_session_ids) recorded.set(id, `${root_session_id}, ${reason}`);
  for (const { session_id, cancelled } of replayed.values()) {
    const told = cancelled ? `${cancelled.root_session_id}, ${cancelled.reason}` : undefined;
    const stored = recorded.get(session_id);
    if (told !== stored)
      report('stored', `cancellation of ${session_id}: ${told} replayed, ${stored} recorded`);
  }
}
