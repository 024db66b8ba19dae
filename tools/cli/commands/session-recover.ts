import { openReadOnly } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { type Pending, printRecovery } from '../reporters/session-answers.ts';
import { onEngine, openSessions } from '../session/open.ts';

/** Pauses what a dead process left running, and tells what waits for somebody's decision. */
export async function run(call: Call): Promise<ExitCode> {
  const { db } = await openSessions(call);
  const { recovered } = await onEngine(db, {}, (engine) => engine.recover());
  const after = await openSessions(call);
  const pending: Pending[] = [];
  await using log = await openReadOnly(db);
  for (const { session_id, pause_reason } of after.sessions) {
    if (pause_reason !== 'crash_recovery') continue;
    const detail = await log.session(session_id, Number.POSITIVE_INFINITY);
    if (detail) pending.push(pendingOf(detail));
  }
  const orphans = recovered.map(({ session_id, job_id }) => ({ session_id, job_id }));
  if (call.json) call.out.json({ schema: 'govkit.session-recover@1', db, recovered: orphans, pending });
  else printRecovery(call, after, orphans, pending);
  return 0;
}

type Detail = NonNullable<Awaited<ReturnType<Awaited<ReturnType<typeof openReadOnly>>['session']>>>;

/** Jobs that were cut off, and tool calls of which nobody knows how they ended. */
function pendingOf({ session, jobs, messages }: Detail): Pending {
  const answered = new Set(
    messages.flatMap(({ role, tool_call_id }) =>
      role === 'TOOL_RESULT' && tool_call_id ? [tool_call_id] : [],
    ),
  );
  return {
    session_id: session.session_id,
    job_ids: jobs.flatMap(({ job_id, state }) => (state === 'stalled' ? [job_id] : [])),
    tool_call_ids: messages.flatMap(({ role, tool_call_id }) =>
      role === 'TOOL_CALL' && tool_call_id && !answered.has(tool_call_id) ? [tool_call_id] : [],
    ),
  };
}
