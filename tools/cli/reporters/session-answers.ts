// What was done to sessions: cancelled, paused, resumed, recovered.
import type { CascadeCancelRecord, Interrupted, SessionSummary } from '../../engine/index.ts';
import type { Call } from '../command.ts';
import { quoted } from '../next.ts';
import { columns, count, fold, pad, visible } from '../output.ts';
import { nextOn } from '../session/next.ts';
import type { Opened } from '../session/open.ts';
import { clocked, timesOf, why } from '../session/words.ts';

/** In the order in which they were reached: root first, children as they were spawned. */
export function printCancel(call: Call, { sessions, handles }: Opened, record: CascadeCancelRecord): void {
  const { cancelled_session_ids: cancelled, skipped_session_ids: skipped, reason, cancelled_by } = record;
  const { out } = call;
  const skips = skipped.length > 0 ? ` · skipped ${skipped.length} (had ended)` : '';
  printFolded(
    call,
    `cancelled ${cancelled.length}${skips} · by ${visible(cancelled_by)}: "${visible(reason)}"`,
    '  ',
  );
  const byId = new Map(sessions.map((session) => [session.session_id, session]));
  const line = (word: string, id: string): void => {
    const name = handles.nameOf(id) ?? '';
    const role = byId.get(id)?.role ?? '';
    out.line(
      `  ${pad(word, 9)}  ${[handles.shortOf(id), name, role]
        .filter((part) => part !== '')
        .map(visible)
        .join('  ')}`,
    );
  };
  for (const id of cancelled) line('cancelled', id);
  for (const id of skipped) line('skipped', id);
  printNext(call, `session list --tree --under ${quoted(handles.typedOf(record.root_session_id))}`);
}

export function printSteered(
  call: Call,
  { sessions, handles }: Opened,
  session: SessionSummary,
  action: 'pause' | 'resume',
): void {
  const { session_id, state, role } = session;
  const name = handles.labelOf(session_id);
  const typed = quoted(handles.typedOf(session_id));
  const living = sessions.filter(
    ({ parent_session_id, state: child }) =>
      parent_session_id === session_id && !['COMPLETED', 'FAILED', 'CANCELLED'].includes(child),
  ).length;
  const told = why(session, living, clocked(timesOf(session)));
  printFolded(
    call,
    [visible(name), visible(role), state, told].filter((part) => part !== '').join('  '),
    '  ',
  );
  printNext(call, action === 'pause' ? `session resume ${typed}` : `session show ${typed}`);
}

export function printRecovery(
  call: Call,
  { sessions, handles }: Opened,
  recovered: readonly { session_id: string }[],
  pending: readonly Interrupted[],
): void {
  const { out } = call;
  const named = (id: string): string => visible(handles.labelOf(id));
  const roleOf = (id: string): string =>
    visible(sessions.find(({ session_id }) => session_id === id)?.role ?? '');
  out.line(
    recovered.length === 0
      ? 'no orphan: every run belongs to a process that lives'
      : `${count(recovered.length, 'orphan')}: paused, the runs keep their places`,
  );
  for (const { session_id } of recovered) out.line(`  ${named(session_id)}  ${roleOf(session_id)}  PAUSED`);
  const [first] = pending;
  if (first === undefined) return;
  out.line(`${count(pending.length, 'session')} to be resumed or cancelled`);
  for (const { session_id, job_ids, pending_tool_calls: open } of pending) {
    const calls =
      open.length > 0
        ? `, ${count(open.length, 'tool call')} of which nobody knows how ${open.length === 1 ? 'it' : 'they'} ended`
        : '';
    printFolded(
      call,
      `  ${named(session_id)}  ${roleOf(session_id)}  ${count(job_ids.length, 'run')} cut off${calls}`,
      '    ',
    );
  }
  printNext(call, `session resume ${quoted(handles.typedOf(first.session_id))}`);
}

function printFolded({ out }: Call, text: string, indent: string): void {
  if (columns(text) <= out.limit) {
    out.line(text);
    return;
  }
  const start = /^ */.exec(text)![0];
  for (const [at, line] of fold(text.trim(), out.limit - indent.length).entries())
    out.line((at === 0 ? start : indent) + line);
}

function printNext(call: Call, words: string): void {
  if (!call.quiet) call.out.line(`${call.out.dim('next')}   ${nextOn(call, words)}`);
}
