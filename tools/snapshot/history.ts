import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../findings/index.ts';
import { BlobReader } from './blobs.ts';
import { GitError, runGit } from './run-git.ts';

/** Bytes that a file once had in some commit of some ref. */
export interface HistoricFile {
  path: string;
  blob: string;
  /** A commit that brought them in. */
  commit: string;
  read(): Promise<Uint8Array>;
}

export interface HistoricFiles {
  /** Newest first. */
  files: HistoricFile[];
  /** Why more could exist than were found; undefined where all of the history was looked through. */
  incomplete?: string;
}

/** More versions of one name are no history of a spec, and each costs a read. */
const MOST = 200;

/**
 * Every version of the files with one of these base names, in any folder, on any ref: one `git log`, and the
 * blobs on request. Without a repository there is no history, and that is said.
 */
export async function historicFiles(root: string, names: readonly string[]): Promise<HistoricFiles> {
  if (names.length === 0) return { files: [] };
  // Below the root of a repository its paths would not be ours.
  if (!existsSync(join(root, '.git'))) return { files: [], incomplete: 'there is no git history to look in' };
  let log: string;
  let shallow: boolean;
  try {
    shallow = (await runGit(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
    log = await runGit(root, [
      ...['log', '--all', '-m', '--raw', '--no-abbrev', '--no-renames', '--full-history', '-z'],
      '--format=%x00commit %H%x00',
      '--',
      ...[...names].sort(compareText).map((name) => `:(top,glob)**/${escaped(name)}`),
    ]);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { files: [], incomplete: `the git history cannot be read (${error.message})` };
  }
  const blobs = new BlobReader(root);
  const found = new Map<string, HistoricFile>();
  let commit = '';
  const parts = log.split('\0');
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!.trim();
    commit = /^commit ([0-9a-f]+)$/.exec(part)?.[1] ?? commit;
    const [, mode, blob] = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [AMT]$/.exec(part) ?? [];
    if (blob === undefined || !mode?.startsWith('100')) continue;
    const path = parts[++at] ?? '';
    if (!found.has(`${blob} ${path}`)) {
      found.set(`${blob} ${path}`, { path, blob, commit, read: () => blobs.read(path, blob) });
    }
  }
  const files = [...found.values()];
  const incomplete = shallow
    ? 'this clone is shallow, and its history is not all here (git fetch --unshallow)'
    : files.length > MOST
      ? `only the newest ${MOST} of ${files.length} versions were looked at`
      : undefined;
  return { files: files.slice(0, MOST), ...(incomplete !== undefined && { incomplete }) };
}

/** How git sees a file: `clean` as in HEAD, `changed` or `untracked` otherwise, `none` without a repository. */
export async function gitState(
  root: string,
  path: string,
): Promise<'clean' | 'changed' | 'untracked' | 'none'> {
  try {
    const status = await runGit(root, [
      'status',
      '--porcelain',
      '--ignored',
      '-z',
      '--',
      `:(literal)${path}`,
    ]);
    if (status === '') return 'clean';
    return /^(?:\?\?|!!)/.test(status) ? 'untracked' : 'changed';
  } catch (error) {
    if (error instanceof GitError) return 'none';
    throw error;
  }
}

function escaped(name: string): string {
  return name.replace(/[[\]*?\\]/g, '\\$&');
}
