import type { Engine, SessionSummary } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { printSteered } from '../reporters/session-answers.ts';
import { type Opened, onEngine, openSessions, sessionNamed } from './open.ts';
import { answered } from './refusals.ts';
import type { Steering } from './words.ts';

const SCHEMA = 'govkit.session-steer@1';

/** Does something to one session, and tells what has become of it. */
export async function steer(
  call: Call,
  action: Steering,
  act: (engine: Engine, session: SessionSummary) => Promise<void>,
  governance: Parameters<typeof onEngine>[1] = {},
): Promise<ExitCode> {
  const opened = await openSessions(call);
  const before = sessionNamed(opened, call.args[0]!);
  const { session_id } = before;
  return answered(call, SCHEMA, `session show ${session_id}`, async () => {
    await onEngine(opened.db, governance, (engine) => act(engine, before));
    const after: Opened = await openSessions(call);
    const session = sessionNamed(after, session_id);
    const { state, blocked_on, pause_reason, pause_requested } = session;
    if (call.json)
      call.out.json({
        schema: SCHEMA,
        db: after.db,
        action,
        session_id,
        ...{ state, blocked_on, pause_reason, pause_requested },
      });
    else printSteered(call, after, session, action);
    return 0;
  });
}
