import { lstat, readdir, realpath, rmdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import { askGit, GitError, gitFolderAt, runGit, type Worktree, worktreesOf } from '../../snapshot/index.ts';
import type { GitAction, Journal } from './journal.ts';

/** What HEAD is here. */
export async function headOf(root: string): Promise<Pick<Journal, 'head' | 'branch'>> {
  const head = (await askGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])).trim();
  const branch = (await askGit(root, ['symbolic-ref', '--quiet', '--short', 'HEAD'])).trim();
  return { head: head || null, branch: branch || null };
}

/** Does what is not done yet; what is there already as it is to be is left alone. */
export async function doGit(root: string, action: GitAction): Promise<void> {
  switch (action.kind) {
    case 'branch':
      return makeBranch(root, action.name, action.at);
    case 'worktree':
      return addWorktree(root, action.path, action.branch);
    case 'remove-worktree': {
      const { folder, known } = await worktreeAt(root, action.path);
      // Without --force git refuses where work would be lost.
      if (known !== undefined) await runGit(root, ['worktree', 'remove', '--', folder]);
      return;
    }
    case 'remove-branch': {
      const at = await commitOf(root, action.name);
      if (at === undefined) return;
      if (at !== action.at)
        throw new UsageError(`the branch ${action.name} has commits of its own, and is not taken away`);
      await runGit(root, ['branch', '-D', '--end-of-options', action.name]);
    }
  }
}

/** Is nothing left to do? */
export async function isDone(root: string, action: GitAction): Promise<boolean> {
  switch (action.kind) {
    case 'branch':
      return (await commitOf(root, action.name)) !== undefined;
    case 'worktree': {
      const { known } = await worktreeAt(root, action.path);
      return known !== undefined && !isUnfinished(known) && known.branch === action.branch;
    }
    case 'remove-worktree':
      return (await worktreeAt(root, action.path)).known === undefined;
    case 'remove-branch':
      return (await commitOf(root, action.name)) === undefined;
  }
}

/** The commit of a local branch. */
export async function commitOf(root: string, branch: string): Promise<string | undefined> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/heads/${branch}^{commit}`];
  return (await askGit(root, asked)).trim() || undefined;
}

/** One that is there and goes on from `at` is that branch: somebody may have worked on it since. */
async function makeBranch(root: string, name: string, at: string): Promise<void> {
  const there = await commitOf(root, name);
  if (there === undefined) {
    await runGit(root, ['branch', '--no-track', '--end-of-options', name, at]);
    return;
  }
  const wanted = (
    await askGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${at}^{commit}`])
  ).trim();
  const base = wanted === '' ? '' : (await askGit(root, ['merge-base', wanted, there])).trim();
  if (wanted === '' || base !== wanted)
    throw new UsageError(
      `the branch ${name} is there already (${there.slice(0, 12)}), expected one that goes on from ${at.slice(0, 12)}`,
    );
}

async function worktreeAt(
  root: string,
  path: string,
): Promise<{ folder: string; known: Worktree | undefined }> {
  const folder = resolve(await realpath(root), path);
  return { folder, known: (await worktreesOf(root)).find((tree) => tree.path === folder) };
}

/** Git was stopped while it made this one, or somebody took its folder away. */
function isUnfinished({ lock, prunable }: Worktree): boolean {
  return lock === 'initializing' || prunable;
}

async function addWorktree(root: string, path: string, branch: string): Promise<void> {
  const { folder, known } = await worktreeAt(root, path);
  if (known !== undefined && (!isUnfinished(known) || (await isCheckedOut(known)))) {
    if (known.branch !== branch)
      throw new UsageError(`${path} is a worktree of ${known.branch ?? 'no branch'}, expected ${branch}`);
    if (known.lock === 'initializing') await runGit(root, ['worktree', 'unlock', folder]);
    return;
  }
  const elsewhere = (await worktreesOf(root)).find((tree) => tree.branch === branch && tree.path !== folder);
  if (elsewhere !== undefined)
    throw new UsageError(`${branch} is checked out in ${elsewhere.path}, expected it in ${path} alone`);
  if (known !== undefined)
    await runGit(root, ['worktree', 'remove', '--force', '--force', folder]).catch(onlyGit);
  const there = await lstat(folder).catch(() => undefined);
  if (there !== undefined) {
    const empty = there.isDirectory() && (await readdir(folder)).length === 0;
    if (!empty) throw new UsageError(`${path} is there already, and is no worktree of ${branch}`);
    await rmdir(folder);
  }
  // What git was stopped in may be so little that it cannot be removed, but only be written over.
  const over = known === undefined ? [] : ['--force', '--force'];
  await runGit(root, ['worktree', 'add', '--quiet', ...over, '--', folder, branch]);
}

/** The index is the last that git writes: with it somebody may have worked there, without it nobody could. */
async function isCheckedOut({ path, prunable }: Worktree): Promise<boolean> {
  const own = prunable ? undefined : await gitFolderAt(path);
  if (own === undefined) return false;
  return stat(join(own, 'index')).then(
    () => true,
    () => false,
  );
}

function onlyGit(error: unknown): void {
  if (!(error instanceof GitError)) throw error;
}
