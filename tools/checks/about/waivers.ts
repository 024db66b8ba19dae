import { allOf, foldLedger, type TreeFacts } from '../../artifacts/index.ts';

/**
 * What the ledger of a work packet lets pass, by blocker: the last day of each waiver that was not taken back. A
 * rule has no clock, so that the same tree gives the same findings: whether the day is over is asked by the gate.
 */
export function waiversOf(tree: TreeFacts, wpId: string): ReadonlyMap<string, string> {
  const known = waivers.get(tree) ?? waiversNow(tree);
  waivers.set(tree, known);
  return known.get(wpId) ?? NONE;
}

const NONE: ReadonlyMap<string, string> = new Map();
const waivers = new WeakMap<TreeFacts, ReadonlyMap<string, ReadonlyMap<string, string>>>();

function waiversNow({ ledger }: TreeFacts): Map<string, ReadonlyMap<string, string>> {
  const ids = new Set(ledger.filter(({ kind }) => kind === 'waive').map(({ wpId }) => wpId));
  return new Map(
    [...ids].map((id) => {
      const fold = foldLedger(ledger.filter(({ wpId }) => wpId === id));
      return [id, new Map(allOf(fold, 'waive').map(({ data }) => [data.blocker, data.until]))];
    }),
  );
}
