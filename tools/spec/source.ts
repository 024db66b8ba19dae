import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { compareText, linePlace, TreeError, UsageError } from '../findings/index.ts';
import { commitSnapshot, type Snapshot, UnreadableFile, worktreeSnapshot } from '../snapshot/index.ts';
import { decode, NotUtf8 } from '../text/index.ts';
import { currentSpec } from './current.ts';
import type { SpecFile } from './model.ts';

export interface SpecOptions {
  /** `FILE`, `DIR` or `REV:PATH`; default: what SPEC_CURRENT.md names. */
  spec?: string;
  /** Absolute path of the repository. */
  root: string;
}

/** The files of a spec in their order, and how it was named. */
export interface SpecSource {
  source: string;
  files: SpecFile[];
}

const SPEC_FILE = /(?:^|[-_ ])spec[-_ ]v\d+(?:\.\d+)*\.md$/i;

/** Finds and reads the spec. One file today; a folder of modules is its manifest's files, in order. */
export async function findSpec(snapshot: Snapshot, options: SpecOptions): Promise<SpecSource> {
  if (options.spec !== undefined) return named(snapshot, options.spec, options.root);
  const current = await currentSpec(snapshot);
  return (await tryRead(snapshot, current.path, current.path)) ?? vanished(current.path);
}

/** Base names of the versioned spec files in the usual places, for SPEC_FILE_ABSENT. */
export async function knownSpecFiles(snapshot: Snapshot): Promise<string[]> {
  const paths = await snapshot.list(['*.md', '.GOV/spec/**/*.md', '.GOV/roles_shared/*.md']);
  return [...new Set(paths.map((path) => posix.basename(path)).filter((name) => SPEC_FILE.test(name)))];
}

async function named(snapshot: Snapshot, spec: string, root: string): Promise<SpecSource> {
  const place = locate(snapshot, spec, root);
  const found = await tryRead(place.snapshot, place.path, place.source);
  if (found) return found;
  const colon = spec.indexOf(':');
  if (colon > 0) {
    const path = posix.normalize(spec.slice(colon + 1));
    const commit = await commitSnapshot(root, spec.slice(0, colon));
    const old = await tryRead(commit, path, spec);
    if (old) return old;
  }
  throw new UsageError(`--spec ${spec}: no such file, expected FILE, DIR or REV:PATH`);
}

/** A path as the snapshot counts it; one outside the repository is read from disk. */
function locate(
  snapshot: Snapshot,
  spec: string,
  root: string,
): { snapshot: Snapshot; path: string; source: string } {
  const full = resolve(root, spec);
  const inside = relative(root, full);
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    const path = inside.split(sep).join('/');
    return { snapshot, path, source: path };
  }
  const folder = join(full, '..');
  return {
    snapshot: worktreeSnapshot(folder),
    path: posix.basename(full.split(sep).join('/')),
    source: spec,
  };
}

async function tryRead(snapshot: Snapshot, path: string, source: string): Promise<SpecSource | undefined> {
  try {
    return await readSource(snapshot, path, source);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.reason === 'missing' && error.path === path) return undefined;
    if (error.reason === 'folder') return readFolder(snapshot, path, source);
    throw unreadable(error.path, error.message, error);
  }
}

function vanished(path: string): never {
  throw unreadable(path, `${path}: no such file`);
}

function unreadable(path: string, found: string, cause?: unknown): TreeError {
  return new TreeError(
    {
      rule: 'spec/unreadable',
      severity: 'error',
      place: linePlace(path, 1),
      message: `Unexpected ${found}, expected a spec that can be read`,
      args: { path },
    },
    { cause },
  );
}

async function readFolder(snapshot: Snapshot, folder: string, source: string): Promise<SpecSource> {
  const manifest = posix.join(folder, 'indexed-spec-manifest.json');
  const listed = await snapshot.list([posix.join(folder, '*')]);
  if (listed.includes(manifest)) return readSource(snapshot, manifest, source);
  const files = listed.filter((path) => SPEC_FILE.test(path)).sort(byVersion);
  const newest = files.at(-1);
  if (newest === undefined) throw new UsageError(`--spec ${source}: no Master Spec file in this folder`);
  return readSource(snapshot, newest);
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

async function readSource(snapshot: Snapshot, path: string, source = path): Promise<SpecSource> {
  if (!path.endsWith('.json')) return { source, files: [await readFile(snapshot, path)] };
  const folder = posix.dirname(path);
  const modules = modulesOf(new TextDecoder().decode(await snapshot.read(path)));
  if (modules.length === 0) {
    throw unreadable(path, 'manifest without modules');
  }
  const files: SpecFile[] = [];
  for (const module of modules) files.push(await readFile(snapshot, posix.join(folder, module)));
  return { source, files };
}

interface Manifest {
  modules?: unknown;
  reconstruction?: { module_order?: unknown } | null;
}

/** The module paths of an indexed manifest, in the order of its reconstruction. */
function modulesOf(text: string): string[] {
  let manifest: Manifest | null;
  try {
    manifest = JSON.parse(text);
  } catch {
    return [];
  }
  const listed: unknown[] = Array.isArray(manifest?.modules) ? manifest.modules : [];
  const modules = listed.flatMap((entry) => {
    const module = entry as { module_id?: unknown; path?: unknown } | null;
    return typeof module?.path === 'string' ? [{ id: module.module_id, path: module.path }] : [];
  });
  const order: unknown = manifest?.reconstruction?.module_order;
  if (!Array.isArray(order)) return modules.map((module) => module.path);
  const position = (id: unknown): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return modules.sort((a, b) => position(a.id) - position(b.id)).map((module) => module.path);
}

async function readFile(snapshot: Snapshot, path: string): Promise<SpecFile> {
  const bytes = await snapshot.read(path);
  try {
    const { sha256, lines } = decode(path, bytes);
    return { path, sha256, lines };
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    throw new TreeError(
      {
        rule: 'spec/unreadable',
        severity: 'error',
        place: {
          file: path,
          line: error.line,
          column: error.column,
          endLine: error.line,
          endColumn: error.column + 1,
        },
        message: `Unexpected byte 0x${error.byte.toString(16).padStart(2, '0')}, expected UTF-8`,
        args: { path, byte: error.byte },
      },
      { cause: error },
    );
  }
}
