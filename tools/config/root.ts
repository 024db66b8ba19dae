import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../findings/index.ts';

/**
 * The tree to work on: `given` when the caller names one, else the nearest folder above `from` that is a
 * repository or holds a governance tree, else `from` itself.
 */
export function findRoot(from: string, given?: string): string {
  if (given !== undefined) {
    // A variable of a script that is not set would name the folder the script happens to stand in.
    if (given === '') throw new UsageError('--root: Unexpected empty path, expected a folder');
    const root = resolve(from, given);
    if (!existsSync(root)) throw new UsageError(`--root ${given}: no such folder`);
    if (!statSync(root).isDirectory())
      throw new UsageError(`--root ${given}: expected a folder, found a file`);
    return root;
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git')) || existsSync(join(folder, '.GOV'))) return folder;
    if (dirname(folder) === folder) return resolve(from);
  }
}
