import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');

it('.ci/run ends with the step that failed, which is the first where no browser is', () => {
  const browser = join(temporaryFolder(), 'no browser');
  const { status, stdout } = spawnSync('bash', [join(project, '.ci', 'run')], {
    env: { ...process.env, CHROMIUM: browser },
    encoding: 'utf8',
  });
  expect([status, stdout.split('\n').filter((line) => line !== '')]).toEqual([
    1,
    [
      expect.stringMatching(/^== a browser for the tests of the report \(after \d+ s\)$/),
      `Unexpected ${browser}, expected a browser that starts: apt-get install chromium (it needs the network), or CHROMIUM=PATH`,
      expect.stringMatching(
        /^== failed after \d+ s, exit code 1, in the step: a browser for the tests of the report$/,
      ),
    ],
  ]);
});

it('.ci/failed.mjs names each test that failed, and each file that could not be loaded', () => {
  const folder = temporaryFolder();
  const passed = { status: 'passed', fullName: 'of the demo goes on', failureMessages: [] };
  const failed = {
    status: 'failed',
    fullName: 'of the demo ends',
    failureMessages: ['\u001b[31mAssertionError\u001b[39m: expected 1 to be 2\n    at ends.ts:3'],
  };
  const testResults = [
    { name: '/a/test/b/test/c.test.ts', status: 'passed', message: '', assertionResults: [passed] },
    { name: '/a/test/e2e/d.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
    { name: '/a/test/e.test.ts', status: 'failed', message: 'Cannot find f.ts\nat e', assertionResults: [] },
  ];
  writeFileSync(join(folder, 'long.json'), JSON.stringify({ testResults }));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project, '.ci', 'failed.mjs'), folder],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: [
      'FAIL long: test/e2e/d.test.ts > of the demo ends',
      '     AssertionError: expected 1 to be 2',
      'FAIL long: test/e.test.ts',
      '     Cannot find f.ts',
      '',
    ].join('\n'),
    stderr: '',
  });
});
