import { foldLedger, type LedgerFacts } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import type { Dossier } from '../dossier.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';

export interface SettleInput {
  /** Hash of the head that is kept, or how it begins. */
  keep?: string | undefined;
  reason?: string | undefined;
}

/** Words add up, whichever head they follow; of steps only one line counts. */
const WORDS = new Set(['attest', 'confirm', 'claim', 'waive', 'undo', 'settle']);

/** Two heads that compete become one: an entry that names all of them, and says which line of steps goes on. */
export function planSettle(dossier: Dossier, by: By, { keep, reason }: SettleInput): StepPlan {
  const { wpId, tree } = dossier;
  const plan = emptyPlan('settle', wpId);
  plan.unmet.push(...commonUnmet(dossier, 'settle', by));
  const own = tree.ledger.filter((entry) => entry.wpId === wpId);
  const fold = foldLedger(own);
  const { heads } = fold;
  const place = linePlace(`${tree.folder}/ledger/${wpId}`, 1);
  if (heads.length < 2) {
    plan.done = own.length === 0 ? `${wpId} has no ledger` : `the ledger of ${wpId} has one head`;
    return finished(plan);
  }
  const lines = heads.map((head) => ({ head, steps: stepsOnlyUnder(head, heads, own) }));
  const rivals = lines.filter(({ steps }) => steps.length > 0);
  const named = keep === undefined ? [] : heads.filter(({ hash }) => hash.startsWith(keep));
  const told = lines.map(
    ({ head, steps }) =>
      `${head.hash.slice(0, 12)} (${[...steps.map(({ kind }) => kind), head.kind].join(', ')} of ${head.time ?? 'no time'})`,
  );
  if (keep !== undefined && named.length !== 1) {
    const message = `Unexpected head "${keep}", expected one of ${told.join('; ')}`;
    plan.unmet.push(unmet('settle', 'NO_SUCH_HEAD', place, message));
  } else if (keep === undefined && rivals.length > 1) {
    const message = `Unexpected ${rivals.length} lines of steps, expected --keep with the head of the one that goes on: ${told.join('; ')}`;
    plan.unmet.push(unmet('settle', 'WHICH_HEAD', place, message));
  }
  if (plan.unmet.length > 0) return finished(plan);
  const kept = named[0] ?? rivals[0]?.head ?? heads[0]!;
  record(plan, { ...dossier, fold }, by, {
    kind: 'settle',
    data: { keep: kept.hash, ...(reason !== undefined && { reason }) },
  });
  plan.said.push(
    `settled ${heads.length} heads; the steps of ${kept.hash.slice(0, 12)} go on, and the words of all`,
  );
  return finished(plan);
}

/** Steps that come before this head and before none of the others. */
function stepsOnlyUnder(
  head: LedgerFacts,
  heads: readonly LedgerFacts[],
  all: readonly LedgerFacts[],
): LedgerFacts[] {
  const byHash = new Map(all.map((entry) => [entry.hash, entry]));
  const under = (from: LedgerFacts): Set<string> => {
    const found = new Set<string>();
    const open = [from.hash];
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      if (found.has(hash)) continue;
      found.add(hash);
      open.push(...(byHash.get(hash)?.parents ?? []));
    }
    return found;
  };
  const others = heads.filter((other) => other !== head).map(under);
  return [...under(head)].flatMap((hash) => {
    const entry = byHash.get(hash);
    const shared = others.some((other) => other.has(hash));
    return entry === undefined || shared || WORDS.has(entry.kind) ? [] : [entry];
  });
}
