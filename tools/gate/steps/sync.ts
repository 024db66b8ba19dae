import { brokenLedgers, type Drift, foldsOf, type GovTree, renderTree } from '../../artifacts/index.ts';
import { count } from '../../text/index.ts';
import { nextStep } from '../next.ts';
import { emptyPlan, finished, type StepPlan, unmet } from './plan.ts';

const NAMES: Readonly<Record<Drift['surface'], string>> = {
  board: 'the board',
  registry: 'the registry',
  audit: 'the audit',
  stub: 'the stub',
};

/** Every rendering that drifted, as the ledger has it: what stood there, and which entry owns the truth. */
export function planSync(tree: GovTree): StepPlan {
  const plan = emptyPlan('sync', '');
  const folds = foldsOf(tree);
  const { writes, drift, missing } = renderTree(tree, folds);
  for (const { place, message } of missing)
    plan.unmet.push(unmet('sync', 'NOWHERE_TO_RECORD', place, message));
  for (const [path, text] of writes) plan.writes.set(path, text);
  for (const { surface, wpId, place, found, expected, owner } of drift)
    plan.said.push(
      `${place.file}:${place.line}  ${wpId}: ${NAMES[surface]} said ${found}; ${expected} by ${owner}`,
    );
  // What a ledger that contradicts itself has, nobody can say.
  const left = [...brokenLedgers(tree)].map(
    (wpId) => `left ${wpId}: its entries do not hang together (${nextStep.status(wpId)})`,
  );
  plan.said.push(...left);
  if (writes.size === 0 && missing.length === 0)
    plan.done = [
      ...(folds.size > 0
        ? [
            `${count(folds.size, 'work packet')} with a ledger: board, registry, audit and stubs are as it has them`,
          ]
        : []),
      ...left,
    ].join('; ');
  if (plan.done === '')
    plan.done = `no work packet has a ledger under ${tree.folder}/ledger, and nothing is rendered of those without one`;
  return finished(plan);
}
