import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { GovError } from '../findings/index.ts';

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EISDIR: 'a folder of that name is in the way',
  ENOTDIR: 'a file is where a folder should be',
  EEXIST: 'something is there already',
};

/** A file that cannot be written: nothing of it was. */
export class UnwritableFile extends GovError {
  override name = 'UnwritableFile';
  readonly path: string;
  constructor(path: string, cause: NodeJS.ErrnoException) {
    super(`cannot write ${path}: ${REASONS[cause.code ?? ''] ?? cause.message}`, { cause });
    this.path = path;
  }
}

/** Temp file, fsync, rename, fsync of the folder: the old bytes or the new ones, never a mixture. */
export async function writeFileDurably(path: string, data: string | Uint8Array): Promise<void> {
  try {
    await place(path, data, rename);
  } catch (error) {
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

/** The same for a file that must not exist yet, not even as a link that leads nowhere. */
export async function createFileDurably(path: string, data: string | Uint8Array): Promise<void> {
  try {
    await place(path, data, link);
  } catch (error) {
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

/** `move` gives the finished file its name. */
async function place(
  path: string,
  data: string | Uint8Array,
  move: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await move(temporary, path);
  } finally {
    await unlink(temporary).catch(() => {}); // renamed, it is no longer there
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (!handle) return; // a platform that cannot open folders cannot sync them either
  try {
    await handle.sync();
  } catch {
    // the same: rename is still atomic
  } finally {
    await handle.close();
  }
}
