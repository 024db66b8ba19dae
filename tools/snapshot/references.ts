import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../findings/index.ts';
import { askGit } from './ask-git.ts';
import { gitFolderAt } from './git-folder.ts';

/** The commits that what is staged will follow: none before the first, several while a merge is going on. */
export async function parentCommits(root: string): Promise<string[]> {
  const head = await commitOf(root, 'HEAD');
  if (head === undefined) return [];
  const folder = await gitFolderAt(root);
  const merged =
    folder === undefined ? '' : await readFile(join(folder, 'MERGE_HEAD'), 'utf8').catch(() => '');
  return [head, ...merged.split(/\r?\n/).filter((line) => /^[0-9a-f]{40,64}$/.test(line))];
}

/** The commit that two revisions both follow. Throws a UsageError where that cannot be proven here. */
export async function mergeBase(root: string, revision: string, tip: string): Promise<string> {
  const commits: string[] = [];
  for (const name of [revision, tip]) {
    if (name === '' || name.startsWith('-')) throw new UsageError(`"${name}" is no revision`);
    const commit = await commitOf(root, name);
    if (commit === undefined) throw await unproven(root, `"${name}" is no revision of this repository`);
    commits.push(commit);
  }
  const base = (await askGit(root, ['merge-base', ...commits])).trim();
  if (/^[0-9a-f]{40,64}$/.test(base)) return base;
  throw await unproven(root, `${revision} and ${tip} have no commit in common here`);
}

/** Where work branches off, the first that is here. */
const BASE_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** The branch that this one will be merged into: what the remote says, else by its usual name. */
export async function baseBranch(root: string): Promise<string | undefined> {
  if ((await commitOf(root, 'HEAD')) === undefined) return undefined;
  for (const name of BASE_BRANCHES) {
    const space = name.startsWith('origin/') ? 'refs/remotes/' : 'refs/heads/';
    if ((await commitOf(root, space + name)) !== undefined) return name;
  }
  return undefined;
}

async function commitOf(root: string, revision: string): Promise<string | undefined> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  return (await askGit(root, asked)).trim() || undefined;
}

/** "Cannot prove" is never "nothing new". */
async function unproven(root: string, why: string): Promise<UsageError> {
  const shallow = (await askGit(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  return new UsageError(
    shallow
      ? `cannot prove what is new: ${why}, and this clone is shallow (git fetch --unshallow brings the rest)`
      : `cannot prove what is new: ${why}`,
  );
}
