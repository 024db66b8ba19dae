import { execFile } from 'node:child_process';
import { isAbsolute } from 'node:path';
import picomatch from 'picomatch';
import type { SimpleGit } from 'simple-git';
import { compareText, UsageError } from '../findings/index.ts';
import { type Snapshot, UnreadableFile } from './snapshot.ts';

/**
 * simple-git drops every GIT_* variable; in a hook started by `git commit -a` or `git commit -- path` the
 * staged files are in another index file, and a gate that read the wrong one would pass having seen nothing.
 */
export async function openGit(root: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git'); // loaded by those who ask git: most commands read the disk
  return simpleGit({ baseDir: root, allowEnvironment: ['GIT_INDEX_FILE'] });
}

/** What is staged. */
export async function indexSnapshot(root: string): Promise<Snapshot> {
  const listing = await (await openGit(root)).raw(['ls-files', '--stage', '--full-name', '-z', ':/']);
  const blobs = new Map<string, string>();
  for (const entry of listing.split('\0')) {
    const match = /^(\d+) ([0-9a-f]+) (\d)\t(.+)$/s.exec(entry);
    // 160000 is a submodule: no blob of ours. Stages 1 to 3 are an unmerged path: read as ours (2).
    if (match && match[1] !== '160000' && (match[3] === '0' || match[3] === '2'))
      blobs.set(match[4]!, match[2]!);
  }
  return blobSnapshot('index', root, blobs);
}

/** A commit, tag or branch. Throws a UsageError when the revision is unknown here. */
export async function commitSnapshot(root: string, revision: string): Promise<Snapshot> {
  const git = await openGit(root);
  if (revision.startsWith('-')) throw new UsageError(`"${revision}" is no revision`);
  const sha = (
    await git
      .raw(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
      .catch(() => '')
  ).trim();
  if (sha === '') {
    throw new UsageError(
      `"${revision}" is no revision of this repository (a shallow clone may lack it: git fetch --unshallow)`,
    );
  }
  const listing = await git.raw(['ls-tree', '-r', '-z', '--full-tree', sha]);
  const blobs = new Map<string, string>();
  for (const entry of listing.split('\0')) {
    const match = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(entry);
    if (match) blobs.set(match[2]!, match[1]!);
  }
  return blobSnapshot(`commit:${sha}`, root, blobs);
}

function blobSnapshot(id: string, root: string, blobs: ReadonlyMap<string, string>): Snapshot {
  const paths = [...blobs.keys()].sort(compareText);
  return {
    id,
    async list(globs) {
      const wanted = picomatch(
        [...globs].filter((glob) => !glob.startsWith('!')),
        { dot: true },
      );
      const refused = picomatch(
        globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1)),
        { dot: true },
      );
      return paths.filter((path) => wanted(path) && !refused(path));
    },
    async read(path) {
      const blob = isAbsolute(path) ? undefined : blobs.get(path);
      if (blob === undefined) {
        const folder = paths.some((known) => known.startsWith(`${path}/`));
        throw new UnreadableFile(path, folder ? 'folder' : 'missing');
      }
      return catFile(root, path, blob);
    },
  };
}

// Bytes, not text: simple-git decodes what git prints, which would hide invalid UTF-8 from the readers.
function catFile(root: string, path: string, blob: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      ['cat-file', 'blob', blob],
      { cwd: root, encoding: 'buffer', maxBuffer: 1 << 30 },
      (error, stdout) =>
        error ? reject(new UnreadableFile(path, 'failed', { cause: error })) : resolve(stdout),
    );
  });
}
