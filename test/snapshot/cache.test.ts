import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCache } from '../../tools/snapshot/index.ts';
import { temporaryFolder, temporaryRepository } from '../support/repository.ts';

const KEY = 'a'.repeat(64);
const VALUE = { sections: [1, 2, 3], title: '§ Ünïcode' };

async function filled() {
  const { root, git } = temporaryRepository();
  const cache = (await openCache(root, 'build-1'))!;
  await cache.write('spec', KEY, VALUE);
  const folder = join(root, '.git/govkit/cache/spec');
  const file = join(folder, readdirSync(folder)[0]!);
  return { root, git, cache, folder, file };
}

describe('a value that was kept', () => {
  it('is read again, by another process too', async () => {
    const { root, cache } = await filled();
    expect(await cache.read('spec', KEY)).toEqual(VALUE);
    expect(await (await openCache(root, 'build-1'))!.read('spec', KEY)).toEqual(VALUE);
  });

  it('is no part of the tree', async () => {
    expect((await filled()).git('status', '--porcelain', '--ignored')).toBe('');
  });

  it.each([
    ['another key', 'spec', 'b'.repeat(64)],
    ['another kind', 'stub', KEY],
  ])('is not found under %s', async (_, kind, key) => {
    expect(await (await filled()).cache.read(kind, key)).toBeUndefined();
  });

  it('of another build is foreign', async () => {
    const { root } = await filled();
    expect(await (await openCache(root, 'build-2'))!.read('spec', KEY)).toBeUndefined();
  });
});

describe('what is damaged or foreign is not believed', () => {
  const damages: [name: string, damage: (text: string) => string][] = [
    ['empty', () => ''],
    ['no header', (text) => text.slice(text.indexOf('\n') + 1)],
    ['cut short', (text) => text.slice(0, -5)],
    ['one character changed', (text) => text.replace('1,2,3', '1,2,4')],
    ['more at the end', (text) => `${text} `],
    ['the key of another', (text) => text.replaceAll(KEY, 'b'.repeat(64))],
    ['the build of another', (text) => text.replace('build-1', 'build-2')],
    ['no JSON', (text) => `${text.slice(0, text.indexOf('\n'))}\nnonsense`],
  ];
  it.each(damages)('%s', async (_, damage) => {
    const { cache, file } = await filled();
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    expect(await cache.read('spec', KEY)).toBeUndefined();
    await cache.write('spec', KEY, VALUE);
    expect(await cache.read('spec', KEY)).toEqual(VALUE);
  });

  it.each<[name: string, put: (file: string) => void]>([
    [
      'a pipe',
      (file) => {
        rmSync(file);
        execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', file]);
      },
    ],
    [
      'a link',
      (file) => {
        renameSync(file, `${file}.moved`);
        symlinkSync(`${file}.moved`, file);
      },
    ],
    ['a file of 65 MB', (file) => truncateSync(file, 65 * 1024 * 1024)],
  ])('%s in its place', async (_, put) => {
    const { cache, file } = await filled();
    put(file);
    expect(await cache.read('spec', KEY)).toBeUndefined();
    await cache.write('spec', KEY, VALUE);
    expect(await cache.read('spec', KEY)).toEqual(VALUE);
  });

  it('a file under the name of another key', async () => {
    const { cache, folder, file } = await filled();
    const other = 'c'.repeat(64);
    await cache.write('spec', other, { other: true });
    const name = readdirSync(folder).find((candidate) => join(folder, candidate) !== file)!;
    writeFileSync(join(folder, name), readFileSync(file));
    expect(await cache.read('spec', other)).toBeUndefined();
  });
});

it('keeps the last eight of a kind', async () => {
  const { cache, folder, file } = await filled();
  utimesSync(file, 1, 1);
  for (let n = 0; n < 8; n++) await cache.write('spec', `key ${n}`, n);
  expect(readdirSync(folder)).toHaveLength(8);
  expect(existsSync(file)).toBe(false);
  expect(await cache.read('spec', 'key 7')).toBe(7);
});

it('without a repository there is none', async () => {
  expect(await openCache(temporaryFolder(), 'build-1')).toBeUndefined();
});

it('a folder that cannot be written keeps nothing and says nothing', async () => {
  const { root } = temporaryRepository();
  writeFileSync(join(root, '.git/govkit'), 'a file in the way');
  chmodSync(join(root, '.git/govkit'), 0o444);
  const cache = (await openCache(root, 'build-1'))!;
  await cache.write('spec', KEY, VALUE);
  expect(await cache.read('spec', KEY)).toBeUndefined();
});
