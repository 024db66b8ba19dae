import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../findings/index.ts';
import { sha256, UnwritableFile, writeFileDurably } from '../text/index.ts';
import { quoted } from './next.ts';

/** A file as it was read, and as it shall be. */
export interface Replacement {
  path: string;
  before: Uint8Array;
  bytes: Uint8Array;
}

/**
 * Writes files one after the other, none before all can be written; of a link what it leads to. A file that has
 * changed since it was read is not overwritten. Where a later file fails, the error names those written before.
 */
export async function replaceFiles(root: string, files: readonly Replacement[]): Promise<void> {
  const targets: (Replacement & { real: string })[] = [];
  for (const file of files) targets.push({ ...file, real: await writable(root, file.path) });
  for (const { real, ...file } of targets) await expectUnchanged(real, file);
  const written: string[] = [];
  for (const { real, ...file } of targets) {
    try {
      await expectUnchanged(real, file);
      await writeFileDurably(real, file.bytes);
    } catch (error) {
      if (written.length === 0) throw error;
      const { message } = error as Error;
      throw new UsageError(`${message}; written before it: ${written.join(', ')}`, { cause: error });
    }
    written.push(file.path);
  }
}

async function writable(root: string, path: string): Promise<string> {
  try {
    const real = await realpath(resolve(root, path));
    // Whoever took the right to write from a file meant it, also where root may write all the same.
    const { mode } = await stat(real);
    if ((mode & 0o222) === 0)
      throw new UsageError(
        `${path} is read-only, expected a file that can be written; nothing was changed: chmod u+w ${quoted(path)}, then run it again`,
      );
    await access(real, constants.W_OK);
    await access(dirname(real), constants.W_OK);
    return real;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

async function expectUnchanged(real: string, { path, before }: Replacement): Promise<void> {
  const now = await readFile(real).catch(() => undefined);
  if (now === undefined || sha256(now) !== sha256(before))
    throw new UsageError(`${path} was changed by somebody else meanwhile and is left as it is; run it again`);
}
