import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import {
  commitSnapshot,
  indexSnapshot,
  knownCommitSnapshot,
  mergeBase,
  parentCommits,
  type Snapshot,
  worktreeSnapshot,
} from '../../snapshot/index.ts';
import type { Scope } from './options.ts';

/** What is judged, and against what. */
export interface Target {
  snapshot: Snapshot;
  /** Undefined where the whole tree answers for itself; empty before the first commit. */
  references?: Snapshot[];
  /** What people call each of them: `HEAD`, `the merge base`. */
  referenceNames?: string[];
  /** Where configuration and baseline are read: nobody loosens the policy that judges his own change. */
  policy: Snapshot;
  /** The baseline may come in with this very change: it is a person's own commit, and not the gate of others. */
  mayAdopt?: boolean;
  /** What a changed file is called: `staged`, `changed since 1a2b3c4`. */
  changed?: string;
}

export async function targetOf(root: string, scope: Scope): Promise<Target> {
  if (scope.kind === 'worktree') {
    const snapshot = worktreeSnapshot(root);
    return { snapshot, policy: snapshot };
  }
  // Below the root of a repository its paths would not be ours.
  if (!existsSync(join(root, '.git'))) {
    const option = { staged: '--staged', since: '--changed-since', commit: '--rev' }[scope.kind];
    throw new UsageError(`${option} needs a git repository with its root at --root; ${root} is none`);
  }
  if (scope.kind === 'commit') {
    const snapshot = await commitSnapshot(root, scope.rev);
    return { snapshot, policy: snapshot };
  }
  if (scope.kind === 'staged') {
    const [snapshot, parents] = await Promise.all([indexSnapshot(root), parentCommits(root)]);
    const references = await Promise.all(parents.map((commit) => knownCommitSnapshot(root, commit)));
    const referenceNames = parents.map((commit, at) => (at === 0 ? 'HEAD' : commit.slice(0, 7)));
    // Before the first commit, and where this one brings the policy in, there is no other.
    const policy = references[0] ?? snapshot;
    return { snapshot, references, referenceNames, policy, mayAdopt: true, changed: 'staged' };
  }
  const { since, rev } = scope;
  const base = await mergeBase(root, since, rev ?? 'HEAD');
  const reference = await knownCommitSnapshot(root, base);
  const snapshot = rev === undefined ? worktreeSnapshot(root) : await commitSnapshot(root, rev);
  return {
    snapshot,
    references: [reference],
    referenceNames: ['the merge base'],
    policy: reference,
    changed: `changed since ${base.slice(0, 7)}`,
  };
}
