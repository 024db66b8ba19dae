import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { compareText } from '../findings/index.ts';
import { readGlobs, type Wanted } from './globs.ts';
import { LARGEST_FILE, type Snapshot, UnreadableFile, type UnreadableReason } from './snapshot.ts';

const REASONS: Record<string, UnreadableReason> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EISDIR: 'folder',
  EACCES: 'denied',
  EPERM: 'denied',
};

/** What is on disk. `root` is absolute. */
export function worktreeSnapshot(root: string): Snapshot {
  const home = realpath(root).catch(() => root);
  // Met by a walk that follows no link: where they lead needs no second look.
  const plain = new Set<string>();
  return {
    id: 'worktree',
    async list(globs, problem) {
      const walk: Walk = { root, wanted: readGlobs(globs), paths: [], plain, problems: [] };
      await enter(walk, '');
      if (problem) {
        for (const found of walk.problems.sort((a, b) => compareText(a.path, b.path))) problem(found);
      }
      return walk.paths.sort(compareText);
    },
    async read(path) {
      const bytes = plain.has(path) ? readPlain(join(root, path)) : undefined;
      if (bytes !== undefined) return bytes;
      try {
        const file = await realpath(resolve(root, path));
        // A stub that is a link to somewhere else is no part of this tree, whatever it says. An absolute path
        // is one that the caller names: it is read as it is.
        if (!isAbsolute(path) && leadsOut(await home, file)) throw new UnreadableFile(path, 'outside');
        const info = await stat(file);
        // A pipe or a device would never end.
        if (info.isDirectory()) throw new UnreadableFile(path, isRepository(file) ? 'submodule' : 'folder');
        if (!info.isFile()) throw new UnreadableFile(path, 'special');
        if (info.size > LARGEST_FILE) throw new UnreadableFile(path, 'large');
        return await readFile(file);
      } catch (error) {
        if (error instanceof UnreadableFile) throw error;
        throw new UnreadableFile(path, REASONS[codeOf(error)] ?? 'failed', { cause: error });
      }
    },
  };
}

// A pipe that took the place of a file must not be waited for, and a link not be followed. Windows has neither flag.
const PLAIN = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * The bytes of a file that is no more than a file; undefined where it is, or where anything goes wrong: then the
 * careful way tells what. At once, since hundreds of small files are read several times faster so.
 */
function readPlain(file: string): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, PLAIN);
    const info = fstatSync(descriptor);
    if (!info.isFile() || info.size > LARGEST_FILE) return undefined;
    return readFileSync(descriptor);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

interface Walk {
  root: string;
  wanted: Wanted;
  paths: string[];
  plain: Set<string>;
  problems: UnreadableFile[];
}

/** One folder that cannot be opened does not hide the others. */
async function enter(walk: Walk, folder: string): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(walk.root, folder), { withFileTypes: true });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    walk.problems.push(new UnreadableFile(folder || '.', 'denied-folder', { cause: error }));
    return;
  }
  // Its files are in no commit of this repository: a gate that counted them would pass here and nowhere else.
  if (folder !== '' && entries.some(({ name }) => name === '.git') && isRepository(join(walk.root, folder))) {
    if (!walk.wanted.matches(folder)) walk.problems.push(new UnreadableFile(folder, 'submodule'));
    return;
  }
  const below: Promise<void>[] = [];
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isSymbolicLink()) below.push(meetLink(walk, path));
    else {
      // Folders too: a folder named like a stub must be reported, not passed over.
      if (walk.wanted.matches(path)) {
        walk.paths.push(path);
        if (entry.isFile()) walk.plain.add(path);
      }
      if (entry.isDirectory() && entry.name !== '.git' && walk.wanted.enters(path)) {
        below.push(enter(walk, path));
      }
    }
  }
  await Promise.all(below);
}

/** As git sees it: `.git` is a file that names the git folder, or is that folder; an empty one is neither. */
function isRepository(folder: string): boolean {
  try {
    const own = statSync(join(folder, '.git'), { throwIfNoEntry: false });
    return own?.isFile() === true || existsSync(join(folder, '.git', 'HEAD'));
  } catch {
    return false; // a folder that is closed tells nothing, and is reported as such
  }
}

/** A link to a file is listed as a file; a link to a folder would hide what stands in it. */
async function meetLink(walk: Walk, path: string): Promise<void> {
  const matches = walk.wanted.matches(path);
  const enters = walk.wanted.enters(path);
  if (!matches && !enters) return;
  const target = await stat(join(walk.root, path)).catch(() => undefined);
  if (enters && target?.isDirectory()) walk.problems.push(new UnreadableFile(path, 'linked-folder'));
  else if (matches) walk.paths.push(path);
  else if (!target) walk.problems.push(new UnreadableFile(path, 'dangling'));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

function leadsOut(root: string, file: string): boolean {
  const below = relative(root, file);
  return below === '..' || /^\.\.[\\/]/.test(below) || isAbsolute(below);
}
