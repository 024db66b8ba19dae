import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenRoot } from './corpus.ts';

/** The work packet that the corpus takes through its activation, and what its PREPARE names. */
export const GOLDEN = 'WP-1-Unified-Tool-Surface-Contract-v1';
export const GOLDEN_BRANCH = `feat/${GOLDEN}`;
export const GOLDEN_WORKTREE = `../wt-${GOLDEN}`;

/** What the activation wrote, by path: it is laid over the corpus. */
export function goldenFiles(): Record<string, Buffer> {
  const paths = readdirSync(goldenRoot, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(goldenRoot.length + 1)
        .replaceAll('\\', '/'),
    );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(goldenRoot, path))]));
}
