import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { governedRepository } from '../support/governed.ts';
import { filesOf } from '../support/placed.ts';
import type { Repository } from '../support/repository.ts';

const ONE = '.GOV/one.md';
const TWO = '.GOV/two §.md';
const BROKEN = '\ufeff# One\r\nA \u00c2\u00a7 sign and \u00c2\u00a7 two\r\nsound é\r\nlast \u00c2\u00a7';
const SOUND = '\ufeff# One\r\nA § sign and § two\r\nsound é\r\nlast §';
let repository: Repository;

beforeEach(() => {
  repository = governedRepository({ [ONE]: BROKEN, [TWO]: 'x \u00c2\u00a7\n' });
});

const check = (...args: string[]) => {
  const { code, out, err } = gov(repository.root, ['check', ...args]);
  return { code, out, err };
};

const read = (path: string): string => readFileSync(join(repository.root, path), 'utf8');

describe('gov check --fix', () => {
  it('shows a diff that git applies, and writes nothing', () => {
    const { code, out } = check('--fix');
    expect(code).toBe(0);
    expect(out).toContain(`--- a/${ONE}\n+++ b/${ONE}\n`);
    expect(out).toContain('-A \u00c2\u00a7 sign and \u00c2\u00a7 two\r\n+A § sign and § two\r\n');
    expect(out).toMatch(
      /\nto mend 3 findings in 2 files · nothing written\nnext {3}gov check --fix --write\n$/,
    );
    expect(read(ONE)).toBe(BROKEN);
    execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: repository.root, input: out });
    expect(read(ONE)).toBe(SOUND);
    expect(check().out).toMatch(/^clean · /);
  });

  it('--write mends: BOM, line ends, mode and all other bytes stay', () => {
    chmodSync(join(repository.root, ONE), 0o640);
    expect(check('--fix', '--write')).toEqual({
      code: 0,
      out: 'mended 3 findings in 2 files\nnext   gov check\n',
      err: '',
    });
    expect([read(ONE), read(TWO)]).toEqual([SOUND, 'x §\n']);
    expect(statSync(join(repository.root, ONE)).mode & 0o777).toBe(0o640);
  });

  it('a second time there is nothing to mend', () => {
    check('--fix', '--write');
    const before = statSync(join(repository.root, ONE)).mtimeMs;
    expect(check('--fix', '--write').out).toBe('nothing to mend mechanically\nnext   gov check\n');
    expect(check('--fix').out).toBe('nothing to mend mechanically\nnext   gov check\n');
    expect(statSync(join(repository.root, ONE)).mtimeMs).toBe(before);
  });

  it('PATH and --rule narrow it, and the next command repeats them', () => {
    expect(check('--fix', TWO).out).toMatch(
      /to mend 1 finding in 1 file · nothing written\nnext {3}gov check '\.GOV\/two §\.md' --fix --write\n$/,
    );
    expect(check('--fix', '--write', TWO).out).toBe('mended 1 finding in 1 file\nnext   gov check\n');
    expect([read(ONE), read(TWO)]).toEqual([BROKEN, 'x §\n']);
    expect(check('--fix', '--write', '--rule', 'board/two-states').out).toBe(
      'nothing to mend mechanically\nnext   gov check\n',
    );
    expect(read(ONE)).toBe(BROKEN);
  });

  it('says what is left to mend by hand, and fails when an error is', () => {
    repository.write({ '.GOV/roles.yaml': '[' });
    const { code, out } = check('--fix', '--write');
    expect(code).toBe(1);
    expect(out).toMatch(/^mended 3 findings in 2 files · 1 error, 0 warnings to mend by hand\n/);
  });

  it('mends what the baseline covers too', () => {
    check('--baseline');
    expect(check('--fix', '--write').out).toMatch(/^mended 3 findings in 2 files\n/);
    expect(check().out).toContain('2 entries of .GOV/baseline.json are no longer needed');
  });

  it('a link stays one: what it leads to is mended', () => {
    repository.write({ 'docs/real.md': 'y \u00c2\u00a7\n' });
    symlinkSync('../docs/real.md', join(repository.root, '.GOV/linked.md'));
    check('--fix', '--write', '.GOV/linked.md');
    expect(read('docs/real.md')).toBe('y §\n');
    expect(statSync(join(repository.root, '.GOV/linked.md')).isFile()).toBe(true);
  });

  it('a read-only file is refused, and none of the others is written', () => {
    chmodSync(join(repository.root, TWO), 0o444);
    const before = filesOf(repository.root);
    expect(check('--fix', '--write')).toEqual({
      code: 2,
      out: '',
      err: `gov: ${TWO} is read-only, expected a file that can be written; nothing was changed: chmod u+w '${TWO}', then run it again\n`,
    });
    expect(filesOf(repository.root)).toEqual(before);
  });

  it('JSON has the diff and the hashes', () => {
    const { out } = check('--fix', '--json');
    const { fix, summary } = JSON.parse(out) as {
      fix: { files: { path: string; patch: string }[] };
      summary: object;
    };
    expect(fix).toMatchObject({ applied: false, fixed: 3, left: 0 });
    expect(fix.files.map(({ path }) => path)).toEqual([ONE, TWO]);
    expect(fix.files[1]!.patch).toContain('-x \u00c2\u00a7\n+x §\n');
    expect(summary).toMatchObject({ error: 0, warning: 3, baselined: 0 });
    expect(JSON.parse(check('--fix', '--write', '--json').out)).toMatchObject({ fix: { applied: true } });
  });

  it.each([
    [['--rev', 'HEAD'], '--fix mends files on disk, and --rev looks at others: one of them'],
    [
      ['--changed-since', 'HEAD'],
      '--fix mends files on disk, and --changed-since looks at others: one of them',
    ],
    [['--format', 'sarif'], '--fix prints text or JSON, and excludes --format sarif'],
  ])('with %j is a wrong call', (args, message) => {
    expect(check('--fix', ...args)).toEqual({ code: 2, out: '', err: `gov: ${message}\n` });
  });
});
