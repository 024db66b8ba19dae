import { governanceOf } from '../admission.ts';
import type { Call, ExitCode } from '../command.ts';
import { steer } from '../session/steer.ts';

/** Lets a paused session go on; its jobs have kept their places. */
export async function run(call: Call): Promise<ExitCode> {
  const governance = await governanceOf(call.root, call.spec);
  return steer(call, 'resume', (engine, session_id) => engine.resume(session_id), governance);
}
