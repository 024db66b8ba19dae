import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import {
  commitSnapshot,
  GitError,
  gitFolderAt,
  indexSnapshot,
  runGit,
  type Snapshot,
  worktreeSnapshot,
} from '../../snapshot/index.ts';
import { loadSettings } from '../load.ts';
import { folderOf } from '../tree.ts';

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

export interface Governed {
  /** The governance folder. */
  folder: string;
  /** Does this branch have one? */
  there: boolean;
}

/**
 * Is there anything to govern on this branch? One from before the tree was adopted has nothing on disk, in the
 * index or in HEAD, each looked through in the folder that its own configuration names. Where one of the three has
 * it, what is staged is judged: taking the tree away, or to another folder, is no way out.
 */
export async function governedIn(root: string): Promise<Governed> {
  const onDisk = await folderOf(worktreeSnapshot(root));
  if (existsSync(join(root, onDisk))) return { folder: onDisk, there: true };
  const { folder, there } = await stagedIn(root);
  if (there) return { folder, there };
  if (await isUnborn(root)) return { folder, there };
  const head = await commitSnapshot(root, 'HEAD');
  const committed = await folderOf(head);
  return (await holds(head, committed)) ? { folder: committed, there: true } : { folder, there: false };
}

/** The same of the index alone. */
export async function stagedIn(root: string): Promise<Governed> {
  const index = await indexSnapshot(root);
  const folder = (await loadSettings(index)).layout.folder;
  return { folder, there: await holds(index, folder) };
}

async function holds(snapshot: Snapshot, folder: string): Promise<boolean> {
  return (await snapshot.list([folder, `${folder}/**`])).length > 0;
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
