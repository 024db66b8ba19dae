import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { BOARD, boardWith, governedFiles, governedRepository, RULE_COUNT } from '../support/governed.ts';
import { type Repository, repositoryIn, temporaryFolder } from '../support/repository.ts';

const MOJIBAKE = 'A \u00c2\u00a7 sign\n';
let repository: Repository;

beforeEach(() => {
  repository = governedRepository({ '.GOV/old.md': MOJIBAKE });
  repository.git('switch', '--quiet', '--create', 'feature');
});

const since = (...args: string[]) => {
  const { code, out, err } = gov(repository.root, ['check', '--changed-since', ...args]);
  return { code, said: `${out}${err}`.replace(/ · \d+\.\d\d s$/m, '') };
};

const base = (): string => repository.git('rev-parse', '--short=7', 'main');

describe('gov check --changed-since', () => {
  it('judges the work tree against the merge base, not against the tip', () => {
    repository.write({ '.GOV/mine.md': '# Mine\n' });
    const at = base();
    repository.git('stash', '--include-untracked', '--quiet');
    repository.git('switch', '--quiet', 'main');
    repository.commit({ [BOARD]: boardWith('ODD') });
    repository.git('switch', '--quiet', 'feature');
    repository.git('stash', 'pop', '--quiet');
    expect(since('main')).toEqual({
      code: 0,
      said: `clean · 1 changed since ${at} of 7 files, ${RULE_COUNT}, v02.137\n`,
    });
  });

  it('finds what a commit without its hook brought in', () => {
    repository.write({ [BOARD]: boardWith('ODD') });
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'past the hook');
    expect(since('main')).toMatchObject({ code: 1, said: expect.stringContaining('board/unknown-token') });
    expect(since('main', '--rev', 'HEAD').code).toBe(1);
  });

  it('--rev judges that commit, whatever is on disk', () => {
    repository.commit({ [BOARD]: boardWith() });
    repository.write({ [BOARD]: boardWith('ODD') });
    expect(since('main', '--rev', 'feature').code).toBe(0);
    expect(since('main').code).toBe(1);
  });

  it('a checkout with CRLF has changed nothing (G13)', () => {
    const files = Object.entries(governedFiles()).map(([path, text]) => [
      path,
      text.replaceAll('\n', '\r\n'),
    ]);
    repository.write(Object.fromEntries(files));
    expect(since('main')).toEqual({
      code: 0,
      said: `clean · nothing governed changed since ${base()} of 6 files, ${RULE_COUNT}, v02.137\n`,
    });
  });

  it('the policy is that of the merge base, and a change of it is told', () => {
    repository.commit({
      [BOARD]: boardWith('ODD'),
      'gov.config.yaml': 'check:\n  rules:\n    board/unknown-token: off\n',
    });
    const { code, said } = since('main');
    expect(code).toBe(1);
    expect(said).toContain('board/unknown-token');
    expect(said).toContain('gov.config.yaml differs from the merge base: that of the merge base counts\n');
    expect(gov(repository.root, ['check']).code).toBe(0);
  });

  it('the baseline is that of the merge base', () => {
    repository.write({ [BOARD]: boardWith('ODD') });
    expect(gov(repository.root, ['check', '--baseline']).code).toBe(0);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'adopt what I broke');
    expect(since('main')).toMatchObject({
      code: 1,
      said: expect.stringContaining('.GOV/baseline.json differs from the merge base'),
    });
  });

  it('what was fixed cannot come back under an old baseline', () => {
    repository.git('switch', '--quiet', 'main');
    repository.write({ [BOARD]: boardWith('ODD') });
    gov(repository.root, ['check', '--baseline']);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'adopt');
    repository.commit({ [BOARD]: boardWith() }, 'fix it, and leave the baseline');
    repository.git('switch', '--quiet', '--create', 'again');
    repository.commit({ [BOARD]: boardWith('ODD') });
    expect(gov(repository.root, ['check']).code).toBe(0);
    expect(since('main')).toMatchObject({ code: 1, said: expect.stringContaining('board/unknown-token') });
  });

  it('JSON names what was compared', () => {
    repository.write({ '.GOV/new.md': MOJIBAKE });
    const { out } = gov(repository.root, ['check', '--changed-since', 'main', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      change: { what: `changed since ${base()}`, files: ['.GOV/new.md'] },
      summary: { error: 0, warning: 1, info: 0, baselined: 0 },
      notes: [],
    });
  });

  it.each([
    [['nowhere'], 'cannot prove what is new: "nowhere" is no revision of this repository'],
    [['main', '--rev', 'nowhere'], 'cannot prove what is new: "nowhere" is no revision of this repository'],
    [['--', '-x'], undefined],
  ])('%j is a wrong call', (args, message) => {
    const { code, said } = since(...args);
    expect(code).toBe(2);
    expect(message === undefined || said === `gov: ${message}\n`).toBe(true);
  });

  it('histories without a common commit prove nothing', () => {
    repository.git('switch', '--quiet', '--orphan', 'alone');
    repository.commit(governedFiles());
    expect(since('main')).toEqual({
      code: 2,
      said: 'gov: cannot prove what is new: main and HEAD have no commit in common here\n',
    });
  });

  it('a shallow clone that lacks the merge base proves nothing, and says the way out', () => {
    repository.commit({ '.GOV/one.md': '# One\n' });
    const root = join(temporaryFolder(), 'shallow');
    repository.git(
      'clone',
      '--quiet',
      '--depth',
      '1',
      '--branch',
      'feature',
      `file://${repository.root}`,
      root,
    );
    expect(gov(root, ['check', '--changed-since', 'origin/main'])).toEqual({
      code: 2,
      out: '',
      err: 'gov: cannot prove what is new: "origin/main" is no revision of this repository, and this clone is shallow (git fetch --unshallow brings the rest)\n',
    });
    repositoryIn(root).git('fetch', '--quiet', '--depth', '1', 'origin', 'main:refs/remotes/origin/main');
    expect(gov(root, ['check', '--changed-since', 'origin/main']).err).toBe(
      'gov: cannot prove what is new: origin/main and HEAD have no commit in common here, and this clone is shallow (git fetch --unshallow brings the rest)\n',
    );
    repositoryIn(root).git('fetch', '--quiet', '--unshallow');
    expect(gov(root, ['check', '--changed-since', 'origin/main']).code).toBe(0);
  });
});
