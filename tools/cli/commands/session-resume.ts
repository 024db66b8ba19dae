import { governanceOf } from '../admission.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { personOf } from '../session/person.ts';
import { steer } from '../session/steer.ts';

/** Lets a paused session go on; its jobs have kept their places. */
export async function run(call: Call): Promise<ExitCode> {
  const approved_by =
    value(call, 'approved-by') === undefined ? undefined : await personOf(call, 'approved-by');
  const governance = await governanceOf(call.root, call.spec);
  const options = approved_by === undefined ? {} : { approved_by };
  return steer(call, 'resume', (engine, { session_id }) => engine.resume(session_id, options), governance);
}
