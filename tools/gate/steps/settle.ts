import { foldLedger, isWord, type LedgerFacts, reachedFrom } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import type { Dossier } from '../dossier.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';

export interface SettleInput {
  /** Hash of the head that is kept, or how it begins. */
  keep?: string | undefined;
  reason?: string | undefined;
}

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
  const lines = linesOf(heads, own);
  const all = new Set(lines.flatMap(({ steps }) => [...steps]));
  // One that has the steps of all the others contradicts none of them.
  const whole = lines.find(({ steps }) => steps.size === all.size);
  const named = lines.filter(({ head }) => keep !== undefined && head.hash.startsWith(keep.toLowerCase()));
  const told = lines.map((line) => tellLine(line, lines, own)).join('; ');
  if (keep !== undefined && (named.length !== 1 || keep === '')) {
    const message = `Unexpected head "${keep}"${named.length > 1 ? ' of several' : ''}, expected one of ${told}`;
    plan.unmet.push(unmet('settle', 'NO_SUCH_HEAD', place, message));
  } else if (keep === undefined && whole === undefined) {
    const message = `Unexpected ${lines.length} lines of steps, expected --keep with the head of the one that goes on: ${told}`;
    plan.unmet.push(unmet('settle', 'WHICH_HEAD', place, message));
  }
  const kept = (named[0] ?? whole)?.head;
  if (plan.unmet.length > 0 || kept === undefined) return finished(plan);
  record(plan, { ...dossier, fold }, by, {
    kind: 'settle',
    data: { keep: kept.hash, ...(reason !== undefined && { reason }) },
  });
  plan.said.push(
    `settled ${heads.length} heads; the steps of ${kept.hash.slice(0, 12)} go on, and the words of all`,
  );
  return finished(plan);
}

interface Line {
  head: LedgerFacts;
  /** Hashes of the steps that it ends. */
  steps: ReadonlySet<string>;
}

function linesOf(heads: readonly LedgerFacts[], all: readonly LedgerFacts[]): Line[] {
  const byHash = new Map(all.map((entry) => [entry.hash, entry]));
  return heads.map((head) => {
    const under = [head.hash, ...reachedFrom(head.hash, (hash) => byHash.get(hash)?.parents ?? [])];
    const steps = under.filter((hash) => {
      const entry = byHash.get(hash);
      return entry !== undefined && !isWord(entry, byHash);
    });
    return { head, steps: new Set(steps) };
  });
}

/** A head with the steps that not all of them share, the earliest first. */
function tellLine({ head, steps }: Line, lines: readonly Line[], all: readonly LedgerFacts[]): string {
  const own = all
    .filter(({ hash }) => steps.has(hash) && lines.some((other) => !other.steps.has(hash)))
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ kind }) => kind);
  const what = own.length > 0 ? own.join(', ') : head.kind;
  return `${head.hash.slice(0, 12)} (${what} of ${head.time ?? 'no time'})`;
}
