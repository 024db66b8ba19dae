import type { SessionSummary } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { visible } from '../output.ts';
import { printSessions } from '../reporters/sessions.ts';
import { type Opened, openSessions, sessionNamed } from '../session/open.ts';
import { ENDED } from '../session/words.ts';

const STATES = ['CREATED', 'ACTIVE', 'BLOCKED', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'];

/** The sessions of a database, as a list or as trees. */
export async function run(call: Call): Promise<ExitCode> {
  const opened = await openSessions(call);
  const { db, sessions, handles } = opened;
  const passes = filterOf(call, opened);
  const found = sessions.filter(passes);
  if (call.json) {
    const named = found.map((session) => ({ ...session, name: handles.nameOf(session.session_id) }));
    call.out.json({ schema: 'govkit.sessions@1', db, sessions: named });
  } else if (sessions.length === 0) call.out.error(`no session in ${db}`);
  else if (found.length === 0)
    call.out.error(`none of ${sessions.length} sessions in ${db} is what was asked for`);
  else {
    const wanted = new Set(found.map(({ session_id }) => session_id));
    printSessions(call.out, { all: sessions, wanted, handles, tree: call.flags.has('tree') });
  }
  return 0;
}

function filterOf(call: Call, opened: Opened): (session: SessionSummary) => boolean {
  const state = value(call, 'state')?.toUpperCase();
  if (state !== undefined && !STATES.includes(state))
    throw new UsageError(`--state ${visible(state)}: expected one of ${STATES.join(', ')}`);
  const role = value(call, 'role');
  const wp = value(call, 'wp');
  const under = value(call, 'under');
  const below = under === undefined ? null : subtree(opened.sessions, sessionNamed(opened, under).session_id);
  return (session) =>
    (state === undefined || session.state === state) &&
    (role === undefined || session.role === role) &&
    (wp === undefined || session.wp_id === wp) &&
    (!call.flags.has('live') || !ENDED.has(session.state)) &&
    (below === null || below.has(session.session_id));
}

/** A session and everything below it: a parent is always created before its children. */
function subtree(sessions: readonly SessionSummary[], root: string): ReadonlySet<string> {
  const below = new Set([root]);
  for (const { session_id, parent_session_id } of sessions)
    if (parent_session_id !== null && below.has(parent_session_id)) below.add(session_id);
  return below;
}
