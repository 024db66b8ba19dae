import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../../tools/spec/index.ts';
import { temporaryFolder, writeTree } from '../../support/repository.ts';

const FRONT = '---\nschema: handshake.indexed_spec.module@1\n---\n';
const A = `${FRONT}\n# 1. A\ntext of A\n`;
const B = '# 2. B\n## 2.1 C\n';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

async function load(
  files: Record<string, string>,
  spec = 's/indexed-spec-manifest.json',
): Promise<SpecIndex> {
  const root = temporaryFolder();
  writeTree(root, files);
  return loadSpec(worktreeSnapshot(root), { root, spec });
}

/** A manifest with one value a line, so that places can be told apart. */
const manifest = (modules: object[], more: object = {}): string =>
  JSON.stringify({ modules, ...more }, null, 1);
const lineOf = (text: string, part: string): number =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1;
const told = (findings: readonly Finding[]): string[] =>
  findings.map(
    ({ rule, severity, place, message }) => `${severity} ${rule} ${place.file}:${place.line} ${message}`,
  );

describe('hashes hold on every checkout', () => {
  const entry = (stated: object): string => manifest([{ module_id: 'a', path: 'a.md', ...stated }]);
  const cases: [name: string, onDisk: string, stated: object][] = [
    ['as it is', A, { sha256: hash(A) }],
    ['upper case, with its name', A, { sha256: `sha256:${hash(A).toUpperCase()}` }],
    ['made of CRLF, checked out as LF', A, { sha256: hash(crlf(A)) }],
    ['made of LF, checked out as CRLF', crlf(A), { sha256: hash(A) }],
    ['made with a BOM, checked out without', A, { sha256: hash(`\ufeff${A}`) }],
    ['made without a BOM, checked out with', `\ufeff${A}`, { sha256: hash(A) }],
    ['of mixed line ends', A.replace('\n', '\r\n'), { sha256: hash(crlf(A)) }],
    ['of the body', A, { body_sha256: hash('\n# 1. A\ntext of A\n') }],
    ['of the body without the blank line before it', A, { body_sha256: hash('# 1. A\ntext of A\n') }],
    ['of the body, made of CRLF', A, { body_sha256: hash('# 1. A\r\ntext of A\r\n') }],
    ['of the body, checked out as CRLF', crlf(A), { body_sha256: hash('# 1. A\ntext of A\n') }],
    ['of the body of a file without front matter', B, { body_sha256: hash(B) }],
    ['both', A, { sha256: hash(crlf(A)), body_sha256: hash('# 1. A\ntext of A\n') }],
    [
      'counts are not looked at where a hash holds',
      A,
      { sha256: hash(A), line_count: 99, heading_count: 99 },
    ],
    ['line_count of the file', A, { line_count: 6 }],
    ['line_count with the empty line after the last', A, { line_count: 7 }],
    ['line_count of the body', A, { line_count: 3 }],
    ['line_count of the text', A, { line_count: 2 }],
    ['heading_count', B, { heading_count: 2 }],
    ['heading_count, by one who knows no fences', `${B}\`\`\`\n# x\n\`\`\`\n`, { heading_count: 3 }],
    ['nothing stated', A, {}],
    ['null', A, { sha256: null, body_sha256: null, line_count: null }],
  ];
  it.each(cases)('%s', async (_name, onDisk, stated) => {
    const index = await load({ 's/indexed-spec-manifest.json': entry(stated), 's/a.md': onDisk });
    expect(told(index.findings)).toEqual([]);
  });

  const other = 'f'.repeat(64);
  const wrong: [name: string, stated: Record<string, unknown>, at: string, message: string][] = [
    ['sha256', { sha256: other }, 'sha256', `sha256 ffffffffffff (found ${hash(A).slice(0, 12)})`],
    [
      'body_sha256',
      { body_sha256: other },
      'body_sha256',
      `body_sha256 ffffffffffff (found ${hash('\n# 1. A\ntext of A\n').slice(0, 12)})`,
    ],
    [
      'one of both',
      { sha256: hash(A), body_sha256: other },
      'body_sha256',
      `body_sha256 ffffffffffff (found ${hash('\n# 1. A\ntext of A\n').slice(0, 12)})`,
    ],
    [
      'sha256, with the counts',
      { sha256: other, line_count: 99, heading_count: 7 },
      'sha256',
      `sha256 ffffffffffff (found ${hash(A).slice(0, 12)}), line_count 99 (found 6), heading_count 7 (found 1)`,
    ],
    ['a hash that is none', { sha256: 12 }, 'sha256', `sha256 12 (found ${hash(A).slice(0, 12)})`],
    ['line_count alone', { line_count: 99 }, 'line_count', 'line_count 99 (found 6)'],
    ['heading_count alone', { heading_count: '1' }, 'heading_count', 'heading_count 1 (found 1)'],
  ];
  it.each(wrong)('a wrong %s is a warning at its line', async (_name, stated, at, message) => {
    const text = entry(stated);
    const index = await load({ 's/indexed-spec-manifest.json': text, 's/a.md': A });
    expect(told(index.findings)).toEqual([
      `warning spec/manifest-mismatch s/indexed-spec-manifest.json:${lineOf(text, `"${at}"`)} Unexpected content of s/a.md, expected ${message}`,
    ]);
    expect(index.sections.map(({ number }) => number)).toEqual(['1']);
  });
});

