import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { compareText } from '../findings/index.ts';
import { type Snapshot, UnreadableFile, type UnreadableReason } from './snapshot.ts';

const REASONS: Record<string, UnreadableReason> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EISDIR: 'folder',
  EACCES: 'denied',
  EPERM: 'denied',
};

/** What is on disk. `root` is absolute. */
export function worktreeSnapshot(root: string): Snapshot {
  const home = realpath(root).catch(() => root);
  return {
    id: 'worktree',
    async list(globs) {
      // Folders too: a folder named like a stub must be reported, not passed over.
      const { globby } = await import('globby');
      const found = await globby([...globs], {
        cwd: root,
        dot: true,
        onlyFiles: false,
        markDirectories: true,
        expandDirectories: false,
        followSymbolicLinks: false,
        suppressErrors: false,
      });
      return found.map((path) => path.replace(/\/$/, '')).sort(compareText);
    },
    async read(path) {
      try {
        const file = resolve(root, path);
        // A stub that is a link to somewhere else is no part of this tree, whatever it says.
        if (!isAbsolute(path) && leadsOut(await home, await realpath(file))) {
          throw new UnreadableFile(path, 'outside');
        }
        return await readFile(file); // an absolute path that the caller names is read as it is
      } catch (error) {
        if (error instanceof UnreadableFile) throw error;
        const code = (error as NodeJS.ErrnoException).code ?? '';
        throw new UnreadableFile(path, REASONS[code] ?? 'failed', { cause: error });
      }
    },
  };
}

function leadsOut(root: string, file: string): boolean {
  const below = relative(root, file);
  return below === '..' || /^\.\.[\\/]/.test(below) || isAbsolute(below);
}
