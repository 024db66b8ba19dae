import { UsageError } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { visible } from '../output.ts';
import { steer } from '../session/steer.ts';

/** The spec's list, without the one that recovery alone gives. */
const REASONS = ['operator', 'policy', 'budget'];

/** Holds one session; a run of it goes on to its next boundary. */
export async function run(call: Call): Promise<ExitCode> {
  const reason = value(call, 'reason') ?? 'operator';
  if (!REASONS.includes(reason))
    throw new UsageError(`--reason ${visible(reason)}: expected one of ${REASONS.join(', ')}`);
  return steer(call, 'pause', (engine, { session_id }) => engine.pause(session_id, reason));
}
