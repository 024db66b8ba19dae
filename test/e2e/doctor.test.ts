import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doctorSchema } from '../../tools/cli/schemas/doctor.ts';
import { commands } from '../../tools/cli/table.ts';
import { gov } from '../support/gov.ts';
import { boardWith } from '../support/governed.ts';
import { BOARD, Governed, governedFiles } from '../support/hooked.ts';
import { pathWith } from '../support/path.ts';
import { placed } from '../support/placed.ts';
import { temporaryFolder } from '../support/repository.ts';

/** What it says, with the options of a call. */
function doctor(root: string, options: Parameters<typeof gov>[2] = {}) {
  const { code, out, err } = gov(root, ['doctor', '--json'], options);
  expect(err).toBe('');
  const report = doctorSchema.parse(JSON.parse(out));
  const row = (name: string) => {
    const found = report.rows.find((each) => each.name === name);
    return found && { state: found.state, detail: found.detail, ...(found.mend && { mend: found.mend }) };
  };
  return { code, ...report, row };
}

let template: string;
/** Without npm, which takes longer to tell its version than all the rest. */
let quick: { PATH: string };

/** A clean tree with hooks and attributes, as gov init leaves it; made once, since that takes a while. */
beforeAll(() => {
  template = mkdtempSync(join(tmpdir(), 'gov kit '));
  const repo = Governed.in(template);
  repo.git('init', '--quiet', '--initial-branch=main');
  repo.installGovkit();
  repo.gov('init');
  repo.git('add', '--all');
  repo.git('commit', '--quiet', '-m', 'govern');
  quick = { PATH: pathWith(join(repo.root, '.git', 'bin'), ['git', 'sh']) };
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

function healthy(): Governed {
  const root = join(temporaryFolder(), 'Ümläut repository');
  cpSync(template, root, { recursive: true, verbatimSymlinks: true });
  return Governed.in(root);
}

describe('gov doctor', () => {
  it('of what gov init made nothing fails', () => {
    const repo = healthy();
    const { code, ok, rows } = doctor(repo.root);
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(rows.filter(({ group }) => group === 'repository' || group === 'tree')).toEqual([
      expect.objectContaining({ name: 'hooks', state: 'works' }),
      expect.objectContaining({
        name: 'merge driver',
        state: 'works',
        detail: 'installed, for 3 documents',
      }),
      expect.objectContaining({ name: 'history', state: 'works', detail: 'complete' }),
      expect.objectContaining({ name: 'cache', state: 'works' }),
      expect.objectContaining({
        name: 'line ends',
        state: 'works',
        detail: 'LF in 13 committed files, held by .gitattributes',
      }),
      expect.objectContaining({
        name: 'tree',
        state: 'works',
        detail: '12 files: 0 stubs, 0 packets, 0 refinements',
      }),
      expect.objectContaining({ name: 'spec', state: 'works' }),
      expect.objectContaining({ name: 'config', state: 'works', detail: 'none: every default' }),
      expect.objectContaining({ name: 'baseline', state: 'works', detail: 'none: every finding counts' }),
    ]);
    expect(gov(repo.root, ['doctor']).out).toMatch(/\n\neverything that is needed works(?:; \d+ notes?)?\n$/);
  });

  it('every row that does not work says how to mend it', () => {
    for (const root of [temporaryFolder(), Governed.empty().root])
      for (const { state, mend, name } of doctor(root).rows)
        if (state !== 'works') expect(mend, name).toMatch(/\w/);
  });

  it('names only commands that exist', () => {
    const known = new Set(commands.map(({ name }) => name));
    const named = doctor(healthy().root, { env: quick })
      .rows.filter(({ group }) => group === 'part')
      .flatMap(({ needed_by = [] }) => needed_by);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each<[string, (repo: Governed) => void, string, object]>([
    [
      'a hook that git ignores fails',
      (repo) => chmodSync(join(repo.root, '.git/hooks/pre-commit'), 0o644),
      'hooks',
      {
        state: 'fails',
        detail:
          'pre-commit installed, but it is not executable, so git ignores it, pre-merge-commit installed in .git/hooks',
        mend: 'gov hooks install',
      },
    ],
    [
      'a hook whose bundle is gone fails',
      (repo) => rmSync(join(repo.root, 'node_modules'), { recursive: true }),
      'hooks',
      {
        state: 'fails',
        detail: expect.stringContaining(
          'it starts node_modules/govkit/dist/bin/gov.js, which is not there, so every commit is refused',
        ),
        mend: 'gov hooks install',
      },
    ],
    [
      'no hooks is a choice',
      (repo) => repo.gov('hooks', 'uninstall'),
      'hooks',
      {
        state: 'warns',
        detail: 'pre-commit absent, pre-merge-commit absent in .git/hooks',
        mend: 'gov hooks install',
      },
    ],
    [
      "somebody else's hook is told with the line that chains ours",
      (repo) => {
        repo.gov('hooks', 'uninstall');
        repo.write({ '.git/hooks/pre-commit': '#!/bin/sh\n' });
        chmodSync(join(repo.root, '.git/hooks/pre-commit'), 0o755);
      },
      'hooks',
      {
        state: 'warns',
        detail: 'pre-commit foreign, pre-merge-commit absent in .git/hooks',
        mend: "add as its first command: node 'node_modules/govkit/dist/bin/gov.js' hooks run pre-commit || exit 1 (in .git/hooks/pre-commit)",
      },
    ],
    [
      'without the merge driver documents are merged as text',
      (repo) => repo.git('config', '--remove-section', 'merge.govkit'),
      'merge driver',
      {
        state: 'warns',
        detail: 'absent: git merges SIGNATURE_AUDIT.md, TASK_BOARD.md, WP_TRACEABILITY_REGISTRY.md as text',
        mend: 'gov hooks install',
      },
    ],
    [
      'another folder of hooks',
      (repo) => repo.git('config', 'core.hooksPath', '.githooks'),
      'hooks (core.hooksPath)',
      {
        state: 'warns',
        detail: 'pre-commit absent, pre-merge-commit absent in .githooks',
        mend: 'gov hooks install',
      },
    ],
    [
      'governed files with CRLF',
      (repo) => {
        repo.write({ [BOARD]: governedFiles()[BOARD]!.replaceAll('\n', '\r\n'), '.gitattributes': '' });
        repo.git('-c', 'core.autocrlf=false', 'add', '--all');
      },
      'line ends',
      {
        state: 'warns',
        detail: `1 of 13 governed files are committed with CRLF, as ${BOARD}`,
        mend: 'add .GOV/** text eol=lf to .gitattributes, then git add --renormalize .GOV',
      },
    ],
    [
      'no attributes',
      (repo) => repo.git('rm', '--quiet', '.gitattributes'),
      'line ends',
      {
        state: 'warns',
        detail: 'LF, but nothing holds 13 of 13 governed files to it',
        mend: 'gov init adds the lines to .gitattributes',
      },
    ],
    [
      'a broken configuration fails with its place',
      (repo) => repo.write({ 'gov.config.yaml': 'codegen:\n  out: 3\n' }),
      'config',
      {
        state: 'fails',
        detail: expect.stringMatching(/^gov\.config\.yaml:2:3: Unexpected value at codegen\.out/),
        mend: 'mend gov.config.yaml',
      },
    ],
    [
      'a rule that the configuration names and nobody knows fails',
      (repo) => repo.write({ 'gov.config.yaml': 'check:\n  rules:\n    board/nonsense: off\n' }),
      'config',
      {
        state: 'fails',
        detail: expect.stringMatching(
          /^gov\.config\.yaml:3:5: Unexpected rule board\/nonsense, expected one of: /,
        ),
        mend: 'mend gov.config.yaml',
      },
    ],
    [
      'a baseline is told with its size',
      (repo) => {
        repo.write({ [BOARD]: boardWith('ODD') });
        repo.gov('check', '--baseline');
      },
      'baseline',
      { state: 'works', detail: expect.stringMatching(/^\.GOV\/baseline\.json, \d+ findings?$/) },
    ],
    [
      'a baseline stands where the configuration says',
      (repo) => {
        repo.write({ 'gov.config.yaml': 'check:\n  baseline: docs/known.json\n' });
        repo.gov('check', '--baseline');
      },
      'baseline',
      { state: 'works', detail: 'docs/known.json, 0 findings' },
    ],
    [
      'a baseline that cannot be read fails with its place',
      (repo) => repo.write({ '.GOV/baseline.json': '{' }),
      'baseline',
      {
        state: 'fails',
        detail: expect.stringMatching(/^\.GOV\/baseline\.json:1:2: Unexpected /),
        mend: 'mend .GOV/baseline.json',
      },
    ],
    [
      'a tree in another folder',
      (repo) => {
        repo.git('mv', '.GOV', 'governance');
        repo.write({ 'gov.config.yaml': 'layout:\n  folder: governance\n' });
      },
      'tree',
      { state: 'works', detail: '12 files: 0 stubs, 0 packets, 0 refinements' },
    ],
    [
      'a spec that is not there fails',
      (repo) => repo.git('rm', '-r', '--quiet', '.GOV/spec'),
      'spec',
      {
        state: 'fails',
        detail: expect.stringMatching(/^Unexpected missing spec file /),
        mend: 'name a spec in .GOV/roles_shared/SPEC_CURRENT.md',
      },
    ],
    [
      'no tree fails',
      (repo) => rmSync(join(repo.root, '.GOV'), { recursive: true }),
      'tree',
      {
        state: 'fails',
        detail: expect.stringMatching(/^no \.GOV under /),
        mend: 'gov init, or --root DIR',
      },
    ],
    [
      'a record that is missing',
      (repo) => repo.git('rm', '--quiet', '.GOV/roles.yaml'),
      'tree',
      {
        state: 'warns',
        detail: '11 files: 0 stubs, 0 packets, 0 refinements; no roles',
        mend: 'gov init adds what is missing',
      },
    ],
  ])('%s', (_name, change, name, expected) => {
    const repo = healthy();
    change(repo);
    const report = doctor(repo.root, { env: quick });
    expect(report.row(name)).toEqual(expected);
    expect(report.code).toBe(report.ok ? 0 : 1);
    expect(report.ok).toBe(!('state' in expected && expected.state === 'fails'));
  });

  it('a shallow clone: what cannot be proven', () => {
    const repo = healthy();
    const clone = join(temporaryFolder(), 'clone');
    repo.git('commit', '--quiet', '--allow-empty', '-m', 'second');
    repo.git('clone', '--quiet', '--depth', '1', `file://${repo.root}`, clone);
    expect(doctor(clone, { env: quick }).row('history')).toEqual({
      state: 'warns',
      detail: 'shallow: what older commits hold cannot be proven, as a pinned spec or a merge base',
      mend: 'git fetch --unshallow',
    });
  });

  it('without git, npm and just: only git is needed', () => {
    const report = doctor(temporaryFolder(), {
      env: { PATH: pathWith(join(temporaryFolder(), 'bin'), ['sh']) },
    });
    expect(['git', 'npm', 'just'].map((name) => report.row(name)?.state)).toEqual([
      'fails',
      'warns',
      'warns',
    ]);
    expect(report.row('git')?.detail).toBe('not on the PATH');
    expect(report.code).toBe(1);
  });

  it('a git folder that may not be written costs the cache', () => {
    const { root, bundle, options } = placed();
    execFileSync('git', ['init', '--quiet', root]);
    const { row } = doctor(root, { ...options, bundle });
    expect(row('cache')?.state).toBe(process.getuid?.() === 0 ? 'warns' : 'works');
  });
});
