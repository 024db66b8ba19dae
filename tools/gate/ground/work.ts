import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { askGit, GitError, worktreesOf } from '../../snapshot/index.ts';
import { count } from '../../text/index.ts';

export interface Prepared {
  branch: string;
  /** From the root. */
  worktree: string;
  /** The commit that the branch began at. */
  base: string;
  /** What was there before, and stays. */
  found?: readonly ('branch' | 'worktree')[] | undefined;
}

/** What would be lost, or is in use, if a branch and its worktree went: commits, changed files, whoever is in it. */
export async function workIn(
  root: string,
  { branch, worktree, base, found: stays = [] }: Prepared,
): Promise<string[]> {
  const own = await realpath(root);
  const folder = resolve(own, worktree);
  const found: string[] = [];
  const commit = await ask(root, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`]);
  if (commit !== '' && commit !== base && !stays.includes('branch')) {
    const commits = await ask(root, ['rev-list', '--count', `${base}..${commit}`]);
    found.push(
      Number(commits) > 0
        ? `${branch} has ${count(Number(commits), 'commit')} of its own`
        : `${branch} is at ${commit.slice(0, 12)}, and began at ${base.slice(0, 12)}`,
    );
  }
  for (const tree of await worktreesOf(root)) {
    if (tree.path !== folder || stays.includes('worktree')) {
      if (tree.branch === branch && !stays.includes('branch'))
        found.push(`${branch} is checked out in ${tree.path}`);
      continue;
    }
    if (tree.prunable) continue;
    if (tree.path === own) found.push(`${worktree} is where this was asked`);
    if (tree.branch !== branch)
      found.push(`${worktree} has ${tree.branch ?? 'no branch'}, and not ${branch}`);
    if (tree.lock !== undefined) found.push(`${worktree} is locked`);
    const status = await ask(tree.path, ['status', '--porcelain', '--untracked-files=all']);
    const files = status === '' ? 0 : status.split('\n').length;
    if (files > 0)
      found.push(`${worktree} has ${count(files, 'file')} that ${files === 1 ? 'is' : 'are'} not committed`);
  }
  return found;
}

async function ask(root: string, args: string[]): Promise<string> {
  try {
    return (await askGit(root, args)).trim();
  } catch (error) {
    if (error instanceof GitError) return '';
    throw error;
  }
}
