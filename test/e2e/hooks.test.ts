import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hooksSchema } from '../../tools/cli/schemas/hooks.ts';
import { gov } from '../support/gov.ts';
import { BOARD, Governed, governedFiles, STUB } from '../support/hooked.ts';
import { temporaryFolder, temporaryRepository } from '../support/repository.ts';

const OURS = ['pre-commit', 'pre-merge-commit'] as const;

/** One commit of a clean tree, and no hooks yet. */
function governed(): Governed {
  const repo = Governed.empty();
  repo.write(governedFiles());
  repo.git('add', '--all');
  repo.git('commit', '--quiet', '--message', 'govern');
  return repo;
}

function write(repo: Governed, path: string, text: string, mode = 0o755): string {
  const file = join(repo.root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

/** Is a broken document refused? */
function judges(repo: Governed): boolean {
  const head = repo.head();
  const stub = governedFiles()[STUB]!;
  repo.write({ [STUB]: stub.replace('STUB_STATUS: STUB', 'STUB_STATUS: READY') });
  const { err } = repo.attempt(['commit', '-a', '-m', 'x']);
  return repo.head() === head && err.includes('stub/status-unknown');
}

const states = (repo: Governed): string[] =>
  hooksSchema
    .parse(JSON.parse(repo.gov('hooks', 'status', '--json').out))
    .hooks.map(({ state, broken }) => (broken === undefined ? state : `${state}: ${broken}`));

describe('gov hooks install', () => {
  it('writes hooks that any sh runs: LF, no BOM, executable, a bundle that every clone has', () => {
    const repo = governed();
    expect(repo.gov('hooks', 'install')).toEqual({
      code: 0,
      err: '',
      out: `pre-commit        installed   .git/hooks/pre-commit
pre-merge-commit  installed   .git/hooks/pre-merge-commit
merge driver      installed   .git/config: .gitattributes does not name it for TASK_BOARD.md, WP_TRACEABILITY_REGISTRY.md, which git merges as text
each commit is judged as it is staged; what git asks no hook about is judged in CI
`,
    });
    for (const name of OURS) {
      const file = join(repo.root, '.git', 'hooks', name);
      const text = readFileSync(file, 'utf8');
      expect(statSync(file).mode & 0o777).toBe(0o755);
      expect(text.startsWith('#!/bin/sh\n# govkit hook ')).toBe(true);
      expect(text).toMatch(/^[\x20-\x7e\n]+$/);
      expect(text).toContain("bundle='node_modules/govkit/dist/bin/gov.js'\n");
      expect(text).not.toContain('npx');
    }
    expect(states(repo)).toEqual(['installed', 'installed']);
    expect(judges(repo)).toBe(true);
  });

  it('changes nothing the second time, and says so', () => {
    const repo = governed();
    repo.gov('hooks', 'install');
    const before = OURS.map((name) => statSync(join(repo.root, '.git', 'hooks', name)).mtimeMs);
    expect(repo.gov('hooks', 'install').out).toMatch(/nothing to do\n$/);
    expect(OURS.map((name) => statSync(join(repo.root, '.git', 'hooks', name)).mtimeMs)).toEqual(before);
  });

  it.each([
    ['relative, in the repository', '.our hooks'],
    ['absolute, in the repository', 'ROOT/.our hooks'],
  ])('into core.hooksPath: %s', (_name, configured) => {
    const repo = governed();
    repo.git('config', 'core.hooksPath', configured.replace('ROOT', repo.root));
    expect(repo.gov('hooks', 'install').out).toContain(
      'pre-commit        installed   .our hooks/pre-commit\n',
    );
    expect(existsSync(join(repo.root, '.git', 'hooks', 'pre-commit'))).toBe(false);
    expect(judges(repo)).toBe(true);
  });

  it('a folder that is set for all repositories is not touched, however it is set', () => {
    const repo = governed();
    const home = temporaryFolder();
    writeFileSync(join(home, '.gitconfig'), '[core]\n\thooksPath = ~/hooks\n');
    for (const env of [
      { HOME: home, GIT_CONFIG_GLOBAL: join(home, '.gitconfig') },
      {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'core.hooksPath',
        GIT_CONFIG_VALUE_0: join(home, 'hooks'),
      },
    ]) {
      expect(gov(repo.root, ['hooks', 'install'], { env })).toEqual({
        code: 2,
        out: '',
        err: `gov: core.hooksPath leads to ${home}/hooks, which other repositories use too; add as its first command: [ ! -d '.GOV' ] || node 'node_modules/govkit/dist/bin/gov.js' hooks run pre-commit || exit 1 (in ${home}/hooks/pre-commit), or give this repository hooks of its own: git config core.hooksPath .githooks\n`,
      });
    }
    expect(existsSync(join(home, 'hooks'))).toBe(false);
  });

  it('a relative folder that is set globally is that of this repository', () => {
    const repo = governed();
    const env = { GIT_CONFIG_GLOBAL: join(temporaryFolder(), 'config') };
    writeFileSync(env.GIT_CONFIG_GLOBAL, '[core]\n\thooksPath = .githooks\n');
    expect(gov(repo.root, ['hooks', 'install'], { env }).code).toBe(0);
    expect(existsSync(join(repo.root, '.githooks', 'pre-commit'))).toBe(true);
  });

  it("somebody else's hook stays, and the line that it prints chains ours", () => {
    const repo = governed();
    const theirs = '#!/bin/sh\necho theirs\n';
    const file = write(repo, '.git/hooks/pre-commit', theirs);
    const { code, err } = repo.gov('hooks', 'install');
    expect({ code, err }).toEqual({
      code: 2,
      err: "gov: .git/hooks/pre-commit is somebody else's hook and stays as it is; add as its first command: node 'node_modules/govkit/dist/bin/gov.js' hooks run pre-commit || exit 1 (in .git/hooks/pre-commit)\n",
    });
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    expect(existsSync(join(repo.root, '.git/hooks/pre-merge-commit'))).toBe(false);
    expect(states(repo)).toEqual(['foreign', 'absent']);

    const line = /first command: (.+) \(in /.exec(err)?.[1];
    writeFileSync(file, theirs.replace('\n', `\n${line}\n`));
    expect(repo.gov('hooks', 'install').code).toBe(0);
    expect(states(repo)).toEqual(['chained', 'installed']);
    expect(judges(repo)).toBe(true);
    repo.git('checkout', '--quiet', '--', '.');
    const passed = repo.attempt(['commit', '--allow-empty', '-m', 'x']);
    expect(passed.err).toMatch(/^clean · .+\ntheirs\n$/);
  });

  it('a line that only mentions ours is no chain', () => {
    const repo = governed();
    write(repo, '.git/hooks/pre-commit', '#!/bin/sh\n# gov hooks run pre-commit\n');
    expect(states(repo)[0]).toBe('foreign');
  });

  it('of husky the file that stays is named, not the one that is written anew', () => {
    const repo = governed();
    repo.git('config', 'core.hooksPath', '.husky/_');
    write(repo, '.husky/_/pre-commit', '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n');
    expect(repo.gov('hooks', 'install').err).toMatch(/ \(in \.husky\/pre-commit\)\n$/);
  });

  it("git's own pre-merge-commit, which runs the first hook, needs none of ours", () => {
    const repo = governed();
    write(
      repo,
      '.git/hooks/pre-merge-commit',
      '#!/bin/sh\nexec "$(git rev-parse --git-dir)/hooks/pre-commit"\n',
    );
    expect(repo.gov('hooks', 'install').code).toBe(0);
    expect(states(repo)).toEqual(['installed', 'chained']);
  });

  it('one that was changed by hand stays', () => {
    const repo = governed();
    repo.gov('hooks', 'install');
    const file = join(repo.root, '.git/hooks/pre-commit');
    const edited = readFileSync(file, 'utf8').replace('exec', 'echo ours; exec');
    writeFileSync(file, edited);
    expect(repo.gov('hooks', 'install').err).toBe(
      'gov: .git/hooks/pre-commit was changed after gov hooks install wrote it and stays as it is (remove it to have it written again)\n',
    );
    repo.gov('hooks', 'uninstall');
    expect(readFileSync(file, 'utf8')).toBe(edited);
  });

  it('what lost its mode or its bundle is told, and mended', () => {
    const repo = governed();
    repo.gov('hooks', 'install');
    const file = join(repo.root, '.git/hooks/pre-commit');
    chmodSync(file, 0o644);
    expect(states(repo)).toEqual(['installed: it is not executable, so git ignores it', 'installed']);
    expect(repo.gov('hooks', 'status').code).toBe(1);
    expect(repo.gov('hooks', 'install').out).toContain(
      'pre-commit        renewed     .git/hooks/pre-commit\n',
    );
    expect(statSync(file).mode & 0o777).toBe(0o755);

    rmSync(join(repo.root, 'node_modules'), { recursive: true });
    const gone =
      'outdated: it starts node_modules/govkit/dist/bin/gov.js, which is not there, so every commit is refused';
    expect(states(repo)).toEqual([gone, gone]);
  });

  it('a bundle that nobody else has is refused', () => {
    const { root, commit } = temporaryRepository();
    commit({ a: '1' });
    const { code, err } = gov(root, ['hooks', 'install']);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^gov: gov runs from \S+, outside this repository, where nobody else has it \(npm install --save-dev govkit, then npx gov hooks install\)\n$/,
    );
  });

  it('without a repository there is one line', () => {
    const root = temporaryFolder();
    expect(gov(root, ['hooks', 'install'])).toEqual({
      code: 2,
      out: '',
      err: `gov: ${root} is not the root of a git repository, which is where hooks belong\n`,
    });
  });
});

describe('gov hooks uninstall', () => {
  it('removes ours and leaves the rest', () => {
    const repo = governed();
    repo.gov('hooks', 'install');
    write(repo, '.git/hooks/pre-merge-commit', '#!/bin/sh\n');
    expect(repo.gov('hooks', 'uninstall').out).toBe(
      `pre-commit        removed     .git/hooks/pre-commit
pre-merge-commit  left        .git/hooks/pre-merge-commit: somebody else wrote it
merge driver      removed     .git/config
`,
    );
    expect(existsSync(join(repo.root, '.git/hooks/pre-commit'))).toBe(false);
    expect(existsSync(join(repo.root, '.git/hooks/pre-merge-commit'))).toBe(true);
    expect(judges(repo)).toBe(false);
  });
});

it('the commit of a governed document needs no governed file to be staged: all of the index is read', () => {
  const repo = Governed.clean();
  repo.write({ [BOARD]: '# Task Board\n' });
  expect(repo.attempt(['commit', '--allow-empty', '-m', 'x']).err).toMatch(/^clean · /);
});
