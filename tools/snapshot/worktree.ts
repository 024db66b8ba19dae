import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
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
        return await readFile(resolve(root, path)); // an absolute path that the caller names is read as it is
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? '';
        throw new UnreadableFile(path, REASONS[code] ?? 'failed', { cause: error });
      }
    },
  };
}
