import { openReadOnly } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { printRecovery } from '../reporters/session-answers.ts';
import { onEngine, openSessions } from '../session/open.ts';

/** Pauses what a dead process left running, and tells what waits for somebody's decision. */
export async function run(call: Call): Promise<ExitCode> {
  const { db } = await openSessions(call);
  const { recovered } = await onEngine(db, {}, (engine) => engine.recover());
  const after = await openSessions(call);
  await using log = await openReadOnly(db);
  const pending = await log.interrupted();
  const orphans = recovered.map(({ session_id, job_id }) => ({ session_id, job_id }));
  if (call.json) call.out.json({ schema: 'govkit.session-recover@1', db, recovered: orphans, pending });
  else printRecovery(call, after, orphans, pending);
  return 0;
}
