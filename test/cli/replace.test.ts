import { chmodSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { replaceFiles } from '../../tools/cli/replace.ts';
import { temporaryFolder } from '../support/repository.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const change = (path: string) => ({ path, before: bytes('old'), bytes: bytes('new') });
/** Too long for a temporary file beside it. */
const LONG = 'x'.repeat(250);

let root: string;
const read = (...paths: string[]): string[] => paths.map((path) => readFileSync(join(root, path), 'utf8'));

beforeEach(() => {
  root = temporaryFolder();
  for (const path of ['a.md', 'b.md', LONG]) writeFileSync(join(root, path), 'old');
});

it('replaces all of them, and of a link what it leads to', async () => {
  symlinkSync('b.md', join(root, 'link.md'));
  await replaceFiles(root, [change('a.md'), change('link.md')]);
  expect(read('a.md', 'b.md')).toEqual(['new', 'new']);
  expect(readdirSync(root).sort()).toEqual(['a.md', 'b.md', 'link.md', LONG]);
});

it.each([
  ['edited', () => writeFileSync(join(root, 'b.md'), 'edited')],
  ['read-only', () => chmodSync(join(root, 'b.md'), 0o444)],
  ['gone', () => rmSync(join(root, 'b.md'))],
])('a later file that is %s: none is written', async (_how, spoil) => {
  spoil();
  await expect(replaceFiles(root, [change('a.md'), change('b.md')])).rejects.toThrow('b.md');
  expect(read('a.md')).toEqual(['old']);
  expect(readdirSync(root).filter((path) => path.endsWith('.tmp'))).toEqual([]);
});

it.each([
  [
    'b.md was changed by somebody else meanwhile and is left as it is; run it again',
    () => writeFileSync(join(root, 'b.md'), 'edited'),
  ],
  [
    'b.md is read-only, expected a file that can be written; nothing was changed: chmod u+w b.md, then run it again',
    () => chmodSync(join(root, 'b.md'), 0o444),
  ],
])('says why: %s', async (message, spoil) => {
  spoil();
  await expect(replaceFiles(root, [change('b.md')])).rejects.toMatchObject({ name: 'UsageError', message });
});

it('says which files were written before one that fails', async () => {
  const files = [change('a.md'), change('b.md'), change(LONG)];
  await expect(replaceFiles(root, files)).rejects.toThrow(
    /^cannot write .*; written before it: a\.md, b\.md$/,
  );
  expect(read('a.md', 'b.md', LONG)).toEqual(['new', 'new', 'old']);
});

it('the first that fails has none before it', async () => {
  await expect(replaceFiles(root, [change(LONG)])).rejects.not.toThrow('written before');
  expect(read(LONG)).toEqual(['old']);
});
