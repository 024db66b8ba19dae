import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../../findings/index.ts';
import { gitCommonFolder, gitError, gitFolderAt, worktreeSnapshot } from '../../snapshot/index.ts';
import { folderOf } from '../tree.ts';
import { packageRoot } from '../version.ts';

/** Where the hooks of a repository stand, and what they start. */
export interface HookPlace {
  root: string;
  /** Where a hook looks for its bundle: this work tree, then the main one. */
  homes: readonly string[];
  /** Absolute. All worktrees share it, unless `core.hooksPath` is relative. */
  folder: string;
  /** Is the folder that of `core.hooksPath`? */
  configured: boolean;
  /** Other repositories use the folder too: nothing is written there. */
  shared: boolean;
  /** The governance folder. */
  tree: string;
  /** Relative to the root, or why there is none that everybody has. */
  bundle: { path: string } | { why: string };
}

export async function hookPlace(root: string): Promise<HookPlace> {
  if ((await gitFolderAt(root)) === undefined) {
    throw new UsageError(`${root} is not the root of a git repository, which is where hooks belong`);
  }
  const common = await gitCommonFolder(root);
  if (common === undefined) throw new UsageError(`the git folder of ${root} cannot be read`);
  const folder = resolve(root, await hooksPath(root));
  // Above the git folder of a submodule, or of a repository that keeps it apart, stands no work tree.
  const homes = basename(common) === '.git' ? [root, dirname(common)] : [root];
  return {
    root,
    homes,
    folder,
    configured: folder !== join(common, 'hooks'),
    shared: ![...homes, common].some((home) => within(home, folder) !== undefined),
    tree: await folderOf(worktreeSnapshot(root)),
    bundle: bundlePath(homes),
  };
}

// The configuration counts as whoever commits has it, also from the environment; which repository is meant does not.
const REPOSITORY = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|PREFIX|OBJECT_DIRECTORY|NAMESPACE)$/;

/** As git itself answers: `core.hooksPath` may be set in any configuration, relative, or with a `~`. */
async function hooksPath(root: string): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !REPOSITORY.test(name)));
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', '--git-path', 'hooks'], {
      cwd: root,
      env: { ...env, LC_ALL: 'C' },
    });
    return stdout.replace(/\r?\n$/, '');
  } catch (error) {
    throw gitError(error);
  }
}

const INSTALLED = 'node_modules/govkit/dist/bin/gov.js';

/** The installed package, else the one that runs, where it lies inside the repository. */
export function bundlePath(homes: readonly string[]): HookPlace['bundle'] {
  if (homes.some((home) => existsSync(join(home, INSTALLED)))) return { path: INSTALLED };
  const own = join(packageRoot(), 'dist', 'bin', 'gov.js');
  const inside = homes.map((home) => within(home, own)).find((path) => path !== undefined);
  if (inside !== undefined) return { path: inside };
  return {
    why: `gov runs from ${packageRoot()}, outside this repository, where nobody else has it (npm install --save-dev govkit, then npx gov hooks install)`,
  };
}

/** The path below `home`, with forward slashes; undefined when it leads out. */
function within(home: string, path: string): string | undefined {
  const below = relative(real(home), real(path));
  if (below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return undefined;
  return below.split(sep).join('/');
}

/** Links resolved, as far as the path exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(real(dirname(path)), basename(path));
  }
}
