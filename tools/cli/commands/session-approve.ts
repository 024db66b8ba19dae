import type { SessionSummary } from '../../engine/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { personOf } from '../session/person.ts';
import { steer } from '../session/steer.ts';

/** Lets the run go on that asked for a tool call, or that a crash cut off in the middle of one. */
export async function run(call: Call): Promise<ExitCode> {
  const given = call.args[1]!;
  const by = await personOf(call, 'by');
  return steer(call, 'approve', (engine, session) =>
    engine.approve({ session_id: session.session_id, tool_call_id: calledBy(given, session), by }),
  );
}

/** The call that waits: by its id, how that begins, or its number; of any other id the engine says that it does not. */
function calledBy(given: string, { awaits_approval: waits }: SessionSummary): string {
  if (waits === null || given === '') return given;
  const means = given === String(waits.number) || waits.tool_call_id.startsWith(given);
  return means ? waits.tool_call_id : given;
}
