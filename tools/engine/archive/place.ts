// Where archives are: beside their database, or where somebody wanted them.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { archiveLines, RecorderError } from '../../recorder/index.ts';
import { EngineError } from '../errors.ts';
import { makeFolder } from '../store/folder.ts';

/** The folder beside a database; it moves with it. */
export const archiveFolder = (path: string): string => `${path}.archive`;

/** As the database names a file: by its name where that is enough, so that both can be moved together. */
export function namedFrom(path: string, file: string): string {
  return dirname(file) === resolve(archiveFolder(path)) ? basename(file) : file;
}

/** The file that a database names. */
export const archiveFile = (path: string, named: string): string =>
  isAbsolute(named) ? named : join(resolve(archiveFolder(path)), named);

/** Makes the folder, and makes sure that it is still there after a power cut. */
export async function keepFolder(folder: string): Promise<void> {
  makeFolder(folder);
  const above = await open(dirname(folder), 'r').catch(() => undefined);
  if (!above) return; // a platform that cannot open folders cannot sync them either
  await above.sync().catch(() => {});
  await above.close();
}

/** The lines of an archive file. Throws store_failed if it cannot be read. */
export async function* readArchiveFile(file: string): AsyncGenerator<string> {
  try {
    yield* archiveLines(createReadStream(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined && !(error instanceof RecorderError)) throw error;
    const reason = code === 'ENOENT' ? 'no such file' : message;
    throw new EngineError('store_failed', `cannot read the archive ${file}: ${reason}`, { cause: error });
  }
}
