import { posix } from 'node:path';
import { compareText } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import type { SpecFile } from '../model.ts';
import { specFileOf, unreadable } from './file.ts';
import { type Found, readModules } from './manifest.ts';
import { isModule } from './module-file.ts';
import { byReadingOrder, isTransfer, literal, MANIFEST, SPEC_FILE } from './names.ts';

/** How to read what stands at a path. */
export interface Reading {
  /** Tells of a folder without a spec. */
  none(): Error;
  /** The file is a manifest, whatever its name. */
  manifest?: boolean;
}

/** The spec at a path: a file, a manifest with its modules, or a folder. Undefined when there is nothing. */
export async function readAt(snapshot: Snapshot, path: string, reading: Reading): Promise<Found | undefined> {
  try {
    const bytes = await snapshot.read(path);
    if (reading.manifest || path.endsWith('.json')) return await readModules(snapshot, path, bytes);
    return { files: [specFileOf(path, bytes)], findings: [] };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.reason === 'missing') return undefined;
    if (error.reason === 'folder') return readFolder(snapshot, path, reading);
    throw unreadable(path, error.message, { cause: error });
  }
}

/** Every Markdown file that a pattern names, as one spec; undefined when it names none. */
export async function readGlob(snapshot: Snapshot, pattern: string): Promise<Found | undefined> {
  const listed = await listOrThrow(snapshot, pattern);
  const paths = listed.filter((path) => /\.md$/i.test(path) && !isTransfer(path));
  return paths.length === 0 ? undefined : readAll(snapshot, paths);
}

/** By its manifest; else the newest whole spec; else all modules. */
async function readFolder(snapshot: Snapshot, folder: string, { none }: Reading): Promise<Found> {
  const listed = await listOrThrow(snapshot, posix.join(literal(folder), '*'));
  const manifest = posix.join(folder, MANIFEST);
  const newest = listed.includes(manifest)
    ? manifest
    : listed
        .filter((path) => SPEC_FILE.test(path))
        .sort(byVersion)
        .at(-1);
  if (newest === undefined) {
    const modules: string[] = [];
    for (const path of listed) if (await isModule(snapshot, path)) modules.push(path);
    if (modules.length === 0) throw none();
    return readAll(snapshot, modules);
  }
  // A folder that is named like a spec holds none.
  const found = await readAt(snapshot, newest, { none });
  if (!found) throw unreadable(newest, `${newest}: no such file`);
  return found;
}

async function readAll(snapshot: Snapshot, paths: readonly string[]): Promise<Found> {
  const files: SpecFile[] = [];
  for (const path of [...paths].sort(byReadingOrder)) {
    try {
      files.push(specFileOf(path, await snapshot.read(path)));
    } catch (cause) {
      if (!(cause instanceof UnreadableFile)) throw cause;
      throw unreadable(path, cause.message, { cause });
    }
  }
  return { files, findings: [] };
}

function listOrThrow(snapshot: Snapshot, pattern: string): Promise<string[]> {
  return snapshot.list([pattern], (problem) => {
    throw unreadable(problem.path, problem.message, { cause: problem });
  });
}

// By the numbers of the version: v02.99 comes before v02.100.
function byVersion(a: string, b: string): number {
  const numbers = (path: string): number[] =>
    (/v([\d.]+)\.md$/i.exec(path)?.[1] ?? '').split('.').map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return compareText(a, b);
}
