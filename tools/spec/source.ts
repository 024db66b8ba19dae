import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { compareText, UsageError } from '../findings/index.ts';
import { commitSnapshot, type Snapshot, UnreadableFile, worktreeSnapshot } from '../snapshot/index.ts';
import { currentSpec, notASpec, notThere } from './current.ts';
import { specFileOf, unreadable } from './file.ts';
import { MANIFEST, readModules } from './manifest.ts';
import type { SpecFile } from './model.ts';

export interface SpecOptions {
  /** `FILE`, `DIR` or `REV:PATH`; default: what SPEC_CURRENT.md names. */
  spec?: string;
  /** Absolute path of the repository. */
  root: string;
  /** Absolute path of where `spec` was typed: a relative one is looked for there, then in the root. */
  cwd?: string;
}

/** The files of a spec in their order, and how it was named. */
export interface SpecSource {
  source: string;
  files: SpecFile[];
}

/** What the file of a spec version is called. */
export const SPEC_FILE = /(?:^|[-_ ])spec[-_ ]v\d+(?:\.\d+)*\.md$/i;

/** Where the versions of a spec stand: in the root, in `.GOV/spec`, beside the pointer. */
export const SPEC_PLACES = ['*.md', '.GOV/spec/**/*.md', '.GOV/roles_shared/*.md'];

/** Finds and reads the spec. One file today; a folder of modules is its manifest's files, in order. */
export async function findSpec(snapshot: Snapshot, options: SpecOptions): Promise<SpecSource> {
  if (options.spec !== undefined) return named(snapshot, options.spec, options);
  const current = await currentSpec(snapshot);
  for (const path of current.tried) {
    const files = await readAt(snapshot, path, () => notASpec(current, path));
    if (files) return { source: path, files };
  }
  throw notThere(current);
}

/** Base names of the versioned spec files in the usual places, for SPEC_FILE_ABSENT. */
export async function knownSpecFiles(snapshot: Snapshot): Promise<string[]> {
  const closed: UnreadableFile[] = [];
  const paths = await snapshot.list(SPEC_PLACES, (problem) => {
    if (problem.reason === 'denied-folder') closed.push(problem);
  });
  if (closed[0]) throw unreadable(closed[0].path, closed[0].message, { cause: closed[0] });
  return [...new Set(paths.map((path) => posix.basename(path)).filter((name) => SPEC_FILE.test(name)))];
}

async function named(
  snapshot: Snapshot,
  spec: string,
  { root, cwd = root }: SpecOptions,
): Promise<SpecSource> {
  const wrong = (why: string): UsageError => new UsageError(`--spec ${spec}: ${why}`);
  const none = (): UsageError => wrong('no Master Spec file in this folder');
  if (spec === '') throw new UsageError('--spec: Unexpected empty path, expected FILE, DIR or REV:PATH');
  for (const full of new Set([resolve(cwd, spec), resolve(root, spec)])) {
    const place = await locate(snapshot, full, root);
    const files = await readAt(place.snapshot, place.path, none);
    if (files) return { source: place.snapshot === snapshot ? place.path : spec, files };
  }
  const colon = spec.indexOf(':');
  if (colon > 0) {
    const path = posix.normalize(spec.slice(colon + 1)).replace(/^\.?\/?$/, '');
    const commit = await commitSnapshot(root, spec.slice(0, colon));
    const files = await readAt(commit, path, none);
    if (files) return { source: spec, files };
  }
  throw wrong('no such file, expected FILE, DIR or REV:PATH');
}

/** A path as the snapshot counts it; one outside the repository is read from disk, wherever it links to. */
async function locate(
  snapshot: Snapshot,
  full: string,
  root: string,
): Promise<{ snapshot: Snapshot; path: string }> {
  const inside = relative(root, full);
  if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) {
    return { snapshot, path: inside.split(sep).join('/') };
  }
  const real = await realpath(full).catch(() => full);
  const folder = await stat(real).then(
    (info) => info.isDirectory(),
    () => false,
  );
  return folder
    ? { snapshot: worktreeSnapshot(real), path: '' }
    : { snapshot: worktreeSnapshot(dirname(real)), path: basename(real) };
}

/** The files of the spec at a path; undefined when there is nothing. `none` tells of a folder without a spec. */
async function readAt(snapshot: Snapshot, path: string, none: () => Error): Promise<SpecFile[] | undefined> {
  try {
    const bytes = await snapshot.read(path);
    return path.endsWith('.json') ? await readModules(snapshot, path, bytes) : [specFileOf(path, bytes)];
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.reason === 'missing') return undefined;
    if (error.reason === 'folder') return readFolder(snapshot, path, none);
    throw unreadable(path, error.message, { cause: error });
  }
}

async function readFolder(snapshot: Snapshot, folder: string, none: () => Error): Promise<SpecFile[]> {
  const listed = await snapshot.list([posix.join(literal(folder), '*')], (problem) => {
    throw unreadable(problem.path, problem.message, { cause: problem });
  });
  const manifest = posix.join(folder, MANIFEST);
  const newest = listed.includes(manifest)
    ? manifest
    : listed
        .filter((path) => SPEC_FILE.test(path))
        .sort(byVersion)
        .at(-1);
  if (newest === undefined) throw none();
  // A folder that is named like a spec holds none.
  const files = await readAt(snapshot, newest, none);
  if (!files) throw unreadable(newest, `${newest}: no such file`);
  return files;
}

// Names hold dots and spaces; brackets and stars would be patterns.
function literal(path: string): string {
  return path.replace(/[[\]{}()*?!+@\\]/g, '\\$&');
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
