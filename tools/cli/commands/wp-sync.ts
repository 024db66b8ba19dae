import { planSync } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { runStep } from '../wp/step.ts';

/** Board, registry, audit and stubs as the ledger has them. */
export async function run(call: Call): Promise<ExitCode> {
  return runStep(call, { plan: ({ tree }) => planSync(tree), asks: 'gov wp sync' });
}