describe('modules and their order', () => {
  const files = { 's/a.md': A, 's/b.md': B };
  const a = { module_id: 'a', path: 'a.md' };
  const b = { module_id: 'b', path: 'b.md' };
  const order = (...ids: unknown[]): object => ({ reconstruction: { module_order: ids } });
  const place = 'error spec/module-order s/indexed-spec-manifest.json';
  const cases: [name: string, text: string, read: string[], findings: string[]][] = [
    ['as listed', manifest([b, a]), ['s/b.md', 's/a.md'], []],
    ['by the order of the reconstruction', manifest([b, a], order('a', 'b')), ['s/a.md', 's/b.md'], []],
    [
      'a reconstruction without an order',
      manifest([b, a], { reconstruction: null }),
      ['s/b.md', 's/a.md'],
      [],
    ],
    ['backslashes in a path', manifest([{ path: '..\\s\\a.md' }, b]), ['s/a.md', 's/b.md'], []],
    [
      'an id twice',
      manifest([a, { ...b, module_id: 'a' }]),
      ['s/a.md', 's/b.md'],
      [`${place}:8 Unexpected second module "a", expected an id of its own`],
    ],
    [
      'a file twice: it is read once',
      manifest([a, { module_id: 'b', path: './a.md' }, { ...b, module_id: 'c' }]),
      ['s/a.md', 's/b.md'],
      [`${place}:9 Unexpected second module at "./a.md", expected each file once`],
    ],
    [
      'an id twice in module_order',
      manifest([a, b], order('a', 'b', 'a')),
      ['s/a.md', 's/b.md'],
      [`${place}:16 Unexpected second "a" in module_order, expected each module once`],
    ],
    [
      'module_order names what is no module',
      manifest([a, b], order('a', 'x', 'b')),
      ['s/a.md', 's/b.md'],
      [`${place}:15 Unexpected "x" in module_order, expected the module_id of a module`],
    ],
    [
      'module_order leaves a module out: it is read last',
      manifest([a, b], order('b')),
      ['s/b.md', 's/a.md'],
      [`${place}:3 Unexpected module "a", expected one that module_order names`],
    ],
  ];
  it.each(cases)('%s', async (_name, text, read, findings) => {
    const index = await load({ 's/indexed-spec-manifest.json': text, ...files });
    expect(index.files.map(({ path }) => path)).toEqual(read);
    expect(told(index.findings)).toEqual(findings);
  });

  it('a module beside them that the manifest does not list is a warning', async () => {
    const index = await load({
      's/indexed-spec-manifest.json': manifest([{ path: 'modules/01-a.md' }]),
      's/modules/01-a.md': A,
      's/modules/02-b.md': B,
      's/modules/10-c.md': B,
      's/modules/other.md': A,
      's/modules/README.md': '# Read me\n',
      's/modules/notes.txt': 'x',
      's/modules/deeper/03-x.md': B,
      's/_transfer/04-x.md': B,
      's/05-x.md': B,
    });
    expect(index.files.map(({ path }) => path)).toEqual(['s/modules/01-a.md']);
    expect(told(index.findings)).toEqual(
      ['02-b', '10-c', 'other'].map(
        (name) =>
          `warning spec/module-unlisted s/modules/${name}.md:1 Unexpected module s/modules/${name}.md, expected one that s/indexed-spec-manifest.json lists: it is not read`,
      ),
    );
  });
  it('nothing in _transfer is missed', async () => {
    const index = await load({
      's/indexed-spec-manifest.json': manifest([{ path: '_transfer/01-a.md' }]),
      's/_transfer/01-a.md': A,
      's/_transfer/02-b.md': B,
    });
    expect([index.files.length, index.findings]).toEqual([1, []]);
  });
});

