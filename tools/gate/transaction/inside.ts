import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../findings/index.ts';

/** Throws unless the path lies below the root, and no part of it is a link: what is behind one is no part of this tree. */
export async function assertInside(root: string, path: string): Promise<void> {
  const parts = path.split('/');
  if (/[\\\0]/.test(path) || parts.some((part) => /^(?:\.{0,2}|\.git)$/i.test(part)))
    throw new UsageError(`Unexpected path ${JSON.stringify(path)}, expected one of a file in the tree`);
  let at = await realpath(root);
  for (const [index, part] of parts.entries()) {
    at = join(at, part);
    const info = await lstat(at).catch(() => undefined);
    if (info === undefined) return;
    if (info.isSymbolicLink())
      throw new UsageError(
        `Unexpected link ${parts.slice(0, index + 1).join('/')}, expected a ${index === parts.length - 1 ? 'file' : 'folder'} of this repository: nothing is written through it`,
      );
  }
}

/** Whether {@link assertInside} lets it pass. */
export async function isInside(root: string, path: string): Promise<boolean> {
  try {
    await assertInside(root, path);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
