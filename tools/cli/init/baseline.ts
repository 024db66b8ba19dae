import { printBaseline } from '../../checks/index.ts';
import { plannedSnapshot, worktreeSnapshot } from '../../snapshot/index.ts';
import { planAdoption, total } from '../check/adopt.ts';
import { readPolicy } from '../check/policy.ts';
import type { Call } from '../command.ts';
import type { Step } from './plan.ts';

/**
 * The step that takes what is wrong with the tree into a baseline, as it will be once the other steps are done:
 * without it the first commit of a legacy tree would be refused for what was always so. None where nothing is
 * wrong, or where a baseline is there.
 */
export async function baselineSteps(call: Call, steps: readonly Step[]): Promise<Step[]> {
  const created = steps.flatMap((step): [string, string][] =>
    step.action === 'create' ? [[step.path, step.text]] : [],
  );
  const snapshot = plannedSnapshot(worktreeSnapshot(call.root), new Map(created));
  const target = { snapshot, policy: snapshot };
  const { path, entries, kept } = await planAdoption(call, target, await readPolicy(target));
  if (entries !== undefined || kept.length === 0) return [];
  return [{ action: 'create', path, text: printBaseline(kept), adopted: total(kept) }];
}
