import { lstat, readdir, realpath, rmdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import { GitError, runGit, worktreesOf } from '../../snapshot/index.ts';
import type { GitAction, Journal } from './journal.ts';

/** What HEAD is here. */
export async function headOf(root: string): Promise<Pick<Journal, 'head' | 'branch'>> {
  const ask = (args: string[]): Promise<string> => runGit(root, args).catch(noneIfGit);
  const head = (await ask(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])).trim();
  const branch = (await ask(['symbolic-ref', '--quiet', '--short', 'HEAD'])).trim();
  return { head: head || null, branch: branch || null };
}

function noneIfGit(error: unknown): string {
  if (error instanceof GitError) return '';
  throw error;
}

/** Does what is not done yet; what is there already as it is to be is left alone. */
export async function doGit(root: string, action: GitAction): Promise<void> {
  switch (action.kind) {
    case 'branch': {
      if ((await commitOf(root, action.name)) !== undefined) return;
      await runGit(root, ['branch', '--no-track', '--end-of-options', action.name, action.at]);
      return;
    }
    case 'worktree':
      return addWorktree(root, action.path, action.branch);
    case 'remove-worktree':
      return removeWorktree(root, action.path);
    case 'remove-branch': {
      const at = await commitOf(root, action.name);
      if (at === undefined) return;
      if (at !== action.at)
        throw new UsageError(`the branch ${action.name} has commits of its own, and is not taken away`);
      await runGit(root, ['branch', '-D', '--end-of-options', action.name]);
    }
  }
}

/** The commit of a local branch. */
export async function commitOf(root: string, branch: string): Promise<string | undefined> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `refs/heads/${branch}^{commit}`];
  return (await runGit(root, asked).catch(noneIfGit)).trim() || undefined;
}

async function addWorktree(root: string, path: string, branch: string): Promise<void> {
  const folder = resolve(await realpath(root), path);
  const known = (await worktreesOf(root)).find((tree) => tree.path === folder);
  if (known !== undefined && known.lock !== 'initializing' && !known.prunable) {
    if (known.branch === branch) return;
    throw new UsageError(`${path} is a worktree of ${known.branch ?? 'no branch'}, expected ${branch}`);
  }
  // One that git was stopped in the middle of is no worktree yet.
  if (known !== undefined)
    await runGit(root, ['worktree', 'remove', '--force', '--force', folder]).catch(noneIfGit);
  const there = await lstat(folder).catch(() => undefined);
  if (there !== undefined) {
    const empty = there.isDirectory() && (await readdir(folder)).length === 0;
    if (!empty) throw new UsageError(`${path} is there already, and is no worktree of ${branch}`);
    await rmdir(folder);
  }
  await runGit(root, ['worktree', 'add', '--quiet', '--', folder, branch]);
}

async function removeWorktree(root: string, path: string): Promise<void> {
  const folder = resolve(await realpath(root), path);
  const known = (await worktreesOf(root)).find((tree) => tree.path === folder);
  // Without --force git refuses where work would be lost.
  if (known !== undefined) await runGit(root, ['worktree', 'remove', '--', folder]);
}
