import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import {
  BOARD,
  boardWith,
  governedFiles,
  governedRepository,
  RULE_COUNT,
  SPEC,
} from '../support/governed.ts';
import { type Repository, temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';

const STUB = '.GOV/task_packets/stubs/WP-1-Demo-v1.md';
let repository: Repository;

beforeEach(() => {
  repository = governedRepository();
});

/** Exit code, and the output without its time. */
const staged = (...args: string[]) => {
  const { code, out, err } = gov(repository.root, ['check', '--staged', ...args]);
  return { code, said: `${out}${err}`.replace(/ · \d+\.\d\d s$/m, '') };
};

const rulesOf = (...args: string[]): string[] => {
  const { out } = gov(repository.root, ['check', '--staged', '--json', ...args]);
  return (JSON.parse(out) as { findings: { rule: string; place: { file: string } }[] }).findings.map(
    ({ rule, place }) => `${place.file.split('/').at(-1)} ${rule}`,
  );
};

describe('gov check --staged', () => {
  it('says when nothing governed is staged', () => {
    writeTree(repository.root, { 'src/main.rs': 'fn main() {}\n' });
    repository.git('add', '--all');
    expect(staged()).toEqual({
      code: 0,
      said: `clean · nothing governed staged of 5 files, ${RULE_COUNT}, v02.137\n`,
    });
  });

  it('says what it looked at', () => {
    repository.write({ '.GOV/notes.md': '# Notes\n' });
    repository.git('add', '--all');
    expect(staged()).toEqual({ code: 0, said: `clean · 1 staged of 6 files, ${RULE_COUNT}, v02.137\n` });
  });

  it('never reads the work tree', () => {
    repository.write({ [BOARD]: boardWith('NONSENSE') });
    expect(staged().code).toBe(0);
    repository.git('add', '--all');
    repository.write({ [BOARD]: boardWith() });
    expect(staged()).toMatchObject({ code: 1, said: expect.stringContaining('board/unknown-token') });
  });

  it('tells all of a file that is touched, and of the others only what is new', () => {
    const other = '.GOV/task_packets/stubs/WP-1-Old-v1.md';
    repository.commit({ [BOARD]: boardWith('ODD'), [other]: '# Stub\n' });
    expect(staged().code).toBe(0);
    repository.write({ [BOARD]: `${boardWith('ODD')}\ntouched\n` });
    repository.git('add', '--all');
    expect(rulesOf()).toEqual(['TASK_BOARD.md board/unknown-token']);
  });

  it('what the change does to other documents is told where it shows', () => {
    repository.git('rm', '--quiet', STUB);
    expect(rulesOf()).toContain('WP_TRACEABILITY_REGISTRY.md registry/file-missing');
  });

  it('a document that is only moved does not answer for what was wrong with it', () => {
    repository.commit({ '.GOV/old/notes.md': 'A \u00c2\u00a7 sign\n' });
    mkdirSync(join(repository.root, '.GOV/new'));
    renameSync(join(repository.root, '.GOV/old/notes.md'), join(repository.root, '.GOV/new/notes.md'));
    repository.git('add', '--all');
    expect(staged()).toEqual({ code: 0, said: `clean · 1 staged of 6 files, ${RULE_COUNT}, v02.137\n` });
  });

  it('before the first commit everything is new', () => {
    repository = temporaryRepository();
    repository.write({ ...governedFiles(), [BOARD]: boardWith('ODD') });
    repository.git('add', '--all');
    expect(staged()).toMatchObject({ code: 1, said: expect.stringContaining(', 5 staged') });
  });

  it('an index without a governed file is an error, not a pass', () => {
    repository.git('rm', '--quiet', '-r', '--cached', '.GOV');
    expect(staged()).toMatchObject({
      code: 1,
      said: expect.stringContaining('no governed file under .GOV: is this the right --root?'),
    });
    repository.git('commit', '--quiet', '--message', 'gone');
    expect(staged()).toMatchObject({ code: 1, said: expect.stringContaining('tree/empty') });
  });

  it('a merge answers for what neither parent has', () => {
    repository.git('switch', '--quiet', '--create', 'side');
    repository.commit({ '.GOV/side.md': 'A \u00c2\u00a7 of the side\n' });
    repository.git('switch', '--quiet', 'main');
    repository.commit({ '.GOV/main.md': 'A \u00c2\u00a7 of main\n' });
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
    expect(rulesOf()).toEqual([]);
    repository.write({ '.GOV/merged.md': 'A \u00c2\u00a7 of the merge\n' });
    repository.git('add', '--all');
    expect(rulesOf()).toEqual(['merged.md text/double-encoded']);
  });

  it('a file that is not merged yet is an error', () => {
    repository.git('switch', '--quiet', '--create', 'side');
    repository.commit({ [STUB]: '# side\n' });
    repository.git('switch', '--quiet', 'main');
    repository.commit({ [STUB]: '# main\n' });
    expect(() => repository.git('merge', '--quiet', 'side')).toThrow();
    expect(rulesOf()).toContain('WP-1-Demo-v1.md tree/unmerged');
  });

  it('reads the index file that git names in a hook', () => {
    const index = join(repository.root, '.git', 'next-index-1.lock');
    copyFileSync(join(repository.root, '.git', 'index'), index);
    repository.write({ [BOARD]: boardWith('ODD') });
    const env = { GIT_INDEX_FILE: index };
    execFileSync('git', ['add', '--all'], { cwd: repository.root, env: { ...process.env, ...env } });
    expect(gov(repository.root, ['check', '--staged'], { env }).out).toContain('board/unknown-token');
    expect(staged().code).toBe(0);
  });

  it('works in a linked worktree', () => {
    const linked = join(temporaryFolder(), 'linked é');
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', linked);
    writeTree(linked, { [BOARD]: boardWith('ODD') });
    expect(gov(linked, ['check', '--staged']).code).toBe(0);
    repository.git('-C', linked, 'add', '--all');
    expect(gov(linked, ['check', '--staged']).out).toContain('board/unknown-token');
    expect(staged().code).toBe(0);
  });

  it('a new version of the spec does not make old findings new', () => {
    repository.commit({ [STUB]: governedFiles()[STUB]!.replace('1.1.1 Session', '9.9 Session') });
    const next = SPEC.replace('137', '138');
    const text = governedFiles()[SPEC]!.replaceAll('02.137', '02.138');
    repository.write({
      [next]: text,
      '.GOV/roles_shared/SPEC_CURRENT.md': governedFiles()['.GOV/roles_shared/SPEC_CURRENT.md']!.replace(
        '137',
        '138',
      ),
    });
    repository.git('add', '--all');
    expect(staged()).toMatchObject({ code: 0, said: expect.stringContaining('2 staged of 5 files') });
  });

  it.each([
    [['--rev', 'HEAD'], '--staged and --rev exclude each other'],
    [['--changed-since', 'HEAD'], '--staged and --changed-since exclude each other'],
    [['--fix'], '--fix mends files on disk, and --staged looks at others: one of them'],
    [['--baseline'], '--baseline adopts the whole tree as it is on disk, and excludes --staged'],
    [['--write'], '--write goes with --fix'],
  ])('with %j is a wrong call', (args, message) => {
    expect(staged(...args)).toEqual({ code: 2, said: `gov: ${message}\n` });
  });

  it('outside a repository it cannot tell what is staged', () => {
    const root = temporaryFolder();
    writeTree(root, governedFiles());
    expect(gov(root, ['check', '--staged'])).toEqual({
      code: 2,
      out: '',
      err: `gov: --staged needs a git repository with its root at --root; ${root} is none\n`,
    });
    expect(gov(root, ['check']).code).toBe(0);
  });
});
