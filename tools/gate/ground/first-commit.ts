import { askGit } from '../../snapshot/index.ts';

/**
 * The commits that a history begins with: they name the repository. The edge of a shallow clone looks like one to
 * `git rev-list`, and has a parent all the same: it would name another repository in each clone.
 */
export async function rootCommits(root: string, tip = 'HEAD', ...how: readonly string[]): Promise<string[]> {
  const listed = await askGit(root, ['rev-list', '--max-parents=0', ...how, tip, '--']).catch(() => '');
  const commits = listed.split('\n').filter(Boolean).sort();
  const raw = await Promise.all(commits.map((commit) => askGit(root, ['cat-file', 'commit', commit])));
  return commits.filter((_, at) => !/^parent /m.test(raw[at]!.split('\n\n', 1)[0]!));
}

/**
 * The commit that this repository began with, along its own line: a history that was merged in is another one's.
 * Undefined before the first commit, and in a clone that is too shallow to have it.
 */
export async function firstCommit(root: string): Promise<string | undefined> {
  return (await rootCommits(root, 'HEAD', '--first-parent'))[0];
}
