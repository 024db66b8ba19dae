import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultConfig, findRoot, loadConfig } from '../../tools/config/index.ts';
import { parseConfig } from '../../tools/config/parse.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const parse = (text: string) => parseConfig(Buffer.from(text));

describe('gov.config.yaml', () => {
  it('a tree without one has the defaults', async () => {
    expect(await loadConfig(worktreeSnapshot(temporaryFolder()))).toEqual(defaultConfig);
    expect(parse('')).toEqual(defaultConfig);
  });

  it('fills in what is not said', () => {
    expect(parse('session:\n  unbound: allow\n')).toEqual({
      codegen: { out: 'generated', include: [], roots: [] },
      session: { unbound: 'allow' },
    });
  });

  it.each([
    [
      'an unknown key',
      'sesion:\n  unbound: allow\n',
      'gov.config.yaml:1:1: Unexpected key at sesion, expected one of: codegen, session',
    ],
    [
      'an unknown inner key',
      'codegen:\n  ouut: x\n',
      'gov.config.yaml:2:3: Unexpected key at codegen.ouut, expected one of: out, overlay, include, roots',
    ],
    [
      'a wrong value',
      'session:\n  unbound: perhaps\n',
      'gov.config.yaml:2:3: Unexpected value at session.unbound, expected',
    ],
    [
      'a wrong type',
      'codegen:\n  include: x\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.include, expected',
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
    ['no map', '- a\n', 'gov.config.yaml:1:1: Unexpected value at the document, expected'],
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
    expect(() => findRoot(root, 'gone')).toThrow('--root gone: no such folder');
    expect(() => findRoot(root, 'file.md')).toThrow('--root file.md: expected a folder, found a file');
  });
});
