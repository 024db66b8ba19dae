import { askGit } from '../../snapshot/index.ts';
import type { CommitState } from './ground.ts';

/** What HEAD has of the governance folder, and what is no longer so on the disk. */
export interface HeadState {
  blobs: ReadonlyMap<string, string>;
  differs: ReadonlySet<string>;
}

export async function headState(root: string, folder: string): Promise<HeadState> {
  const literal = ['--no-optional-locks', '--literal-pathspecs'];
  const [head, changed, flags] = await Promise.all([
    askGit(root, [...literal, 'ls-tree', '-r', '-z', 'HEAD', '--', folder]).catch(() => ''),
    askGit(root, [
      ...literal,
      'status',
      '--porcelain',
      '-z',
      '--untracked-files=all',
      '--no-renames',
      '--',
      folder,
    ]),
    askGit(root, [...literal, 'ls-files', '-v', '-z', '--', folder]),
  ]);
  const blobs = new Map<string, string>();
  for (const line of head.split('\0')) {
    const [, blob, path] = /^\d+ \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    if (blob !== undefined && path !== undefined) blobs.set(path, blob);
  }
  const differs = new Set(changed.split('\0').map((line) => line.slice(3)));
  // Of these somebody told git not to look whether they changed.
  for (const line of flags.split('\0')) if (/^[a-zS] /.test(line)) differs.add(line.slice(2));
  return { blobs, differs };
}

/** How a file stands to HEAD. */
export function commitState({ blobs, differs }: HeadState, path: string): CommitState {
  return !blobs.has(path) ? 'absent' : differs.has(path) ? 'differs' : 'same';
}
