// What was done to sessions: cancelled, paused, resumed, approved, told, agreed to.
import type { CascadeCancelRecord, SessionSummary } from '../../engine/index.ts';
import type { Call } from '../command.ts';
import { quoted } from '../next.ts';
import { columns, fold, pad, visible } from '../output.ts';
import { nextOn } from '../session/next.ts';
import type { Opened } from '../session/open.ts';
import { clocked, type Steering, timesOf, why } from '../session/words.ts';

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
  action: Steering,
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

/** A receipt, and what has become of the sessions that it means. */
export function printConsent(
  call: Call,
  { sessions, handles }: Opened,
  { sessions: before }: Pick<Opened, 'sessions'>,
  said: string,
): void {
  printFolded(call, visible(said), '  ');
  const was = new Map(
    before.map(({ session_id, state, blocked_on }) => [session_id, `${state} ${blocked_on}`]),
  );
  const at = clocked(sessions.flatMap(timesOf));
  const changed = sessions.filter(
    ({ session_id, state, blocked_on }) => was.get(session_id) !== `${state} ${blocked_on}`,
  );
  for (const session of changed) {
    const { session_id, role, state } = session;
    const parts = [handles.labelOf(session_id), role].map(visible);
    printFolded(call, `  ${[...parts, state, why(session, 0, at)].join('  ')}`, '    ');
  }
  printNext(call, 'session list --live');
}

export function printFolded({ out }: Call, text: string, indent: string): void {
  if (columns(text) <= out.limit) {
    out.line(text);
    return;
  }
  const start = /^ */.exec(text)![0];
  for (const [at, line] of fold(text.trim(), out.limit - indent.length).entries())
    out.line((at === 0 ? start : indent) + line);
}

export function printNext(call: Call, words: string): void {
  if (!call.quiet) call.out.line(`${call.out.dim('next')}   ${nextOn(call, words)}`);
}
