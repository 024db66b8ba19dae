import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gitCommonFolder } from '../../tools/snapshot/index.ts';
import { temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';

const asked = (git: (...args: string[]) => string): string =>
  realpathSync(git('rev-parse', '--path-format=absolute', '--git-common-dir'));

it('is what git says, from the root and from a folder below', async () => {
  const { root, git } = temporaryRepository();
  mkdirSync(join(root, 'a/b'), { recursive: true });
  for (const folder of [root, join(root, 'a/b')])
    expect(realpathSync((await gitCommonFolder(folder)) ?? '')).toBe(asked(git));
});

it('is shared by a linked worktree', async () => {
  const { root, git, commit } = temporaryRepository();
  commit({ 'a.md': '1' });
  const linked = join(temporaryFolder(), 'linked');
  git('worktree', 'add', '--quiet', linked);
  expect(realpathSync((await gitCommonFolder(linked)) ?? '')).toBe(realpathSync(join(root, '.git')));
});

it('of a submodule is its own', async () => {
  const inner = temporaryRepository();
  inner.commit({ 'a.md': '1' });
  const { root, git } = temporaryRepository();
  git('-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', inner.root, 'sub');
  expect(realpathSync((await gitCommonFolder(join(root, 'sub'))) ?? '')).toBe(
    realpathSync(join(root, '.git/modules/sub')),
  );
});

it.each([
  ['nothing', {}],
  ['a .git folder that is none', { '.git/HEAD': 'ref: refs/heads/main\n' }],
  ['a .git file that names nothing', { '.git': 'gitdir: ../gone\n' }],
  ['a .git file of other words', { '.git': 'hello\n' }],
])('%s is no repository', async (_, files: Record<string, string>) => {
  const root = temporaryFolder();
  writeTree(root, files);
  expect(await gitCommonFolder(root)).toBeUndefined();
});
