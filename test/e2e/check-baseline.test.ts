import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { BOARD, boardWith, governedRepository, RULE_COUNT } from '../support/governed.ts';
import type { Repository } from '../support/repository.ts';

const FILE = '.GOV/baseline.json';
let repository: Repository;

beforeEach(() => {
  repository = governedRepository({ [BOARD]: boardWith('ODD', 'ODDER'), '.GOV/a.md': 'A \u00c2\u00a7\n' });
});

const check = (...args: string[]) => {
  const { code, out, err } = gov(repository.root, ['check', ...args]);
  return { code, said: `${out}${err}`.replace(/ · \d+\.\d\d s$/m, '') };
};

const baseline = (): string => readFileSync(join(repository.root, FILE), 'utf8');

describe('gov check --baseline', () => {
  it('adopts what is there: from then on only other findings fail and are shown', () => {
    expect(check().code).toBe(1);
    expect(check('--baseline')).toEqual({
      code: 0,
      said: `wrote ${FILE} · 3 findings in 2 files adopted; from now on only others fail (commit it)\nnext   gov check\n`,
    });
    expect(check()).toEqual({
      code: 0,
      said: `clean · 6 files, ${RULE_COUNT}, v02.137 · 3 in the baseline\n`,
    });
    repository.write({ [BOARD]: boardWith('ODD', 'ODDER', 'ODDEST') });
    const { code, said } = check();
    expect(code).toBe(1);
    expect(said).toContain('Unexpected state "ODDEST"');
    expect(said).not.toContain('"ODDER"');
    expect(said).toContain('1 error, 0 warnings in 1 of 6 files · 3 in the baseline\n');
  });

  it('writes the same bytes for the same tree, one finding a line', () => {
    check('--baseline');
    const first = baseline();
    rmSync(join(repository.root, FILE));
    check('--baseline');
    expect(baseline()).toBe(first);
    expect(first.split('\n').filter((line) => line.includes('"rule"'))).toHaveLength(3);
  });

  it('a second time only shrinks', () => {
    check('--baseline');
    repository.write({ [BOARD]: boardWith('ODD', 'NEW'), '.GOV/a.md': 'A §\n' });
    expect(check().said).toContain(`2 entries of ${FILE} are no longer needed (gov check --baseline)\n`);
    const { code, said } = check('--baseline');
    expect(code).toBe(1);
    expect(said).toContain(`took 2 fixed findings out of ${FILE} · 1 left\n`);
    expect(said).toContain('1 finding beyond it, and none is ever added (to adopt anew, delete it first)\n');
    expect(said).toContain('next   gov explain board/unknown-token\n');
    expect(baseline()).not.toContain('NEW');
    const shrunk = baseline();
    expect(check('--baseline').said).toContain(`${FILE} is up to date · 1 finding\n`);
    expect(baseline()).toBe(shrunk);
  });

  it('tells JSON how much is covered, and is not itself judged', () => {
    check('--baseline');
    expect(baseline()).toContain('\u00c2\u00a7');
    const { out } = gov(repository.root, ['check', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      stats: { files: 6 },
      findings: [],
      summary: { error: 0, warning: 0, info: 0, baselined: 3 },
      baseline: { file: FILE, entries: 3, unneeded: 0 },
    });
  });

  it('stands where gov.config.yaml says', () => {
    repository.write({ 'gov.config.yaml': 'check:\n  baseline: docs/known.json\n' });
    expect(check('--baseline').said).toContain('wrote docs/known.json · 3 findings');
    expect(check().code).toBe(0);
  });

  it('the commit that adopts a tree passes its own hook; the next one answers for what it touches', () => {
    check('--baseline');
    repository.git('add', '--all');
    expect(check('--staged').code).toBe(0);
    repository.git('commit', '--quiet', '--message', 'adopt');
    repository.write({ [BOARD]: `${boardWith('ODD', 'ODDER')}\nmore\n` });
    repository.git('add', '--all');
    expect(check('--staged')).toEqual({
      code: 0,
      said: `clean · 1 staged of 6 files, ${RULE_COUNT}, v02.137 · 2 in the baseline\n`,
    });
    repository.commit({ [BOARD]: boardWith() }, 'fix');
    repository.write({ [BOARD]: boardWith('ODD') });
    repository.git('add', '--all');
    expect(check('--staged')).toMatchObject({ code: 1, said: expect.stringContaining('"ODD"') });
  });

  it.each([
    [
      'truncated',
      (text: string) => text.slice(0, -10),
      `${FILE}:6:2: Unexpected end or sign in a baseline, expected JSON`,
    ],
    [
      'unmerged',
      (text: string) => `<<<<<<< ours\n${text}`,
      `${FILE}:1:1: Unexpected mark of a merge conflict, expected one that is resolved`,
    ],
  ])('one that is %s is never ignored', (_name, damage, message) => {
    check('--baseline');
    writeFileSync(join(repository.root, FILE), damage(baseline()));
    for (const args of [[], ['--staged'], ['--baseline'], ['--fix']]) {
      if (args[0] === '--staged') repository.git('add', '--all');
      const { code, said } = check(...args);
      expect([args, code]).toEqual([args, 2]);
      expect(said.replace(/:\d+:\d+:/, ':')).toBe(`gov: ${message}\n`.replace(/:\d+:\d+:/, ':'));
    }
  });

  it('a tree without a document is not adopted', () => {
    repository.git('rm', '-r', '--quiet', '.GOV');
    expect(check('--baseline')).toMatchObject({ code: 1, said: expect.stringContaining('tree/empty') });
  });

  it.each([
    [['a.md'], 'PATH'],
    [['--rule', 'text/double-encoded'], '--rule'],
    [['--fix'], '--fix'],
    [['--rev', 'HEAD'], '--rev'],
  ])('%j is refused beside it', (args, name) => {
    expect(check('--baseline', ...args)).toEqual({
      code: 2,
      said: `gov: --baseline adopts the whole tree as it is on disk, and excludes ${name}\n`,
    });
  });
});
