import { stat } from 'node:fs/promises';

/**
 * Whether a file that was touched says anything new. A database that is only read has its second file made and
 * removed, empty: taken for a change, that would have the report built again, and so on for ever.
 */
export function newsOfFiles(): (path: string) => Promise<boolean> {
  const known = new Map<string, string>();
  return async (path) => {
    const info = await stat(path).catch(() => undefined);
    const now = info === undefined || info.size === 0 ? '' : `${info.size} ${info.mtimeMs} ${info.ino}`;
    const before = known.get(path) ?? (path.endsWith('-wal') ? '' : undefined);
    known.set(path, now);
    return now !== before;
  };
}
