import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { personOf } from '../session/person.ts';
import { steer } from '../session/steer.ts';

/** A message from outside: it becomes a USER message, whoever sends it (TRUST-001), and wakes the session. */
export async function run(call: Call): Promise<ExitCode> {
  const content = call.args[1]!;
  if (content.trim() === '') throw new UsageError('gov session send wants TEXT (what it is told)');
  const source = await personOf(call, 'from');
  return steer(call, 'send', (engine, { session_id }) =>
    engine.send({ to_session_id: session_id, content, source }),
  );
}
