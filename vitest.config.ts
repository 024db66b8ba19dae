import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// The real governance tree beside the project. Without it its tests are not registered, and one line says so.
const corpus = join(import.meta.dirname, '..', 'shared', 'corpus', 'handshake-2026-02-24');
const hasCorpus = existsSync(corpus);
if (!hasCorpus) process.stdout.write('no corpus beside the project: test/corpus is not registered\n');

// They put another module in the place of one that is loaded, or keep a repository until their file has ended.
const alone = [
  'test/corpus/init.test.ts',
  'test/e2e/commits.test.ts',
  'test/e2e/doctor.test.ts',
  'test/e2e/hooks.test.ts',
  'test/e2e/init.test.ts',
  'test/e2e/schemas.test.ts',
  'test/e2e/workflow.test.ts',
  'test/engine/artifacts.test.ts',
  'test/snapshot/snapshot.test.ts',
];
const exclude = hasCorpus ? [] : ['test/corpus/**'];

export default defineConfig({
  test: {
    pool: 'threads',
    // Half of the time is spent waiting for git and for the bundle: one worker less than cores leaves one idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    allowOnly: false,
    passWithNoTests: false,
    setupFiles: ['test/setup.ts'],
    projects: [
      // The modules of tools/ keep nothing but what they know of an object: a worker loads them once, and not for
      // each of two hundred files.
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, ...alone],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone, exclude } },
    ],
  },
});
