import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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

// Whole processes by the hundred: killed at every write, a hundred at once, each case of an attack; commands by the
// million; whole chains of commands. `.ci/run` runs them once; GOVKIT_LONG=1 npm test runs them with all the others.
const long = [
  'test/artifacts/merge.test.ts',
  'test/artifacts/never-throws.test.ts',
  'test/cli/recorder/check-piece.test.ts',
  'test/cli/recorder/lines.test.ts',
  'test/cli/session/answers.test.ts',
  'test/cli/session/recover.test.ts',
  'test/corpus/corruptions.test.ts',
  'test/corpus/fix.test.ts',
  'test/corpus/golden.test.ts',
  'test/corpus/remark.test.ts',
  'test/corpus/renderings.test.ts',
  'test/corpus/report-governance.test.ts',
  'test/corpus/report-page.test.ts',
  'test/corpus/spec-diff.test.ts',
  'test/e2e/activation.test.ts',
  'test/e2e/admission.test.ts',
  'test/e2e/ci-mode.test.ts',
  'test/e2e/commits.test.ts',
  'test/e2e/competing-heads.test.ts',
  'test/e2e/doctor.test.ts',
  'test/e2e/grammar-5-1.test.ts',
  'test/e2e/hostile.test.ts',
  'test/e2e/init.test.ts',
  'test/e2e/interrupted.test.ts',
  'test/e2e/merge.test.ts',
  'test/e2e/modules.test.ts',
  'test/e2e/parallel.test.ts',
  'test/e2e/recorder-archive.test.ts',
  'test/e2e/recorder-check.test.ts',
  'test/e2e/recorder-docs.test.ts',
  'test/e2e/report-governance.test.ts',
  'test/e2e/report-hostile.test.ts',
  'test/e2e/report-own.test.ts',
  'test/e2e/report-sessions.test.ts',
  'test/e2e/report.test.ts',
  'test/e2e/scenarios.test.ts',
  'test/e2e/session.test.ts',
  'test/e2e/spec-contracts-diff.test.ts',
  'test/e2e/spec-diff.test.ts',
  'test/e2e/spec-rebase.test.ts',
  'test/e2e/tail.test.ts',
  'test/e2e/workflow.test.ts',
  'test/e2e/trace.test.ts',
  'test/e2e/wp-drift.test.ts',
  'test/engine/archive/kill.test.ts',
  'test/engine/archive/while-reading.test.ts',
  'test/engine/crash/kill.test.ts',
  'test/engine/crash/several.test.ts',
  'test/engine/crash/wal.test.ts',
  'test/engine/store/migration-killed.test.ts',
  'test/engine/store/processes.test.ts',
  'test/engine/store/segments.test.ts',
  'test/engine/store/tamper-every.test.ts',
  'test/gate/ground/attacks.test.ts',
  'test/gate/ground/read.test.ts',
  'test/gate/next.test.ts',
  'test/gate/transaction/git-actions.test.ts',
  'test/gate/transaction/recover.test.ts',
  'test/recorder/observer.test.ts',
  'test/recorder/writers-killed.test.ts',
  'test/report/browser.test.ts',
  'test/sim/fairness.test.ts',
  'test/sim/long.test.ts',
  'test/sim/planted.test.ts',
];
const isLong = process.env.GOVKIT_LONG === '1';
if (!isLong) process.stdout.write(`${long.length} files of long tests are not registered: GOVKIT_LONG=1\n`);
const exclude = [...(hasCorpus ? [] : ['test/corpus/**']), ...(isLong ? [] : long)];

// Minutes each, in one worker: begun last, they would leave the other core idle for as long.
const slowest = [
  'test/contracts/agreement.test.ts',
  'test/engine/crash/kill.test.ts',
  'test/sim/long.test.ts',
];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => slowest.some((file) => moduleId.endsWith(file));
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
    pool: 'threads',
    // Half of the time is spent waiting for git and for the bundle: one worker less than cores leaves one idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What a page or another process has still to do takes as long as the load of the machine makes it: the default is 1 s.
    expect: { poll: { timeout: 20_000, interval: 20 } },
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
