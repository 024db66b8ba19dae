import { allOf, lastOf, type TypedEntry } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import type { Dossier } from '../dossier.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';
import { takenBack } from './taken-back.ts';

export interface UndoInput {
  /** Hash of the entry, or how it begins; the last that counts, where none is named. */
  entry?: string | undefined;
  reason?: string | undefined;
  /** What is done on branch and worktree of the step, if it made them: {@link workIn}. */
  work?: readonly string[] | undefined;
}

/** Words may be taken back whenever; a step only while it is the last, since the next one rests on it. */
const WORDS = new Set(['attest', 'confirm', 'claim', 'waive']);
const NEVER = new Set(['undo', 'settle', 'revise']);

/** Takes back one entry and what it wrote. The entry itself stays: what was recorded is never unwritten. */
export function planUndo(dossier: Dossier, by: By, { entry: wanted, reason, work }: UndoInput): StepPlan {
  const { wpId, fold, tree } = dossier;
  const plan = emptyPlan('undo', wpId);
  plan.unmet.push(...commonUnmet(dossier, 'undo', by));
  // Of a chain that is broken nothing counts, and there is nothing to choose from.
  if (plan.unmet.some(({ args }) => args.code === 'LEDGER_BROKEN')) return finished(plan);
  const [target, ...others] = undoTargets(dossier, wanted);
  const gone =
    target === undefined && wanted !== undefined
      ? allOf(fold, 'undo').find(({ data }) => data.undoes.startsWith(wanted))
      : undefined;
  if (gone !== undefined) {
    plan.done = `${gone.data.undoes.slice(0, 12)} was taken back at ${gone.time}`;
    return finished(plan);
  }
  if (target === undefined || others.length > 0) {
    const place = linePlace(`${tree.folder}/ledger/${wpId}`, 1);
    const expected = `Unexpected undo, expected an entry that counts: ${whyNone(dossier, wanted, [target, ...others])}`;
    plan.unmet.push(unmet('undo', 'NOTHING_TO_UNDO', place, expected));
    return finished(plan);
  }
  const at = linePlace(target.path, 1);
  const refuse = (code: string, message: string): void => {
    plan.unmet.push(unmet('undo', code, at, message));
  };
  const steps = fold.entries.filter(
    ({ kind }) => !WORDS.has(kind) && (!NEVER.has(kind) || kind === 'revise'),
  );
  const later = steps.slice(steps.indexOf(target) + 1).map(({ kind }) => kind);
  if (NEVER.has(target.kind))
    refuse('NOT_UNDOABLE', `Unexpected undo of "${target.kind}", expected a step or a word: this one stays`);
  else if (!WORDS.has(target.kind) && later.length > 0) {
    const made = lastOf(fold, 'create') !== undefined && lastOf(fold, 'revise') === undefined;
    const revised = lastOf(fold, 'revise')?.data.to;
    const way = made
      ? `take those back first, or go on with the next one (gov wp revise ${wpId} --reason TEXT)`
      : revised === undefined
        ? `take those back first (gov wp undo ${wpId})`
        : `it goes on as ${revised}`;
    refuse(
      'RESTED_ON',
      `Unexpected undo of "${target.kind}", expected the last step: ${later.join(', ')} ${later.length === 1 ? 'rests' : 'rest'} on it; ${way}`,
    );
  } else if (target.kind === 'stub' && target.data.revision_of !== undefined)
    refuse(
      'RESTED_ON',
      `Unexpected undo of "stub", expected one that nothing goes on as: ${target.data.revision_of} was revised to ${wpId}`,
    );
  for (const what of work ?? []) {
    refuse('WORKED_IN', `Unexpected undo of "${target.kind}", expected no work that would be lost: ${what}`);
  }
  const back = takenBack(dossier, target);
  plan.unmet.push(...back.unmet);
  if (plan.unmet.length > 0) return finished(plan);
  plan.git.push(...back.git);
  const data = { undoes: target.hash, ...(reason !== undefined && { reason }) };
  record(plan, dossier, by, { kind: 'undo', data }, back.documents);
  plan.said.push(`took back "${target.kind}" of ${target.time}`, ...back.said);
  return finished(plan);
}

/** The entry that is meant: none, or several, where nobody can say which. */
export function undoTargets({ fold }: Dossier, wanted: string | undefined): TypedEntry[] {
  const { entries } = fold;
  if (wanted === undefined)
    return entries.filter(({ kind }) => kind !== 'undo' && kind !== 'settle').slice(-1);
  return wanted === '' ? [] : entries.filter(({ hash }) => hash.startsWith(wanted.toLowerCase()));
}

function whyNone(
  { wpId, tree, fold }: Dossier,
  wanted: string | undefined,
  found: readonly (TypedEntry | undefined)[],
): string {
  if (wanted === undefined) return `${wpId} has nothing to take back`;
  if (found.length > 1)
    return `"${wanted}" begins ${found.map((each) => `${each!.hash.slice(0, 12)} (${each!.kind})`).join(', ')}`;
  const gone = tree.ledger.find(
    ({ wpId: id, hash }) => wanted !== '' && id === wpId && hash.startsWith(wanted.toLowerCase()),
  );
  if (gone === undefined) return `${wpId} has no entry "${wanted}"`;
  const undo = fold.entries.find((each) => each.kind === 'undo' && each.data.undoes === gone.hash);
  return undo === undefined
    ? `"${wanted}" (${gone.kind}) does not count`
    : `"${wanted}" (${gone.kind}) was taken back at ${undo.time}`;
}
