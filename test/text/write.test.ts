import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

it.each([0o755, 0o600, 0o664])('keeps the mode %o of the file that is replaced', async (mode) => {
  const file = join(temporaryFolder(), 'a.md');
  writeFileSync(file, 'one');
  chmodSync(file, mode);
  await writeFileDurably(file, 'two');
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o7777]).toEqual(['two', mode]);
});

it('a new file has the mode that any new file has', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'plain'), '');
  await writeFileDurably(join(folder, 'new'), 'one');
  expect(statSync(join(folder, 'new')).mode).toBe(statSync(join(folder, 'plain')).mode);
});

describe('temporaries that a killed process left', () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const left = async (name: string, age: number): Promise<string[]> => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    writeFileSync(path, 'half');
    const then = Date.now() / 1000 - age;
    utimesSync(path, then, then);
    await writeFileDurably(join(folder, 'a.md'), 'whole');
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('whole');
    return readdirSync(folder).filter((file) => file !== 'a.md');
  };

  it('goes with the next write of the same file', async () => {
    expect(await left(`.a.md.${dead}.0123abcd.tmp`, 3600)).toEqual([]);
  });

  it.each([
    ['of a process that lives', `.a.md.${process.pid}.0123abcd.tmp`, 3600],
    ['of another machine, perhaps: it is young', `.a.md.${dead}.0123abcd.tmp`, 1],
    ['of another file', `.b.md.${dead}.0123abcd.tmp`, 3600],
    ['of a file whose name only looks alike', `.aXmd.${dead}.0123abcd.tmp`, 3600],
    ['of somebody else: no process', '.a.md.0.0123abcd.tmp', 3600],
    ['of somebody else: no such number', '.a.md.99999999999999999999.0123abcd.tmp', 3600],
    ['of somebody else: another ending', `.a.md.${dead}.0123abcd.tmp~`, 3600],
    ['of somebody else: other digits', `.a.md.${dead}.0123ABCD.tmp`, 3600],
  ])('stays: %s', async (_why, name, age) => {
    expect(await left(name, age)).toEqual([name]);
  });

  it('a folder of such a name stays', async () => {
    const folder = temporaryFolder();
    const name = `.a.md.${dead}.0123abcd.tmp`;
    mkdirSync(join(folder, name));
    utimesSync(join(folder, name), 1, 1);
    await writeFileDurably(join(folder, 'a.md'), 'whole');
    expect(readdirSync(folder)).toEqual([name, 'a.md']);
  });
});
