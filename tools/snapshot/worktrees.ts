import { realpath } from 'node:fs/promises';
import { askGit } from './ask-git.ts';

/** One working tree of the repository. */
export interface Worktree {
  /** Absolute, links resolved. */
  path: string;
  head?: string;
  /** Short name; absent where HEAD is detached. */
  branch?: string;
  /** Why it is locked: `initializing` while git is making it. */
  lock?: string;
  /** Its folder is gone. */
  prunable: boolean;
}

/** Every working tree of the repository around `root`, the main one first. */
export async function worktreesOf(root: string): Promise<Worktree[]> {
  const listing = await askGit(root, ['worktree', 'list', '--porcelain', '-z']);
  const trees: Worktree[] = [];
  for (const record of listing.split('\0\0')) {
    const values = new Map(
      record.split('\0').map((line) => {
        const at = line.indexOf(' ');
        return at < 0 ? ([line, ''] as const) : ([line.slice(0, at), line.slice(at + 1)] as const);
      }),
    );
    const path = values.get('worktree');
    if (path === undefined) continue;
    const [head, branch, lock] = [values.get('HEAD'), values.get('branch'), values.get('locked')];
    trees.push({
      path: await realpath(path).catch(() => path),
      ...(head !== undefined && { head }),
      ...(branch !== undefined && { branch: branch.replace(/^refs\/heads\//, '') }),
      ...(lock !== undefined && { lock }),
      prunable: values.has('prunable'),
    });
  }
  return trees;
}
