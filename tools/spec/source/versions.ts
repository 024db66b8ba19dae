import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { compareText, TreeError } from '../../findings/index.ts';
import { runGit, type Snapshot } from '../../snapshot/index.ts';
import { unreadable } from './file.ts';
import { MANIFEST, SPEC_FILE, SPEC_PLACES } from './names.ts';
import { findSpec } from './source.ts';

/** A version of the spec that can be read here. */
export interface VersionAtHand {
  /** `v02.134`, as its name says it. */
  version: string;
  /** What `--spec` takes: a path of the tree, or `REV:PATH` of its history. */
  spec: string;
}

const VERSION = /^v\d+(?:\.\d+)+$/i;
const IN_NAME = /(?:^|[-_ ])spec[-_ ](v\d+(?:\.\d+)*)$/i;
const MANIFESTS = `.GOV/spec/**/${MANIFEST}`;

/** Is this a version (`v02.134`) and no path? */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/**
 * Where a version of the spec can be read: the spec in force, another in the tree, else in git as the last commit that wrote it left it.
 * Undefined when it is nowhere: then nothing about it can be proven.
 */
export async function findVersion(
  snapshot: Snapshot,
  root: string,
  version: string,
): Promise<VersionAtHand | undefined> {
  const wanted = (found: VersionAtHand): boolean => compareVersions(found.version, version) === 0;
  return (
    [...(await inForce(snapshot, root)), ...(await inTree(snapshot))].find(wanted) ??
    (await inHistory(snapshot, root)).find(wanted)
  );
}

/** Every version of the spec in the tree and in its history, the oldest first; the tree's own file wins. */
export async function versionsAtHand(snapshot: Snapshot, root: string): Promise<VersionAtHand[]> {
  const found: VersionAtHand[] = [];
  for (const next of [
    ...(await inForce(snapshot, root)),
    ...(await inTree(snapshot)),
    ...(await inHistory(snapshot, root)),
  ]) {
    if (!found.some(({ version }) => compareVersions(version, next.version) === 0)) found.push(next);
  }
  return found.sort((a, b) => compareVersions(a.version, b.version));
}

/** By the numbers: v02.99 comes before v02.100, and v2.99 is v02.99. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.replace(/^v/i, '').split('.').map(Number));
  for (let i = 0; i < Math.max(left!.length, right!.length); i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The spec in force goes before another file of its version; a tree without one has its other versions. */
async function inForce(snapshot: Snapshot, root: string): Promise<VersionAtHand[]> {
  try {
    const { source, version } = await findSpec(snapshot, { root });
    // As everywhere: what the name says goes before what is stated.
    const own = named(source);
    return own.length > 0 || version === undefined ? own : [{ version, spec: source }];
  } catch (error) {
    if (error instanceof TreeError) return [];
    throw error;
  }
}

async function inTree(snapshot: Snapshot): Promise<VersionAtHand[]> {
  const paths = await snapshot.list([...SPEC_PLACES, MANIFESTS], (problem) => {
    if (problem.reason === 'denied-folder')
      throw unreadable(problem.path, problem.message, { cause: problem });
  });
  return paths.sort((a, b) => placeOf(a) - placeOf(b) || compareText(a, b)).flatMap((path) => named(path));
}

/** The history of what is judged: of the commit, where the tree is one, else of HEAD. */
async function inHistory(snapshot: Snapshot, root: string): Promise<VersionAtHand[]> {
  // Below the root of a repository its paths would not be ours.
  if (!existsSync(join(root, '.git'))) return [];
  const commit = /^commit:(\w+)$/.exec(snapshot.id)?.[1] ?? 'HEAD';
  const head = await runGit(root, ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`]);
  if (head.trim() === '') return []; // nothing is committed yet
  const log = await runGit(root, [
    'log',
    // Without it a branch that was merged after it had removed a version would not be looked into.
    '--full-history',
    '--date-order',
    '-c',
    '--no-renames',
    '--no-show-signature',
    '--diff-filter=d',
    '--name-only',
    '-z',
    '--format=%x01%H',
    head.trim(),
    '--',
    ...[...SPEC_PLACES, MANIFESTS].map((glob) => `:(top,glob)${glob}`),
  ]);
  return log.split('\u0001').flatMap((entry) => {
    const [sha = '', ...paths] = entry.split('\0').map((part) => part.trim());
    return paths
      .filter((path) => path !== '')
      .sort((a, b) => placeOf(a) - placeOf(b) || compareText(a, b))
      .flatMap((path) => named(path, `${sha}:`));
  });
}

function named(path: string, revision = ''): VersionAtHand[] {
  const base = posix.basename(path);
  const spec = base === MANIFEST ? posix.dirname(path) : SPEC_FILE.test(base) ? path : undefined;
  const version = IN_NAME.exec(posix.basename(spec ?? '').replace(/\.md$/i, ''))?.[1];
  return spec === undefined || version === undefined ? [] : [{ version, spec: revision + spec }];
}

// As the pointer is followed: beside it, in the root, in `.GOV/spec`.
function placeOf(path: string): number {
  return path.startsWith('.GOV/roles_shared/') ? 0 : path.includes('/') ? 2 : 1;
}
