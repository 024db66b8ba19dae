import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Cache, openCache, worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../../tools/spec/index.ts';
import { temporaryRepository, writeTree } from '../../support/repository.ts';
import { SPEC } from '../spec-fixture.ts';

const PATH = '.GOV/spec/Acme_Master_Spec_v01.02.md';
const FILES = {
  '.GOV/spec/SPEC_CURRENT.md': '# SPEC_CURRENT\n\n**Acme_Master_Spec_v01.02.md**\n',
  [PATH]: `${SPEC}\n- item\n\n  \`\`\`ts\n  type Indented = 1;\n  \`\`\`\n`,
};

/** A cache that tells what was found in it and what was put there. */
function watched(cache: Cache, log: string[]): Cache {
  return {
    async read(kind, key) {
      const value = await cache.read(kind, key);
      log.push(value === undefined ? 'miss' : 'hit');
      return value;
    },
    async write(kind, key, value) {
      log.push('write');
      await cache.write(kind, key, value);
    },
  };
}

async function opened(files: Record<string, string> = FILES) {
  const { root } = temporaryRepository();
  writeTree(root, files);
  const log: string[] = [];
  const cache = watched((await openCache(root, 'build'))!, log);
  const load = (): Promise<SpecIndex> => loadSpec(worktreeSnapshot(root), { root, cache });
  return { root, log, load };
}

it('the second reading gives the same index, blocks and their sections included', async () => {
  const { root, log, load } = await opened();
  const first = await load();
  const second = await load();
  expect(log).toEqual(['miss', 'write', 'hit']);
  expect(second).toEqual(first);
  expect(second).toEqual(await loadSpec(worktreeSnapshot(root), { root }));
  expect(second.blocks.some((block) => block.lines[0] === 'type Indented = 1;')).toBe(true);
  for (const block of second.blocks) {
    if (block.section) expect(block.section).toBe(second.sections[block.section.id]);
  }
});

it('one byte more is another spec', async () => {
  const { root, log, load } = await opened();
  await load();
  writeTree(root, { [PATH]: `${FILES[PATH]}### 11.5.2 Shape C\n` });
  const index = await load();
  expect(log).toEqual(['miss', 'write', 'miss', 'write']);
  expect(index.sections.at(-1)?.number).toBe('11.5.2');
});

it('the same bytes under another name are not the same spec', async () => {
  const { root, log, load } = await opened();
  await load();
  writeTree(root, {
    '.GOV/spec/SPEC_CURRENT.md': '**Acme_Master_Spec_v01.03.md**\n',
    '.GOV/spec/Acme_Master_Spec_v01.03.md': FILES[PATH]!,
  });
  expect((await load()).version).toBe('v01.03');
  expect(log).toEqual(['miss', 'write', 'miss', 'write']);
});

it('a module of another name is another spec, under the same manifest', async () => {
  const manifest = (path: string): Record<string, string> => ({
    '.GOV/spec/SPEC_CURRENT.md': '{"entrypoint_path": ".GOV/spec/m/indexed-spec-manifest.json"}',
    '.GOV/spec/m/indexed-spec-manifest.json': JSON.stringify({ modules: [{ module_id: 'm', path }] }),
    [`.GOV/spec/m/${path}`]: SPEC,
  });
  const { root, log, load } = await opened(manifest('01-a.md'));
  await load();
  writeTree(root, manifest('01-b.md'));
  expect((await load()).sections[0]?.file).toBe('.GOV/spec/m/01-b.md');
  expect(log).toEqual(['miss', 'write', 'miss', 'write']);
});

it('a cache that cannot be written changes no answer', async () => {
  const { root, load } = await opened();
  mkdirSync(join(root, '.git/govkit'));
  writeTree(root, { '.git/govkit/cache': 'in the way' });
  expect(await load()).toEqual(await load());
});

describe('a value with the right hash that is no index of these files', () => {
  type Value = Record<string, unknown[]>;
  const changed = (value: Value, list: string, change: object): Value => {
    Object.assign(value[list]![0] as object, change);
    return value;
  };
  it.each<[name: string, spoil: (value: Value) => unknown]>([
    ['null', () => null],
    ['a number', () => 7],
    ['a list', () => []],
    ['empty', () => ({})],
    ['blocks alone', () => ({ blocks: [] })],
    ['of another source', (value) => ({ ...value, source: 'other' })],
    ['no version', ({ version: _, ...value }) => value],
    ['sections that are no list', (value) => ({ ...value, sections: {} })],
    ['a section that is null', (value) => ({ ...value, sections: [null] })],
    ['no findings', ({ findings: _, ...value }) => value],
    ['a matrix that is no list', (value) => ({ ...value, matrix: 'x' })],
    ['a section of another id', ({ sections = [], ...value }) => ({ ...value, sections: sections.slice(1) })],
    ['a block of no section', (value) => changed(value, 'blocks', { section: 9999 })],
    ['a block behind the end', (value) => changed(value, 'blocks', { endLine: 9999 })],
    ['a section of another file', (value) => changed(value, 'sections', { file: 'x' })],
    ['a section that is its own parent', (value) => changed(value, 'sections', { parent: 0 })],
    ['a section without tags', (value) => changed(value, 'sections', { tags: null })],
  ])('%s', async (_, spoil) => {
    const { root } = await opened();
    let kept: unknown;
    const cache: Cache = {
      read: async () => structuredClone(kept),
      write: async (_kind, _key, value) => {
        kept = value;
      },
    };
    const load = (): Promise<SpecIndex> => loadSpec(worktreeSnapshot(root), { root, cache });
    const plain = await load();
    const good = structuredClone(kept);
    kept = spoil(structuredClone(kept) as Value);
    const spoiled = JSON.stringify(kept) !== JSON.stringify(good);
    expect(await load()).toEqual(plain);
    expect([spoiled, kept]).toEqual([true, good]);
  });
});
