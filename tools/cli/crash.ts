import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGit } from '../snapshot/index.ts';
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
  for (const folder of [await gitFolder(root), join(tmpdir(), 'govkit')]) {
    if (folder === undefined) continue;
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

async function gitFolder(root: string): Promise<string | undefined> {
  try {
    const common = (
      await (await openGit(root)).raw(['rev-parse', '--path-format=absolute', '--git-common-dir'])
    ).trim();
    return existsSync(common) ? join(common, 'govkit') : undefined;
  } catch {
    return undefined;
  }
}
