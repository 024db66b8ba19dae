// Which run acts next, and what its messages look like.
import type { Action } from './operators.ts';
import type { Random } from './random.ts';
import type { Run, World } from './world.ts';

export const HASH = '5'.repeat(64);
export const REF = `sha256:${HASH}`;
/** How far back the world looks for what may still go on, or be delivered again. */
export const SPAN = 50;

/** One that is executed now; in a few cases one whose process has died, or that was over long ago. */
function anyRun({ random, runs }: World): Run | undefined {
  if (runs.length === 0) return undefined;
  const recent = runs.slice(-SPAN).filter((run) => !run.over && run.boot.alive);
  if (recent.length > 0 && random.chance(95)) return random.pick(recent);
  return random.pick(runs);
}

export const onRun =
  (act: (world: World, run: Run) => Promise<void>): Action['act'] =>
  async (world) => {
    const run = anyRun(world);
    if (run) await act(world, run);
  };

export const keyOf = ({ job_id, run_epoch }: Run) => ({ job_id, run_epoch });

export const message = (
  random: Random,
  role: 'ASSISTANT' | 'TOOL_CALL' | 'TOOL_RESULT',
  tool_call_id: string | null = null,
) => ({
  role,
  content_hash: HASH,
  content_artifact_id: REF,
  token_count: random.chance(50) ? random.below(9) : null,
  tool_call_id,
});
