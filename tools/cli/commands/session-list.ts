import { openReadOnly } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { existingDatabase } from '../database.ts';
import { printSessions } from '../reporters/sessions.ts';

/** The sessions of a database, as a list or as trees. */
export async function run(call: Call): Promise<ExitCode> {
  const file = await existingDatabase(call);
  await using log = await openReadOnly(file);
  const sessions = await log.sessions();
  if (call.json) call.out.json({ schema: 'govkit.sessions@1', db: file, sessions });
  else if (sessions.length === 0) call.out.error(`no session in ${file}`);
  else printSessions(call.out, sessions, call.flags.has('tree'));
  return 0;
}
