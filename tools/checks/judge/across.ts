import type { TreeFacts } from '../../artifacts/index.ts';
import type { Finding } from '../../findings/index.ts';
import { runRules } from './run-rules.ts';

/** What the rules say of documents that contradict each other. */
export function checkAcross(tree: TreeFacts, specVersion: string | undefined): Finding[] {
  return runRules('tree', tree.folder, [tree], { specVersion });
}
