import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const MEMORY = '/dev/shm';

/**
 * A folder that is gone when the test is, in memory where there is one: what a killed process has written stays
 * there just as well, and a sync costs nothing.
 */
export function folderInMemory(): string {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'gov kit '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
