import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { initSchema } from '../../tools/cli/schemas/init.ts';
import { corpusRoot } from '../support/corpus.ts';
import { Governed } from '../support/hooked.ts';
import { filesOf } from '../support/placed.ts';

it('gov init adopts the real tree: the commit goes through, what comes later is refused, and undo leaves no trace', () => {
  const repo = Governed.empty();
  cpSync(corpusRoot, repo.root, { recursive: true });
  repo.write({ '.gitignore': 'node_modules\n' });
  repo.git('add', '--all');
  repo.git('commit', '--quiet', '-m', 'legacy');
  const before = filesOf(repo.root);
  const { summary } = JSON.parse(repo.gov('check', '--json').out);
  expect(summary.error).toBeGreaterThan(0);

  const { steps } = initSchema.parse(JSON.parse(repo.gov('init', '--json').out));
  expect(steps).toContainEqual({
    action: 'create',
    path: '.GOV/baseline.json',
    adopted: summary.error + summary.warning,
  });
  const check = repo.gov('check');
  expect(check).toMatchObject({ code: 0, err: '' });
  expect(check.out).toMatch(/^clean · \d+ files, .+ · \d+ in the baseline · /);

  repo.git('add', '--all');
  const adopted = repo.attempt(['commit', '-m', 'adopt']);
  expect(adopted).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^clean · \d+ staged of \d+ files, /m),
  });

  const name = 'WP-1-Of-Nobody-v1';
  repo.write({ [join('.GOV/task_packets/stubs', `${name}.md`)]: `# ${name}\n` });
  repo.git('add', '--all');
  const refused = repo.attempt(['commit', '-m', 'x']);
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(new RegExp(`stubs/${name}\\.md\\n`));
  repo.git('rm', '--quiet', '--force', `.GOV/task_packets/stubs/${name}.md`);

  expect(repo.gov('init', '--undo').code).toBe(0);
  expect(filesOf(repo.root)).toEqual(before);
});
