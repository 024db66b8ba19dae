import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFileDurably, writeFileDurably } from '../../tools/text/index.ts';
import { temporaryFolder } from '../support/repository.ts';

it('creates folders, replaces whole files and leaves nothing beside them', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a', 'b.txt');
  await writeFileDurably(file, 'one');
  await writeFileDurably(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(join(folder, 'a'))).toEqual(['b.txt']);
});

it('a failed write leaves the old file and no temporary one', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'taken'));
  await expect(writeFileDurably(join(folder, 'taken'), 'text')).rejects.toMatchObject({
    name: 'UnwritableFile',
    message: `cannot write ${join(folder, 'taken')}: a folder of that name is in the way`,
  });
  expect(readdirSync(folder)).toEqual(['taken']);
});

it('a file that must be new replaces nothing, not even a link that leads nowhere', async () => {
  const folder = temporaryFolder();
  await createFileDurably(join(folder, 'new'), 'one');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
  for (const name of ['new', 'link']) {
    await expect(createFileDurably(join(folder, name), 'two')).rejects.toThrow('something is there already');
  }
  expect(readFileSync(join(folder, 'new'), 'utf8')).toBe('one');
  expect(readdirSync(folder).sort()).toEqual(['link', 'new']);
});
