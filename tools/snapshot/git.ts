import { isAbsolute, posix } from 'node:path';
import { compareText, UsageError } from '../findings/index.ts';
import { askGit } from './ask-git.ts';
import { BlobReader } from './blobs.ts';
import { readGlobs } from './globs.ts';
import { type Snapshot, UnreadableFile, type UnreadableReason } from './snapshot.ts';

/** What git keeps under a path. */
interface Entry {
  kind: 'file' | 'link' | 'submodule' | 'unmerged';
  blob: string;
}

/** What is staged. */
export async function indexSnapshot(root: string): Promise<Snapshot> {
  const listing = await askGit(root, ['ls-files', '--stage', '--full-name', '-z', ':/']);
  const entries = new Map<string, Entry>();
  for (const line of listing.split('\0')) {
    const match = /^(\d+) ([0-9a-f]+) (\d)\t(.+)$/s.exec(line);
    if (!match) continue;
    const [, mode = '', blob = '', stage, path = ''] = match;
    // Of an unmerged path no stage is what will be committed.
    entries.set(path, { kind: stage === '0' ? kindOf(mode) : 'unmerged', blob });
  }
  for (const path of await intended(root, entries)) entries.delete(path);
  return blobSnapshot('index', root, entries);
}

/** The blob and the tree without content, by the length of the repository's hashes. */
const EMPTY: Readonly<Record<number, { blob: string; tree: string }>> = {
  40: {
    blob: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
    tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  },
  64: {
    blob: '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
    tree: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
  },
};

/**
 * What `git add -N` announced. It stands in the index like an empty file and is left out of every commit: taken
 * for a file, it would stand for a document that the commit does not bring.
 */
async function intended(root: string, entries: ReadonlyMap<string, Entry>): Promise<string[]> {
  const isEmpty = ({ blob }: Entry): boolean => blob === EMPTY[blob.length]?.blob;
  const empty = [...entries].filter(([, entry]) => entry.kind === 'file' && isEmpty(entry));
  const tree = EMPTY[empty[0]?.[1].blob.length ?? 0]?.tree;
  if (tree === undefined) return [];
  const staged = await askGit(root, [
    ...['diff-index', '--cached', '--ita-invisible-in-index', '--no-renames', '--name-only', '-z'],
    tree,
  ]);
  const committed = new Set(staged.split('\0'));
  return empty.flatMap(([path]) => (committed.has(path) ? [] : [path]));
}

/** A commit, tag or branch. Throws a UsageError when the revision is unknown here. */
export async function commitSnapshot(root: string, revision: string): Promise<Snapshot> {
  if (revision.startsWith('-')) throw new UsageError(`"${revision}" is no revision`);
  const sha = (
    await askGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  ).trim();
  if (sha === '') {
    throw new UsageError(
      `"${revision}" is no revision of this repository (a shallow clone may lack it: git fetch --unshallow)`,
    );
  }
  if (!/^[0-9a-f]{40,64}$/.test(sha)) {
    throw new UsageError(`"${revision}" is no single revision, expected a commit, tag or branch`);
  }
  return knownCommitSnapshot(root, sha);
}

/** A commit by its whole id, which git has just told. */
export async function knownCommitSnapshot(root: string, commit: string): Promise<Snapshot> {
  const listing = await askGit(root, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  const entries = new Map<string, Entry>();
  for (const line of listing.split('\0')) {
    const match = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line);
    if (match) entries.set(match[3]!, { kind: kindOf(match[1]!), blob: match[2]! });
  }
  return blobSnapshot(`commit:${commit}`, root, entries);
}

/** Snapshots of files that are given with their blobs; all of them are read by one git. */
export function blobSnapshots(root: string): (id: string, files: ReadonlyMap<string, string>) => Snapshot {
  const blobs = new BlobReader(root);
  return (id, files) => {
    const entries = [...files].map(([path, blob]) => [path, { kind: 'file', blob }] as const);
    return blobSnapshot(id, root, new Map<string, Entry>(entries), blobs);
  };
}

function kindOf(mode: string): Entry['kind'] {
  return mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file';
}

function blobSnapshot(
  id: string,
  root: string,
  entries: ReadonlyMap<string, Entry>,
  blobs = new BlobReader(root),
): Snapshot {
  const paths = [...entries.keys()].sort(compareText);
  const folders = new Set(paths.flatMap(foldersOf));

  /** The blob that a path leads to, links followed, or the reason why there is none. */
  const find = async (path: string): Promise<{ blob: string } | { reason: UnreadableReason }> => {
    let at = path;
    for (let hops = 0; hops < 16; hops++) {
      const entry = entries.get(at);
      if (entry === undefined) return { reason: at === '' || folders.has(at) ? 'folder' : 'missing' };
      if (entry.kind === 'unmerged' || entry.kind === 'submodule') return { reason: entry.kind };
      if (entry.kind === 'file') return { blob: entry.blob };
      const bytes = await blobs.read(path, entry.blob).catch(() => undefined);
      if (!bytes) return { reason: 'failed' };
      const target = new TextDecoder().decode(bytes);
      at = posix.join(posix.dirname(at), target).replace(/\/$/, '');
      if (posix.isAbsolute(target) || at === '..' || at.startsWith('../')) return { reason: 'outside' };
    }
    return { reason: 'failed' };
  };

  return {
    id,
    async list(globs, problem) {
      const wanted = readGlobs(globs);
      const listed: string[] = [];
      for (const path of paths) {
        const { kind } = entries.get(path)!;
        const matches = wanted.matches(path);
        // A link or a submodule may stand where a folder is looked for, and would hide what belongs in it.
        const unsure = (kind === 'link' || kind === 'submodule') && wanted.enters(path);
        const found = unsure && problem ? await find(path) : undefined;
        const reason = found && 'reason' in found ? found.reason : undefined;
        if (reason === 'folder') problem?.(new UnreadableFile(path, 'linked-folder'));
        else if (matches) listed.push(path);
        else if (reason) problem?.(new UnreadableFile(path, reason === 'missing' ? 'dangling' : reason));
      }
      return listed;
    },
    idOf(path) {
      const entry = entries.get(path);
      return entry?.kind === 'file' ? entry.blob : undefined;
    },
    async read(path) {
      const found = isAbsolute(path) ? { reason: 'missing' as const } : await find(path);
      if ('reason' in found) throw new UnreadableFile(path, found.reason);
      return blobs.read(path, found.blob);
    },
  };
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
