import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The real governance tree beside the project. Without it its tests are not registered, and one line says so.
const corpus = join(import.meta.dirname, '..', 'shared', 'corpus', 'handshake-2026-02-24');
const hasCorpus = existsSync(corpus);
if (!hasCorpus) process.stdout.write('no corpus beside the project: test/corpus is not registered\n');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: hasCorpus ? [] : ['test/corpus/**'],
    pool: 'threads',
    // Half of the time is spent waiting for git and for the bundle: one worker less than cores leaves one idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    allowOnly: false,
    passWithNoTests: false,
    setupFiles: ['test/setup.ts'],
  },
});
