import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFileDurably } from '../../tools/text/index.ts';
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
  await expect(writeFileDurably(join(folder, 'taken'), 'text')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});
