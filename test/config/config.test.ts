import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, defaultConfig, findRoot, loadConfig } from '../../tools/config/index.ts';
import { parseConfig } from '../../tools/config/parse.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const problemsOf = (call: () => unknown): readonly string[] => {
  try {
    call();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

const parse = (text: string) => parseConfig(Buffer.from(text));

describe('gov.config.yaml', () => {
  it('a tree without one has the defaults', async () => {
    expect(await loadConfig(worktreeSnapshot(temporaryFolder()))).toEqual(defaultConfig);
    expect(parse('')).toEqual(defaultConfig);
  });

  it('fills in what is not said', () => {
    expect(parse('session:\n  unbound: allow\n')).toEqual({
      layout: { folder: '.GOV', globs: {} },
      check: { rules: {}, ignore: [] },
      codegen: { out: 'generated', include: [], roots: [] },
      session: { unbound: 'allow' },
    });
  });

  it.each([
    [
      'an unknown key',
      'sesion:\n  unbound: allow\n',
      'gov.config.yaml:1:1: Unexpected key at sesion, expected one of: layout, check, codegen, session',
    ],
    [
      'an unknown inner key',
      'codegen:\n  ouut: x\n',
      'gov.config.yaml:2:3: Unexpected key at codegen.ouut, expected one of: out, overlay, accepted, include, roots',
    ],
    [
      'a wrong value',
      'session:\n  unbound: perhaps\n',
      'gov.config.yaml:2:3: Unexpected value at session.unbound, expected allow or refuse',
    ],
    [
      'a wrong type',
      'codegen:\n  include: x\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.include, expected a list',
    ],
    [
      'a folder outside',
      'codegen:\n  out: ../escape\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.out, expected a path inside the repository',
    ],
    [
      'a file outside',
      'codegen:\n  overlay: /etc/passwd\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.overlay, expected a path inside the repository',
    ],
    [
      'a layout that is none',
      'layout:\n  preset: march\n',
      'gov.config.yaml:2:3: Unexpected value at layout.preset, expected february or june',
    ],
    [
      'a kind that is none',
      'layout:\n  globs:\n    stubs: [a]\n',
      'gov.config.yaml:3:5: Unexpected key at layout.globs.stubs, expected one of: stub, packet, refinement, board, registry, audit, gates, roles, ledger',
    ],
    [
      'a folder with an end that is none',
      'layout:\n  folder: gov/\n',
      'gov.config.yaml:2:3: Unexpected value at layout.folder, expected a folder below the root, with forward slashes and none at its end',
    ],
    [
      'a weight that is none',
      'check:\n  rules:\n    board/two-states: loud\n',
      'gov.config.yaml:3:5: Unexpected value at check.rules.board/two-states, expected off, info, warning or error',
    ],
    [
      'a glob that leads out',
      'check:\n  ignore:\n    - ok/**\n    - ../x\n',
      'gov.config.yaml:4:7: Unexpected value at check.ignore.1, expected a glob inside the repository, without .. or !',
    ],
    ['no map', '- a\n', 'gov.config.yaml:1:1: Unexpected value at the document, expected a map'],
    [
      'no text',
      'codegen:\n  out: 1\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.out, expected a text',
    ],
    [
      'an empty text',
      "codegen:\n  out: ''\n",
      'gov.config.yaml:2:3: Unexpected value at codegen.out, expected a text that is not empty',
    ],
    [
      'an empty list',
      'layout:\n  globs:\n    stub: []\n',
      'gov.config.yaml:3:5: Unexpected value at layout.globs.stub, expected a list of at least one',
    ],
    [
      'no map below',
      'check:\n  rules: 1\n',
      'gov.config.yaml:2:3: Unexpected value at check.rules, expected a map',
    ],
    ['an alias of nothing', 'codegen: *x\n', 'gov.config.yaml:1:1: Unresolved alias'],
    [
      'a bomb of aliases',
      `a: &a [${'x,'.repeat(99)}x]\nb: &b [${'*a,'.repeat(99)}*a]\nc: [${'*b,'.repeat(99)}*b]\n`,
      'gov.config.yaml:1:1: Excessive alias count',
    ],
    ['broken YAML', 'codegen: [\n', 'gov.config.yaml:2:1: '],
  ])('%s has a place and what was expected', (_name, text, message) => {
    expect(() => parse(text)).toThrowError(
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(message) }),
    );
  });

  it('tells everything that is wrong at once, in the order of the file', () => {
    const text = [
      'sesion: 1',
      'check:',
      '  rules:',
      '    board/two-state: off',
      '    anchor/unresolved: loud',
      '    nothing/alike: off',
      '  ignored: []',
      'codegen:',
      '  out: ../x',
      '',
    ].join('\n');
    const rules = ['anchor/unresolved', 'board/two-states', 'board/unknown-token'];
    const said = problemsOf(() => parseConfig(Buffer.from(text), rules));
    expect(said).toEqual([
      'gov.config.yaml:1:1: Unexpected key at sesion, expected one of: layout, check, codegen, session',
      'gov.config.yaml:4:5: Unexpected rule board/two-state, expected one of: board/two-states',
      'gov.config.yaml:5:5: Unexpected value at check.rules.anchor/unresolved, expected off, info, warning or error',
      'gov.config.yaml:6:5: Unexpected rule nothing/alike, expected a rule that gov explain lists',
      'gov.config.yaml:7:3: Unexpected key at check.ignored, expected one of: rules, ignore, baseline',
      'gov.config.yaml:9:3: Unexpected value at codegen.out, expected a path inside the repository, without ..',
    ]);
  });

  it('tells every error of the YAML, and not without end', () => {
    expect(problemsOf(() => parse('a: 1\na: 2\nb: 1\nb: 2\n'))).toHaveLength(2);
    const many = Array.from({ length: 500 }, (_, at) => `key${at}: 1\n`).join('');
    const said = problemsOf(() => parse(many));
    expect(said).toHaveLength(51);
    expect(said.at(-1)).toBe('gov.config.yaml: … and 450 more');
  });

  it('rules are not looked up for a configuration that names none', async () => {
    const root = temporaryFolder();
    writeTree(root, { 'gov.config.yaml': 'session:\n  unbound: allow\n' });
    const rules = () => Promise.reject(new Error('looked up'));
    expect((await loadConfig(worktreeSnapshot(root), { rules })).session.unbound).toBe('allow');
  });

  it('invalid UTF-8 has a place', () => {
    expect(() => parseConfig(Uint8Array.from([0x61, 0x0a, 0x96]))).toThrow(
      'gov.config.yaml:2:1: invalid UTF-8',
    );
  });

  it('a folder of that name is a wrong configuration', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'gov.config.yaml'));
    await expect(loadConfig(worktreeSnapshot(root))).rejects.toMatchObject({
      name: 'UsageError',
      message: 'gov.config.yaml: a folder',
    });
  });
});

describe('findRoot', () => {
  it('is the nearest folder above with .git or .GOV', () => {
    const root = temporaryFolder();
    writeTree(root, { '.GOV/a.md': '', 'deep/er/x': '' });
    expect(findRoot(join(root, 'deep', 'er'))).toBe(root);
  });

  it('is the folder named, when one is named', () => {
    const root = temporaryFolder();
    writeTree(root, { 'file.md': '', 'sub/x': '' });
    expect(findRoot(root, 'sub')).toBe(join(root, 'sub'));
    expect(() => findRoot(root, '')).toThrow('--root: Unexpected empty path, expected a folder');
    expect(() => findRoot(root, 'gone')).toThrow('--root gone: no such folder');
    expect(() => findRoot(root, 'file.md')).toThrow('--root file.md: expected a folder, found a file');
  });
});
