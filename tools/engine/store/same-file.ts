import { statSync } from 'node:fs';
import { EngineError } from '../errors.ts';

/**
 * Throws once the path leads to another file than the one that is open, or to none: SQLite would go on writing into
 * the deleted one, and all that is answered would be gone with the process.
 */
export function stillThere(path: string, advice = 'open the engine anew'): () => void {
  const opened = inode(path);
  if (opened === undefined) return () => {}; // in memory
  return () => {
    if (inode(path) === opened) return;
    throw new EngineError('store_failed', `${path} was deleted or replaced; ${advice}`);
  };
}

const inode = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;