describe('the version', () => {
  const modules = [{ path: 'a.md' }];
  const front = (version: string): string => `---\nspec_version: ${version}\n---\n# 1. A\n`;
  const pointer = (more: object): string => JSON.stringify({ entrypoint_path: 's/m.json', ...more });
  const cases: [name: string, files: Record<string, string>, expected: string][] = [
    [
      'of the manifest',
      { 's/m.json': manifest(modules, { spec_version: 'v02.195' }), 's/a.md': front('v1') },
      'v02.195',
    ],
    [
      'of the manifest, without its v',
      { 's/m.json': manifest(modules, { version: '02.195' }), 's/a.md': A },
      'v02.195',
    ],
    [
      'the manifest’s own is none',
      { 's/m.json': manifest(modules, { version: '1' }), 's/a.md': A },
      'unknown',
    ],
    [
      'of the first front matter that states one',
      { 's/m.json': manifest([...modules, { path: 'b.md' }]), 's/a.md': A, 's/b.md': front('v2.1') },
      'v2.1',
    ],
    ['of nobody', { 's/m.json': manifest(modules), 's/a.md': A }, 'unknown'],
  ];
  it.each(cases)('%s', async (_name, files, expected) => {
    expect((await load(files, 's/m.json')).version).toBe(expected);
  });
  it.each([
    ['the pointer’s, where the manifest states none', { version: 'v02.195' }, {}, 'v02.195'],
    ['the manifest’s before the pointer’s', { version: 'v02.194' }, { spec_version: 'v02.195' }, 'v02.195'],
    ['the front matter’s where neither does', {}, {}, 'v9.9'],
  ])('%s', async (_name, stated, more, expected) => {
    const root = temporaryFolder();
    writeTree(root, {
      '.GOV/spec/SPEC_CURRENT.md': pointer(stated),
      '.GOV/spec/s/m.json': manifest(modules, more),
      '.GOV/spec/s/a.md': front('v9.9'),
    });
    expect((await loadSpec(worktreeSnapshot(root), { root })).version).toBe(expected);
  });
});

it('bad front matter in a module is a warning at its place', async () => {
  const index = await load({
    's/indexed-spec-manifest.json': manifest([{ path: 'a.md' }, { path: 'b.md' }]),
    's/a.md': A,
    's/b.md': '---\n- x\n---\n# 2. B\n',
  });
  expect(told(index.findings)).toEqual([
    'warning spec/front-matter s/b.md:2 Unexpected front matter without keys, expected lines of KEY: VALUE',
  ]);
  expect(index.sections.map(({ number, line }) => [number, line])).toEqual([
    ['1', 5],
    ['2', 4],
  ]);
});
