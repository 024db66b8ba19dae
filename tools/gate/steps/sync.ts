import { type GovTree, renderTree } from '../../artifacts/index.ts';
import { emptyPlan, finished, type StepPlan, unmet } from './plan.ts';

/** Every rendering that drifted, as the ledger has it: what stands there, and which entry owns the truth. */
export function planSync(tree: GovTree): StepPlan {
  const plan = emptyPlan('sync', '');
  const { writes, drift, missing } = renderTree(tree);
  for (const { place, found, expected } of missing)
    plan.unmet.push(
      unmet('sync', 'NOWHERE_TO_RECORD', place, `Unexpected ${found}, expected ${expected} to record in`),
    );
  for (const [path, text] of writes) plan.writes.set(path, text);
  for (const { wpId, place, found, expected, owner } of drift)
    plan.said.push(`${place.file}:${place.line}  ${wpId}: said ${found}; ${expected} by ${owner}`);
  if (writes.size === 0) plan.done = 'every rendering is as the ledger has it';
  return finished(plan);
}
