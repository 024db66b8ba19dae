import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitCommonFolder } from '../snapshot/index.ts';
import { packageVersion } from './version.ts';

/** Writes what we need to mend our own failure: versions and stack, no document text. Returns the path. */
export async function recordCrash(root: string, error: unknown): Promise<string> {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const stack =
    error instanceof Error
      ? `${error.name}\n${(error.stack ?? '')
          .split('\n')
          .filter((line) => line.trimStart().startsWith('at '))
          .join('\n')}`
      : typeof error;
  const text = `govkit ${packageVersion()}\nnode ${process.version} ${process.platform} ${process.arch}\n${stack}\n`;
  const common = await gitCommonFolder(root);
  for (const folder of [
    ...(common === undefined ? [] : [join(common, 'govkit')]),
    join(tmpdir(), 'govkit'),
  ]) {
    try {
      await mkdir(folder, { recursive: true });
      const file = join(folder, `crash-${stamp}.txt`);
      await writeFile(file, text);
      return file;
    } catch {
      // a read-only repository: the temp folder is next
    }
  }
  return '(none could be written)';
}
