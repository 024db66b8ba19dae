import { relative, sep } from 'node:path';
import type { Layout } from '../../artifacts/index.ts';
import {
  askGit,
  blobSnapshots,
  GitError,
  type Snapshot,
  type Worktree,
  worktreeSnapshot,
} from '../../snapshot/index.ts';
import type { HeadState } from './head.ts';

/** Records that another state of the governance folder has, and that are not as HEAD has them. */
export interface OtherState {
  /** `refs/heads/feat/x`, `HEAD`, or the folder of a worktree. */
  where: string;
  /** By path from the root: the blob, where it is known. */
  files: ReadonlyMap<string, string | undefined>;
  /** Reads these files, and perhaps others. */
  snapshot: Snapshot;
}

interface Options {
  root: string;
  layout: Layout;
  worktrees: readonly Worktree[];
  /** The worktree that is asked in. */
  own: string;
  head: HeadState;
}

/** The documents that bear entries and signatures; of another state nothing else is looked at. */
const BEARERS = new Set<string | undefined>(['audit', 'gates', 'ledger', 'packet', 'refinement']);

/**
 * Every state that this tree is not: HEAD, where the tree differs from it, each branch here and of a remote, and what
 * lies on the disk of other worktrees. Git names what differs from HEAD for all branches at once: to read hundreds
 * of whole trees would take minutes.
 */
export async function otherStates(options: Options): Promise<{ states: OtherState[]; unread: string[] }> {
  const { root, layout, worktrees, own, head } = options;
  const snapshots = blobSnapshots(root);
  const states: OtherState[] = [];
  const bears = (path: string): boolean => BEARERS.has(layout.kindOf(path));
  const note = (where: string, files: ReadonlyMap<string, string>): void => {
    if (files.size > 0) states.push({ where, files, snapshot: snapshots(where, files) });
  };
  note('HEAD', new Map([...head.blobs].filter(([path]) => head.differs.has(path) && bears(path))));
  for (const [where, files] of await committedElsewhere(options, bears)) note(where, files);
  const unread: string[] = [];
  for (const { path, prunable } of worktrees) {
    if (path === own || prunable) continue;
    const where = relative(own, path).split(sep).join('/');
    const changed = await changedIn(path, layout.folder);
    if (changed === undefined) unread.push(where);
    const files = new Map(changed?.filter(bears).map((each) => [each, undefined]));
    if (files.size > 0) states.push({ where, files, snapshot: worktreeSnapshot(path) });
  }
  return { states, unread };
}

/** What branches have otherwise than HEAD, by where; of those that are in one state, the first. */
async function committedElsewhere(
  { root, layout, worktrees }: Options,
  bears: (path: string) => boolean,
): Promise<Map<string, ReadonlyMap<string, string>>> {
  const listing = await askGit(root, [
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    'refs/heads',
    'refs/remotes',
  ]);
  const refs = listing.split('\n').flatMap((line) => {
    const at = line.indexOf(' ');
    return at < 0 ? [] : [{ commit: line.slice(0, at), where: line.slice(at + 1) }];
  });
  // HEAD of a worktree may be on no branch.
  for (const { head, branch } of worktrees)
    if (branch === undefined && head !== undefined)
      refs.push({ commit: head, where: `commit ${head.slice(0, 12)}` });
  const asked = ['HEAD', ...refs.map(({ commit }) => commit)].map((commit) => `${commit}:${layout.folder}\n`);
  const answers = (await askGit(root, ['cat-file', '--batch-check'], asked.join(''))).split('\n');
  const trees = answers.map((line) => /^([0-9a-f]+) tree /.exec(line)?.[1]);
  const base = trees[0] ?? (await askGit(root, ['hash-object', '-t', 'tree', '--stdin'])).trim();
  const names = new Map<string, string>();
  for (const [index, { where }] of refs.entries()) {
    const tree = trees[index + 1];
    if (tree !== undefined && tree !== base && !names.has(tree)) names.set(tree, where);
  }
  if (names.size === 0) return new Map();
  const pairs = [...names.keys()].map((tree) => `${base} ${tree}\n`).join('');
  const differences = await askGit(
    root,
    ['diff-tree', '--stdin', '-r', '-z', '--no-renames', '--diff-filter=AMT'],
    pairs,
  );
  const found = new Map<string, Map<string, string>>();
  let files = new Map<string, string>();
  for (const [, tree, mode, blob, name] of differences.matchAll(DIFFERENCE)) {
    if (tree !== undefined) {
      files = new Map();
      found.set(names.get(tree)!, files);
    }
    const path = `${layout.folder}/${name}`;
    if (mode!.startsWith('100') && bears(path)) files.set(path, blob!);
  }
  return found;
}

/** A head line before the first difference of a tree, and each difference. A path may hold anything but NUL. */
const DIFFERENCE = /(?:[0-9a-f]+ ([0-9a-f]+)\n)*:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [A-Z]\0([^\0]+)\0/gy;

/** What is not as in the commit of another worktree, and is there; undefined where git cannot tell. */
async function changedIn(path: string, folder: string): Promise<string[] | undefined> {
  try {
    const args = [
      '--no-optional-locks',
      '--literal-pathspecs',
      'status',
      '--porcelain',
      '-z',
      '--no-renames',
    ];
    const listing = await askGit(path, [...args, '--untracked-files=all', '--ignored', '--', folder]);
    return listing.split('\0').flatMap((line) => (line === '' || line[1] === 'D' ? [] : [line.slice(3)]));
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
