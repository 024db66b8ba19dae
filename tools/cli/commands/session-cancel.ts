import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { printCancel } from '../reporters/session-answers.ts';
import { onEngine, openSessions, sessionNamed } from '../session/open.ts';
import { personOf } from '../session/person.ts';
import { answered } from '../session/refusals.ts';

const SCHEMA = 'govkit.session-cancel@1';

/** Ends a session and everything below it. A broken tree keeps nobody from that: no gate is asked. */
export async function run(call: Call): Promise<ExitCode> {
  const opened = await openSessions(call);
  const { session_id } = sessionNamed(opened, call.args[0]!);
  const reason = value(call, 'reason')?.trim() ?? '';
  if (reason === '') throw new UsageError('gov session cancel wants --reason (why, for whoever looks later)');
  const by = await personOf(call, 'by');
  const op_id = value(call, 'op-id');
  return answered(call, SCHEMA, `session show ${session_id}`, async () => {
    const record = await onEngine(opened.db, {}, (engine) =>
      engine.cancel(session_id, { reason, by, ...(op_id !== undefined && { op_id }) }),
    );
    if (call.json) call.out.json({ schema: SCHEMA, db: opened.db, ...record });
    else printCancel(call, opened, record);
    return 0;
  });
}
