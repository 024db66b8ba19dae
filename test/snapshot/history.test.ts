import { describe, expect, it } from 'vitest';
import { gitState, historicFiles } from '../../tools/snapshot/index.ts';
import { temporaryFolder, temporaryRepository } from '../support/repository.ts';

const text = async (file: { read(): Promise<Uint8Array> }): Promise<string> =>
  new TextDecoder().decode(await file.read());

describe('historic files', () => {
  it('every version of a name, in any folder, on any ref, the newest first', async () => {
    const { root, git, commit } = temporaryRepository();
    const first = commit({ 'Spec_v1.md': 'one', 'other.md': 'x' });
    commit({ 'Spec_v1.md': 'two' });
    git('rm', '--quiet', 'Spec_v1.md');
    git('commit', '--quiet', '--message', 'remove');
    git('checkout', '--quiet', '-b', 'side', first);
    commit({ 'deep/er/Spec_v1.md': 'three' });
    git('checkout', '--quiet', 'main');
    const { files, incomplete } = await historicFiles(root, ['Spec_v1.md']);
    const found = await Promise.all(files.map(async (file) => [file.path, await text(file)]));
    expect(incomplete).toBeUndefined();
    expect(found.sort()).toEqual([
      ['Spec_v1.md', 'one'],
      ['Spec_v1.md', 'two'],
      ['deep/er/Spec_v1.md', 'three'],
    ]);
    expect(files.find(({ path, commit: at }) => path === 'Spec_v1.md' && at === first)).toBeDefined();
  });

  it('what only a merge brought in', async () => {
    const { root, git, commit, write } = temporaryRepository();
    commit({ 'Spec_v1.md': 'one' });
    git('checkout', '--quiet', '-b', 'side');
    commit({ 'b.md': 'b' });
    git('checkout', '--quiet', 'main');
    commit({ 'a.md': 'a' });
    git('merge', '--quiet', '--no-commit', 'side');
    write({ 'Spec_v1.md': 'merged' });
    git('add', '--all');
    git('commit', '--quiet', '--message', 'merge');
    const { files } = await historicFiles(root, ['Spec_v1.md']);
    expect((await Promise.all(files.map(text))).sort()).toEqual(['merged', 'one']);
  });

  it('names with stars, brackets and spaces are names', async () => {
    const { root, commit } = temporaryRepository();
    commit({ 'a [1]*.md': 'one', 'a 1x.md': 'two' });
    expect((await historicFiles(root, ['a [1]*.md'])).files.map(({ path }) => path)).toEqual(['a [1]*.md']);
  });

  it('a link is no version, and no name asks for nothing', async () => {
    const { root, git, commit } = temporaryRepository();
    commit({ 'target.md': 'one' });
    git('update-index', '--add', '--cacheinfo', `120000,${git('rev-parse', 'HEAD:target.md')},Spec_v1.md`);
    git('commit', '--quiet', '--message', 'link');
    expect(await historicFiles(root, ['Spec_v1.md'])).toEqual({ files: [] });
    expect(await historicFiles('/nowhere', [])).toEqual({ files: [] });
  });

  it('what cannot be looked through is said', async () => {
    const { root, git, commit } = temporaryRepository();
    commit({ 'Spec_v1.md': 'one' });
    commit({ 'Spec_v1.md': 'two' });
    const clone = temporaryFolder();
    git('clone', '--quiet', '--depth', '1', `file://${root}`, `${clone}/it`);
    const shallow = await historicFiles(`${clone}/it`, ['Spec_v1.md']);
    expect([await Promise.all(shallow.files.map(text)), shallow.incomplete]).toEqual([
      ['two'],
      'this clone is shallow, and its history is not all here (git fetch --unshallow)',
    ]);
    expect(await historicFiles(clone, ['Spec_v1.md'])).toEqual({
      files: [],
      incomplete: 'there is no git history to look in',
    });
  });

  it('a repository without a commit has none', async () => {
    expect(await historicFiles(temporaryRepository().root, ['Spec_v1.md'])).toEqual({ files: [] });
  });
});

describe('how git sees a file', () => {
  it.each([
    ['clean', {}],
    ['changed', { 'a.md': 'two' }],
    ['untracked', { 'b.md': 'new' }],
  ] as const)('%s', async (state, files) => {
    const { root, commit, write } = temporaryRepository();
    commit({ 'a.md': 'one' });
    write(files);
    expect(await gitState(root, state === 'untracked' ? 'b.md' : 'a.md')).toBe(state);
  });

  it('ignored is untracked, staged is changed, and without git there is no state', async () => {
    const { root, git, commit, write } = temporaryRepository();
    commit({ 'a.md': 'one', '.gitignore': 'c.md\n' });
    write({ 'c.md': 'x', 'a.md': 'two' });
    git('add', 'a.md');
    expect([await gitState(root, 'c.md'), await gitState(root, 'a.md')]).toEqual(['untracked', 'changed']);
    expect(await gitState(temporaryFolder(), 'a.md')).toBe('none');
  });
});
