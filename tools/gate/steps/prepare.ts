import { lastOf } from '../../artifacts/index.ts';
import { type Finding, linePlace, UsageError } from '../../findings/index.ts';
import type { Dossier } from '../dossier.ts';
import { judgeSignature } from '../items/signature.ts';
import { isSettled } from '../model.ts';
import type { GitAction } from '../transaction/journal.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';

export interface PrepareInput {
  coder: string;
  branch: string;
  /** From the root: `../wt-WP-1-Demo-v1`. */
  worktree: string;
  /** The commit that the branch begins at. */
  base: string;
}

/** Branch, worktree and coder, after the signature that they are for. */
export function planPrepare(dossier: Dossier, by: By, input: PrepareInput): StepPlan {
  const { wpId, fold, refinementPath } = dossier;
  const { coder, branch, worktree, base } = input;
  const plan = emptyPlan('prepare', wpId);
  plan.unmet.push(...commonUnmet(dossier, 'prepare', by));
  const prepared = lastOf(fold, 'prepare');
  const git = worktreeActions(dossier, input);
  if (prepared !== undefined && prepared.data.branch === branch && git.length === 0) {
    plan.done = `${branch} is prepared in ${prepared.data.worktree} for ${prepared.data.coder}`;
    return finished(plan);
  }
  const signature = judgeSignature(dossier);
  if (lastOf(fold, 'sign') === undefined || !isSettled(signature.state)) {
    const why = signature.evidence[0]?.detail ?? 'nothing recorded yet';
    const message = `Unexpected preparation, expected a signature that holds first: ${why}`;
    plan.unmet.push(unmet('prepare', 'NOT_SIGNED', linePlace(refinementPath, 1), message));
  }
  plan.unmet.push(...worktreeUnmet(dossier, input));
  if (plan.unmet.length > 0) return finished(plan);
  plan.git.push(...git);
  const found = (['branch', 'worktree'] as const).filter((kind) =>
    git.every((action) => action.kind !== kind),
  );
  const data = { coder, branch, worktree, base, ...(found.length > 0 && { found }) };
  record(plan, dossier, by, { kind: 'prepare', data });
  plan.said.push(`prepared ${branch} in ${worktree} for ${coder}`);
  return finished(plan);
}

/** What git has to make of branch and worktree; nothing where both are there. */
export function worktreeActions({ ground }: Dossier, { branch, worktree, base }: PrepareInput): GitAction[] {
  const actions: GitAction[] = [];
  if (ground.branches?.has(branch) !== true) actions.push({ kind: 'branch', name: branch, at: base });
  if (!ground.worktrees.some((tree) => tree.branch === branch))
    actions.push({ kind: 'worktree', path: worktree, branch });
  return actions;
}

/** Where neither may be made. */
export function worktreeUnmet(
  { ground, tree, wpId }: Dossier,
  { branch, worktree }: PrepareInput,
): Finding[] {
  const place = linePlace(`${tree.folder}/ledger/${wpId}`, 1);
  const found: Finding[] = [];
  const taken = ground.worktrees.find((other) => other.path === worktree);
  if (ground.branches === undefined)
    found.push(
      unmet(
        'prepare',
        'NO_REPOSITORY',
        place,
        'Unexpected folder without a repository of its own, expected one (git init)',
      ),
    );
  if (taken !== undefined && taken.branch !== branch) {
    const has = taken.branch ?? 'no branch';
    found.push(
      unmet(
        'prepare',
        'WORKTREE_TAKEN',
        place,
        `Unexpected worktree ${worktree} of ${has}, expected one of ${branch}`,
      ),
    );
  }
  return found;
}

/** A branch name that git takes, and that is no option. */
export function branchFrom(text: string): string {
  const wrong = /\.\.|\/\/|@\{|\.lock(?:\/|$)|[./]$|^\/|\/\.|^HEAD$/;
  if (/^[A-Za-z0-9_][\w./+-]{0,199}$/.test(text) && !wrong.test(text)) return text;
  throw new UsageError(`${JSON.stringify(text)} is no branch name, expected one such as feat/WP-1-Demo-v1`);
}

/** A folder beside the repository: `../wt-WP-1-Demo-v1`, and nothing further away (governance-grammar 5.1 #13). */
export function worktreeFrom(text: string): string {
  if (/^\.\.\/[A-Za-z0-9_][\w.-]{0,199}$/.test(text)) return text;
  throw new UsageError(
    `${JSON.stringify(text)} is no worktree, expected a folder beside the repository such as ../wt-WP-1-Demo-v1`,
  );
}

export function coderFrom(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/.test(text)) return text;
  throw new UsageError(`${JSON.stringify(text)} is no coder, expected a name such as Coder-A`);
}
