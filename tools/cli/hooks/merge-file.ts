import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextMerger } from '../../artifacts/index.ts';
import { gitError } from '../../snapshot/index.ts';

/** More than any document is long. */
const MOST = 1024 * 1024 * 1024;
/** An exit code above it tells no number of conflicts. */
const CONFLICTS = 127;
/** Of a conflict marker, where nobody asks for another. */
export const MARKER_SIZE = 7;
const NAMES = ['base', 'ours', 'theirs'] as const;

export interface MergedFile {
  bytes: Buffer;
  conflicts: number;
}

/** What `git merge-file` makes of three texts, in the repository whose configuration counts. Throws a GitError. */
export async function mergeFile(
  root: string,
  sides: readonly [base: string | Uint8Array, ours: string | Uint8Array, theirs: string | Uint8Array],
  markerSize = MARKER_SIZE,
): Promise<MergedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'govkit-merge-'));
  try {
    const [base, ours, theirs] = NAMES.map((name) => join(folder, name)) as [string, string, string];
    for (const [at, path] of [base, ours, theirs].entries()) await writeFile(path, sides[at]!);
    const labels = ['ours', 'base', 'theirs'].flatMap((name) => ['-L', name]);
    return await run(root, ['-p', `--marker-size=${markerSize}`, ...labels, ours, base, theirs]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Merges the prose of a rendered document as git does. */
export function proseMerger(root: string, markerSize = MARKER_SIZE): TextMerger {
  return {
    markerSize,
    async merge(...texts) {
      const { bytes, conflicts } = await mergeFile(root, texts, markerSize);
      return { text: bytes.toString(), conflicts };
    },
  };
}

/** In the environment that git gave: it names the repository that is being merged in. */
function run(root: string, args: readonly string[]): Promise<MergedFile> {
  const options = { cwd: root, encoding: 'buffer', maxBuffer: MOST, windowsHide: true } as const;
  return new Promise((resolve, reject) => {
    execFile('git', ['merge-file', ...args], options, (error, bytes, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number' && code >= 0 && code <= CONFLICTS) resolve({ bytes, conflicts: code });
      else reject(gitError(new Error(stderr.toString().trim() || (error?.message ?? 'no answer'))));
    });
  });
}
