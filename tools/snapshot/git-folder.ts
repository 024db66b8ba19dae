import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * The folder that all worktrees of the repository around `root` share: where what is no part of the tree is
 * kept. Read from the files that git keeps for it, since starting git takes longer than most commands do.
 * Undefined where there is no repository.
 */
export async function gitCommonFolder(root: string): Promise<string | undefined> {
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    const own = await gitFolderAt(folder);
    if (own !== undefined) {
      const common = await firstLine(join(own, 'commondir'));
      const found = common === undefined ? own : resolve(own, common);
      // Without these two git sees no repository here either.
      if ((await isFile(join(found, 'HEAD'))) && (await isFolder(join(found, 'objects')))) return found;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

/** `.git` is a folder, or in a linked worktree and a submodule a file that names one. Undefined where there is none. */
export async function gitFolderAt(folder: string): Promise<string | undefined> {
  const path = join(folder, '.git');
  if (await isFolder(path)) return path;
  const named = /^gitdir:\s*(.+)$/.exec((await firstLine(path)) ?? '')?.[1];
  return named === undefined ? undefined : resolve(folder, named);
}

async function firstLine(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text?.split(/\r?\n/, 1)[0]?.trim();
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
