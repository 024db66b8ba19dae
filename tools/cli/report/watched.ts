import { basename, dirname, join, resolve, sep } from 'node:path';
import { CONFIG_FILE } from '../../config/index.ts';
import { gitCommonFolder, gitFolderAt, worktreeSnapshot } from '../../snapshot/index.ts';
import type { Call } from '../command.ts';
import { runsFolder } from '../database.ts';
import { value } from '../load.ts';
import { folderOf } from '../tree.ts';

/** What the report is made of, as far as it changes. All paths are absolute. */
export interface Watched {
  /** Where to look. A file may not be there yet, so it is its folder that is looked into. */
  folders: readonly string[];
  /** Whether a path below them is looked at. */
  counts(path: string): boolean;
}

/** The governance folder, the configuration, what git keeps of branches and of the index, and the session database. */
export async function watchedBy(call: Call, results: readonly string[]): Promise<Watched> {
  const { root } = call;
  const trees = [join(root, await folderOf(worktreeSnapshot(root)))];
  const files = [join(root, CONFIG_FILE), ...results];
  const [common, own] = await Promise.all([gitCommonFolder(root), gitFolderAt(root)]);
  for (const folder of new Set([common, own].filter((found) => found !== undefined))) {
    files.push(...['HEAD', 'index', 'packed-refs'].map((name) => join(folder, name)));
    trees.push(join(folder, 'refs'));
  }
  if (call.spec !== undefined) trees.push(resolve(call.cwd, call.spec));
  const database = value(call, 'db');
  const runs = database === undefined ? await runsFolder(root) : undefined;
  if (database !== undefined) files.push(...databaseFiles(resolve(call.cwd, database)));
  else if (runs !== undefined) files.push(join(runs, 'last'));
  const folders = new Set([...files, ...trees].map((path) => dirname(path)));
  // The first run makes the folder of runs, and the one around it.
  if (runs !== undefined) folders.add(dirname(runs)).add(dirname(dirname(runs)));
  const known = new Set([...files, ...folders]);
  return {
    folders: [...folders],
    counts: (path) =>
      known.has(path) ||
      // Written aside and renamed, or held while git writes: news comes when it has its name.
      (!/\.(?:tmp|lock)$/.test(path) &&
        ((runs !== undefined && isOfRun(runs, path)) ||
          trees.some((tree) => path === tree || path.startsWith(tree + sep)))),
  };
}

/** What is committed stands in the second one until it is written back into the first. */
const databaseFiles = (file: string): string[] => [file, `${file}-wal`];

/** A folder for each run, with its database. */
function isOfRun(runs: string, path: string): boolean {
  const folder = dirname(path);
  return (
    folder === runs || (dirname(folder) === runs && databaseFiles('session.db').includes(basename(path)))
  );
}
