import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { activate, gatedFiles, PACKET, WP } from '../support/gated.ts';
import { Governed, gitEnvironment, governedFiles, STUB } from '../support/hooked.ts';
import { temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(project, '.github/workflows/gov-check.yml'), 'utf8');
const caller = readFileSync(join(project, 'templates/github/gov.yml'), 'utf8');

interface Job {
  uses?: string;
  with?: Record<string, string>;
  steps?: {
    uses?: string;
    with?: Record<string, unknown>;
    env?: Record<string, string>;
    run?: string;
    shell?: string;
  }[];
}
interface Workflow {
  on: Record<
    string,
    { inputs?: Record<string, { type: string; required?: boolean; default?: string }> } | null
  >;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const workflow = parse(text) as Workflow;
const steps = workflow.jobs['gov-check']!.steps!;
const shell = steps.find(({ run }) => run !== undefined)!;

describe('gov-check.yml', () => {
  it('is called by others, with the base branch and a version of Node', () => {
    expect(Object.keys(workflow.on)).toEqual(['workflow_call']);
    expect(workflow.on.workflow_call?.inputs).toMatchObject({
      base: { type: 'string', required: true },
      'node-version': { type: 'string', default: '22' },
    });
  });

  it('has all of the history, may read and nothing else, and keeps no credentials', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(steps[0]).toMatchObject({
      uses: expect.stringMatching(/^actions\/checkout@v\d+$/),
      with: { 'fetch-depth': 0, 'persist-credentials': false },
    });
  });

  it('uses no action but checkout and setup-node', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses.replace(/@.*/, '')]));
    expect(used).toEqual(['actions/checkout', 'actions/setup-node']);
  });

  it('puts no input into a shell line: they come through the environment', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    expect(shell.env).toEqual({ BASE: `\${{ inputs.base }}` });
    expect(shell.shell).toBe('bash');
  });

  it('judges against the base branch, with the version of gov that the base branch locks', () => {
    expect(shell.run).toContain('node "$gov" check --changed-since "origin/$BASE" --format github ||');
    expect(shell.run).toContain('node "$gov" wp status --changed-since "origin/$BASE" ||');
    expect(shell.run).toContain('git worktree add --quiet --detach "$tool/base" "refs/remotes/origin/$BASE"');
    expect(shell.run).toContain('gov="$tool/base/node_modules/govkit/dist/bin/gov.js"');
  });

  it('is called on each pull request and each merge group by what gov init brings', () => {
    const { on, permissions, jobs } = parse(caller) as Workflow;
    expect(Object.keys(on)).toEqual(['pull_request', 'merge_group']);
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs.gov).toEqual({
      uses: './.github/workflows/gov-check.yml',
      with: { base: `\${{ github.base_ref || github.event.repository.default_branch }}` },
    });
  });
});

/** As `npm install` writes it: `npm ci` holds it against package.json. */
function lock(packages: object): string {
  return JSON.stringify({ name: 'adopter', lockfileVersion: 3, requires: true, packages });
}

/** govkit as a package of the repository itself, so that npm ci needs no network. It says who it is. */
function vendored(name: string, verdict = ''): Record<string, string> {
  return {
    'package.json': JSON.stringify({
      name: 'adopter',
      private: true,
      devDependencies: { govkit: 'file:vendor/govkit' },
    }),
    'package-lock.json': lock({
      '': { name: 'adopter', devDependencies: { govkit: 'file:vendor/govkit' } },
      'node_modules/govkit': { resolved: 'vendor/govkit', link: true },
      'vendor/govkit': { version: '1.0.0', dev: true },
    }),
    'vendor/govkit/package.json': JSON.stringify({ name: 'govkit', version: '1.0.0' }),
    'vendor/govkit/dist/bin/gov.js': `console.log('${name}: ' + process.argv.slice(2).join(' '));
${verdict}
const { spawnSync } = require('node:child_process');
const done = spawnSync(process.execPath, [${JSON.stringify(join(project, 'dist/bin/gov.js'))}, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(done.status);\n`,
  };
}

/** A clone in which a branch changes something, and main is the base. */
function change(
  files: Record<string, string>,
  base = vendored('base'),
  edit: (root: string) => void = () => {},
): Governed {
  const origin = Governed.empty();
  origin.write({ ...governedFiles(), ...base });
  origin.git('add', '--all');
  origin.git('commit', '--quiet', '-m', 'base');
  const clone = join(temporaryFolder(), 'clone');
  execFileSync('git', ['clone', '--quiet', origin.root, clone]);
  const repo = Governed.in(clone);
  repo.git('checkout', '--quiet', '-b', 'change');
  repo.write(files);
  edit(repo.root);
  repo.git('add', '--all');
  repo.git('commit', '--quiet', '--allow-empty', '-m', 'change');
  return repo;
}

