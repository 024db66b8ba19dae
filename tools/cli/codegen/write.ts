import { unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { GeneratedFile } from '../../contracts/index.ts';
import { assertWritable, UnwritableFile, writeFileDurably } from '../../text/index.ts';

/** Writes and removes; where one of them shows beforehand that it cannot be, none is. */
export async function writeOutputs(
  root: string,
  files: readonly GeneratedFile[],
  removed: readonly string[],
): Promise<void> {
  for (const path of [...files.map((file) => file.path), ...removed])
    await assertWritable(resolve(root, path));
  for (const { path, text } of files) await writeFileDurably(resolve(root, path), text);
  for (const path of removed) {
    try {
      await unlink(resolve(root, path));
    } catch (error) {
      throw new UnwritableFile(path, error as NodeJS.ErrnoException);
    }
  }
}
