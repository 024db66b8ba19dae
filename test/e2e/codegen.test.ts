import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import { readableBundle } from '../support/nobody.ts';
import { type Repository, repositoryIn, temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const SPEC = 'docs/spec/Spec_v01.md';
const CONFIG = [
  'codegen:',
  '  outputs:',
  '    - { target: typescript, out: src/my contracts }',
  '    - { target: markdown, out: docs/contracts, roots: [Limits] }',
  '',
].join('\n');

const spec = (limit: number, more = ''): string =>
  [
    '# Spec',
    '',
    '## 1.2 Shapes',
    '',
    '```yaml',
    'Limits:',
    `  depth: int   # default ${limit}`,
    '  kind: Kind',
    'Kind: enum',
    '  - SMALL',
    '  - LARGE',
    'Other:',
    '  id: uuid',
    more,
    '```',
    '',
  ].join('\n');

const TYPES = 'src/my contracts/types.ts';
const INDEX = 'src/my contracts/index.ts';
const PAGE = 'docs/contracts/types.md';
const FILES = [TYPES, INDEX, PAGE];

let repo: Repository;
const run = (...args: string[]) => gov(repo.root, ['codegen', '--spec', SPEC, ...args]);
const json = (...args: string[]) => {
  const { code, out } = run(...args, '--json');
  return { code, ...JSON.parse(out) };
};
const read = (path: string): string => readFileSync(join(repo.root, path), 'utf8');
const edit = (path: string): string => {
  const text = `${read(path)}\nby hand\n`;
  repo.write({ [path]: text });
  return text;
};
const rulesOf = (...args: string[]): [string, string][] =>
  json(...args).diagnostics.map(({ rule, place }: { rule: string; place: { file: string } }) => [
    rule.replace('codegen/generated-', ''),
    place.file,
  ]);

beforeEach(() => {
  repo = repositoryIn(temporaryFolder());
  repo.write({ [SPEC]: spec(3), 'gov.config.yaml': CONFIG });
});

describe('a spec that defines nothing', () => {
  it.each([
    ['an empty file', ''],
    ['prose alone', '# Spec\n\n## 1.2 Shapes\n\nNone yet.\n'],
    ['data alone', '# Spec\n\n## 1.2 Shapes\n\n```yaml\nname: x\nsteps:\n  - run: y\n```\n'],
  ])('%s: nothing is written, and no check of nothing passes', (_, text) => {
    repo.write({ [SPEC]: text, 'gov.config.yaml': 'codegen:\n  out: gen\n' });
    for (const args of [[], ['--check'], ['--print', 'ir']]) {
      const { code, out } = run(...args);
      expect([args, code]).toEqual([args, 1]);
      if (args[0] === '--print') continue;
      expect(out).toMatch(
        /1:1 {2}error {4}codegen\/nothing-defined +Unexpected spec without a type or an event, expected blocks or tables that define one\n/,
      );
      expect(out).toContain(
        'next   state types or events in the spec: docs/spec-dialect.md of govkit says how',
      );
    }
    expect(existsSync(join(repo.root, 'gen'))).toBe(false);
  });
});

describe('outputs', () => {
  it('writes every output with its own roots, tells what it wrote, and nothing the second time', () => {
    const first = run();
    expect([first.code, first.out.split('\n').slice(1)]).toEqual([
      0,
      [
        'yaml  1 block  2 records · 1 enum',
        'typescript  src/my contracts  wrote types.ts, index.ts',
        'markdown    docs/contracts    wrote types.md',
        '',
      ],
    ]);
    expect(read(TYPES)).toContain('export interface Other');
    expect(read(PAGE)).toContain('## Limits\n');
    expect(read(PAGE)).not.toContain('## Other\n');
    expect(run().out.match(/up to date/g)).toHaveLength(2);
    expect(run('--check').code).toBe(0);
    expect(run('--check', '--quiet').out).toBe('');
  });

  it('--json names the target of each file', () => {
    const { files, stale } = json();
    expect(
      files.map((file: { target: string; path: string; changed: boolean }) => ({ ...file, sha256: 0 })),
    ).toEqual(
      FILES.map((path) => ({
        target: path === PAGE ? 'markdown' : 'typescript',
        path,
        sha256: 0,
        changed: true,
      })),
    );
    expect(stale).toEqual([]);
  });

  it('--target picks one of them, --out and --roots replace its folder and roots', () => {
    expect(run('--target', 'markdown', '--out', 'else where', '--roots', 'Other').code).toBe(0);
    expect(existsSync(join(repo.root, TYPES))).toBe(false);
    expect(read('else where/types.md')).toContain('## Other\n');
    expect(read('else where/types.md')).not.toContain('## Limits\n');
  });

  it('a target that is not configured goes to its usual folder', () => {
    repo.write({ 'gov.config.yaml': 'codegen:\n  out: lib\n  roots: [Kind]\n' });
    expect(run('--target', 'markdown,typescript').code).toBe(0);
    expect(read('docs/contracts/types.md')).not.toContain('## Limits\n');
    expect(existsSync(join(repo.root, 'lib/types.ts'))).toBe(true);
  });

  it('--print ir prints what --roots or the output reach, and writes nothing', () => {
    const names = (...args: string[]): string[] =>
      JSON.parse(run('--print', 'ir', ...args).out).types.map(({ name }: { name: string }) => name);
    expect(names()).toEqual(['Limits', 'Kind', 'Other']);
    expect(names('--roots', 'Other')).toEqual(['Other']);
    expect(names('--target', 'markdown')).toEqual(['Limits', 'Kind']);
    expect(existsSync(join(repo.root, 'src'))).toBe(false);
  });
});

it('a root that names nothing is a wrong call, told with what is near, and writes nothing', () => {
  expect(run('--roots', 'Limit')).toEqual({
    code: 2,
    out: '',
    err: 'gov: Unexpected Limit, expected a type or event that the spec defines, such as Limits\n',
  });
  expect(existsSync(join(repo.root, 'src'))).toBe(false);
});

describe('what stands on disk', () => {
  beforeEach(() => {
    run();
  });

  it('missing, drifted, edited and stale are told apart by --check, all at once', () => {
    rmSync(join(repo.root, INDEX));
    edit(PAGE);
    repo.write({ [SPEC]: spec(4), 'docs/contracts/events.md': read(PAGE).replace('\nby hand\n', '') });
    expect(rulesOf('--check')).toEqual([
      ['stale', 'docs/contracts/events.md'],
      ['edited', PAGE],
      ['missing', INDEX],
      ['drifted', TYPES],
    ]);
    expect(run('--check').code).toBe(1);
  });

  it('an edit by hand is never lost silently: nothing is written until it is gone or --force is given', () => {
    const edited = edit(TYPES);
    repo.write({ [SPEC]: spec(4) });
    const { code, out } = run();
    expect(code).toBe(1);
    expect(out).toContain(
      `codegen/generated-edited  Unexpected hand edit of ${TYPES}, expected the content that codegen wrote`,
    );
    expect(out).toContain('1 error, 0 warnings · nothing written\n');
    expect(out).toContain(`       gov codegen --force --spec ${SPEC}, which writes over it\n`);
    expect([read(TYPES), read(PAGE).includes('default `3`')]).toEqual([edited, true]);

    expect(run('--force').code).toBe(0);
    expect([read(TYPES).includes('by hand'), read(PAGE).includes('default `4`')]).toEqual([false, true]);
    expect(run('--check').code).toBe(0);
  });

  it('a file of somebody else in the way is not replaced either', () => {
    repo.write({ [INDEX]: 'export {};\n' });
    expect(rulesOf()).toEqual([['edited', INDEX]]);
    expect(read(INDEX)).toBe('export {};\n');
  });

  it('what nothing generates any more is removed, of our own intact files alone', () => {
    const old = read(PAGE);
    repo.write({
      'gov.config.yaml': CONFIG.replace('docs/contracts', 'docs/new').replace(
        'src/my contracts',
        'docs/contracts',
      ),
      'docs/contracts/notes.md': 'mine\n',
    });
    expect(run().out).toContain('removed docs/contracts/types.md, which nothing generates any more\n');
    expect([existsSync(join(repo.root, PAGE)), read('docs/contracts/notes.md')]).toEqual([false, 'mine\n']);

    repo.write({ [PAGE]: `${old}by hand\n` });
    const { code, diagnostics } = json('--force');
    expect([code, diagnostics.map(({ message }: { message: string }) => message)]).toEqual([
      1,
      [`Unexpected hand edit of ${PAGE}, expected no such file: nothing generates it any more`],
    ]);
    expect(read(PAGE)).toContain('by hand');
  });

  it('what another configured output of the folder generates is not stale', () => {
    repo.write({ 'gov.config.yaml': CONFIG.replace('docs/contracts', 'src/my contracts') });
    run();
    expect(run('--target', 'typescript').out).not.toContain('removed');
    expect(read('src/my contracts/types.md')).toContain('# Types');
  });

  it('a checkout with CRLF is as it was written', () => {
    for (const path of FILES) repo.write({ [path]: read(path).replaceAll('\n', '\r\n') });
    expect(run('--check').code).toBe(0);
    expect(run().out).not.toContain('wrote');
  });
});

describe('what cannot be written', () => {
  it('a folder in the way of the last file: nothing is written', () => {
    mkdirSync(join(repo.root, PAGE), { recursive: true });
    expect(run()).toMatchObject({
      code: 2,
      err: `gov: cannot write ${join(repo.root, PAGE)}: a folder of that name is in the way\n`,
    });
    expect(existsSync(join(repo.root, 'src'))).toBe(false);
  });

  it('a folder that may not be written to, under another user than root: nothing is written', () => {
    mkdirSync(join(repo.root, 'src'));
    mkdirSync(join(repo.root, 'docs/contracts'));
    chmodSync(repo.root, 0o755);
    chmodSync(join(repo.root, 'src'), 0o777);
    const { bundle, home } = readableBundle();
    for (const name of ['oxc-parser', '@oxc-parser'])
      cpSync(join(project, 'node_modules', name), join(home, 'node_modules', name), { recursive: true });
    const done = gov(repo.root, ['codegen', '--spec', SPEC], { asNobody: true, bundle, env: { HOME: home } });
    expect(done).toMatchObject({
      code: 2,
      err: `gov: cannot write ${join(repo.root, PAGE)}: permission denied\n`,
    });
    expect(existsSync(join(repo.root, TYPES))).toBe(false);
  });
});