function runStep(repo: Governed, base = 'main') {
  const scratch = join(temporaryFolder(), 'scratch');
  mkdirSync(scratch);
  const done = spawnSync('bash', ['-c', shell.run!], {
    cwd: repo.root,
    encoding: 'utf8',
    env: gitEnvironment({ BASE: base, TMPDIR: scratch, npm_config_offline: 'true' }),
  });
  return { code: done.status, out: done.stdout };
}

const BROKEN = { [STUB]: governedFiles()[STUB]!.replace('STUB_STATUS: STUB', 'STUB_STATUS: READY') };

describe('its shell step', () => {
  it('passes a change in which nothing is wrong', () => {
    const { code, out } = runStep(change({ 'code.ts': '1' }));
    expect(out).toContain('base: check --changed-since origin/main --format github\n');
    expect(code).toBe(0);
  });

  it('fails a change that breaks a governed document', () => {
    const { code, out } = runStep(change(BROKEN));
    expect(out).toContain('stub/status-unknown');
    expect(code).toBe(1);
  });

  it('fails a change that brings a packet whose gate is closed, though nothing else is wrong', () => {
    const { code, out } = runStep(
      change({}, { ...vendored('base'), ...gatedFiles() }, (root) => activate(root)),
    );
    expect(out).toMatch(/^WP-1-Demo-v1 {2}open {4}.* proven/m);
    expect(code).toBe(0);
    const spoiled = runStep(
      change({}, { ...vendored('base'), ...gatedFiles() }, (root) => {
        activate(root);
        const packet = readFileSync(join(root, PACKET), 'utf8');
        writeFileSync(join(root, PACKET), packet.replace('  - src/demo.ts', '  - src/other.ts'));
      }),
    );
    expect(spoiled.out).toMatch(/^WP-1-Demo-v1 {2}closed {2}.*, and the change brings its packet$/m);
    expect(spoiled.code).toBe(1);
  });

  it('does not fail a packet on its way', () => {
    const { code, out } = runStep(
      change({}, { ...vendored('base'), ...gatedFiles() }, (root) => activate(root, { packet: false })),
    );
    expect(out).toMatch(/^WP-1-Demo-v1 {2}closed {2}/m);
    expect(code).toBe(0);
  });

  it('fails a change that takes an entry out of the ledger', () => {
    const repo = change({}, { ...vendored('base'), ...gatedFiles() });
    activate(repo.root);
    repo.git('add', '--all');
    repo.git('commit', '--quiet', '-m', 'activate');
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const ledger = join(repo.root, '.GOV/ledger', WP);
    rmSync(join(ledger, readdirSync(ledger).sort().at(-1)!));
    repo.git('commit', '--quiet', '-am', 'take it out');
    const { code, out } = runStep(repo);
    expect(out).toMatch(/^::error file=\.GOV\/ledger\/.*,title=ledger\/entry-changed::Unexpected absence/m);
    expect(code).toBe(1);
  });

  it('lets nothing that a document says command the runner', () => {
    const { out } = runStep(change({ 'code.ts': '1' }));
    const [, token] = /^::stop-commands::([0-9a-f-]{36})$/m.exec(out)!;
    expect(out.trimEnd().endsWith(`\n::${token}::`)).toBe(true);
    expect(out.indexOf('base: wp status')).toBeGreaterThan(out.indexOf('::stop-commands::'));
  });

  it('a change does not choose its own judge', () => {
    const { code, out } = runStep(change({ ...BROKEN, ...vendored('mine', 'process.exit(0);') }));
    expect(out).toContain('base: check');
    expect(out).not.toContain('mine: check');
    expect(code).toBe(1);
  });

  it.each<[string, () => Governed, string, string]>([
    ['no such branch', () => change({ 'code.ts': '1' }), 'other', 'there is no branch origin/other here'],
    [
      'a name that is an option or a command',
      () => change({ 'code.ts': '1' }),
      '--help; echo HIT $(echo HIT)',
      'there is no branch origin/--help; echo HIT $(echo HIT) here',
    ],
    [
      'a base without a lock file',
      () => change({ 'code.ts': '1' }, {}),
      'main',
      'origin/main has no package-lock.json, which names the version of govkit',
    ],
    [
      'a base that does not know govkit yet',
      () =>
        change(vendored('mine'), {
          'package.json': JSON.stringify({ name: 'adopter', private: true }),
          'package-lock.json': lock({ '': { name: 'adopter' } }),
        }),
      'main',
      'origin/main does not lock govkit yet (once the change that adds it is merged, this check counts)',
    ],
  ])('%s: fails, and says that nothing was checked', (_name, make, base, line) => {
    expect(runStep(make(), base)).toEqual({
      code: 2,
      out: `::error title=gov-check::${line}: nothing was checked\n`,
    });
  });
});
