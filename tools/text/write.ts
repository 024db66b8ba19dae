import { randomBytes } from 'node:crypto';
import { access, constants, link, lstat, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
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

/**
 * Temp file, fsync, rename, fsync of the folder: the old bytes or the new ones, never a mixture. The file keeps
 * the mode it had.
 */
export async function writeFileDurably(path: string, data: string | Uint8Array): Promise<void> {
  try {
    const mode = await modeOf(path);
    await place(
      path,
      data,
      async (temporary) => {
        await removeStale(path, temporary);
        await rename(temporary, path);
      },
      mode,
    );
  } catch (error) {
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

/** The same for a file that must not exist yet, not even as a link that leads nowhere. */
export async function createFileDurably(
  path: string,
  data: string | Uint8Array,
  mode?: number,
): Promise<void> {
  try {
    await place(path, data, link, mode);
  } catch (error) {
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

/**
 * Throws what writing or removing the file would throw, as far as that shows before: whoever writes several
 * files asks for all of them first.
 */
export async function assertWritable(path: string): Promise<void> {
  try {
    const info = await lstat(path).catch(() => undefined);
    if (info?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    let folder = dirname(path);
    let found = await stat(folder).catch(ifAbsent);
    while (found === undefined && dirname(folder) !== folder) {
      folder = dirname(folder);
      found = await stat(folder).catch(ifAbsent);
    }
    if (found?.isDirectory() === false) throw Object.assign(new Error('no folder'), { code: 'ENOTDIR' });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}

/** `move` gives the finished file its name. */
async function place(
  path: string,
  data: string | Uint8Array,
  move: (from: string, to: string) => Promise<void>,
  mode?: number,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(data);
      if (mode !== undefined) await file.chmod(mode);
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

async function modeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.mode & 0o7777 : undefined;
}

/** Of a process elsewhere that shares the folder: its number says nothing here. */
const YOUNG_MS = 60_000;

/**
 * What a killed process left of the same file. Its age is counted from the temporary file just written, by the
 * clock of the file system. Failing here is no reason not to write.
 */
async function removeStale(path: string, temporary: string): Promise<void> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => name.startsWith(start) && isDead(name.slice(start.length)));
  if (left.length === 0) return;
  const now = await lstat(temporary);
  for (const name of left) {
    const found = await lstat(join(folder, name)).catch(() => undefined);
    if (found?.isFile() && now.mtimeMs - found.mtimeMs > YOUNG_MS)
      await unlink(join(folder, name)).catch(() => {});
  }
}

/** `PID.HEX.tmp` of a process that is no more. */
function isDead(rest: string): boolean {
  const pid = Number(/^([1-9]\d{0,8})\.[0-9a-f]{8}\.tmp$/.exec(rest)?.[1]);
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
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
