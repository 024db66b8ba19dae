import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import { commitSnapshot, GitError, gitFolderAt, indexSnapshot, runGit } from '../../snapshot/index.ts';

/**
 * Git may commit to another repository than the one that encloses the work tree (`GIT_DIR`, `--git-dir`). What is
 * staged there is not what is read here, and a gate that judged the wrong index would pass having seen nothing.
 */
export async function expectOwnRepository(root: string, cwd: string): Promise<void> {
  const named = process.env.GIT_DIR;
  if (named === undefined || named === '') return;
  const own = await gitFolderAt(root);
  if (own !== undefined && real(own) === real(resolve(cwd, named))) return;
  throw new UsageError(
    `this commit goes to the repository ${resolve(cwd, named)}, but ${root} ${own === undefined ? 'has none of its own' : `belongs to ${own}`}: nothing was checked`,
  );
}

/**
 * Is there anything to govern on this branch? One from before the tree was adopted has nothing in HEAD, in the
 * index or on disk. Where one of the three has it, what is staged is judged: taking the tree away is no way out.
 */
export async function isGoverned(root: string): Promise<boolean> {
  if (existsSync(join(root, '.GOV'))) return true;
  if (await isStaged(root)) return true;
  if (await isUnborn(root)) return false;
  return (await (await commitSnapshot(root, 'HEAD')).list(TREE)).length > 0;
}

const TREE = ['.GOV', '.GOV/**'];

/** Does the index hold anything of the tree? */
export async function isStaged(root: string): Promise<boolean> {
  return (await (await indexSnapshot(root)).list(TREE)).length > 0;
}

async function isUnborn(root: string): Promise<boolean> {
  const head = await runGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch((error: unknown) => {
    if (error instanceof GitError) return '';
    throw error;
  });
  return head.trim() === '';
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
