import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../tools/findings/index.ts';
import {
  commitSnapshot,
  indexSnapshot,
  plannedSnapshot,
  UnreadableFile,
  worktreeSnapshot,
} from '../../tools/snapshot/index.ts';
import { temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const GLOBS = ['.GOV/**/*.md'];

describe('worktree', () => {
  it('lists sorted, dot folders too, and shows a folder that is named like a file', async () => {
    const root = temporaryFolder();
    writeTree(root, { '.GOV/b.md': 'b', '.GOV/a.md': 'a', '.GOV/x.txt': 'x' });
    mkdirSync(join(root, '.GOV', 'c.md'));
    expect(await worktreeSnapshot(root).list(GLOBS)).toEqual(['.GOV/a.md', '.GOV/b.md', '.GOV/c.md']);
  });

  it.each([
    ['missing', 'nowhere.md', 'missing'],
    ['below a file', 'file.md/x.md', 'missing'],
    ['a folder', 'folder.md', 'folder'],
  ])('%s', async (_name, path, reason) => {
    const root = temporaryFolder();
    writeTree(root, { 'file.md': 'x' });
    mkdirSync(join(root, 'folder.md'));
    await expect(worktreeSnapshot(root).read(path)).rejects.toMatchObject({
      name: 'UnreadableFile',
      path,
      reason,
    });
  });
});

it('a link that leads out of the repository is not followed; one within it is', async () => {
  const root = temporaryFolder();
  const elsewhere = temporaryFolder();
  writeTree(elsewhere, { 'secret.md': 'secret' });
  writeTree(root, { 'real.md': 'real' });
  symlinkSync(join(elsewhere, 'secret.md'), join(root, 'out.md'));
  symlinkSync(join(root, 'real.md'), join(root, 'in.md'));
  symlinkSync(join(root, 'loop.md'), join(root, 'loop.md'));
  const snapshot = worktreeSnapshot(root);
  await expect(snapshot.read('out.md')).rejects.toMatchObject({ reason: 'outside' });
  await expect(snapshot.read('loop.md')).rejects.toMatchObject({ reason: 'failed' });
  expect(text(await snapshot.read('in.md'))).toBe('real');
});

describe('index and commit', () => {
  it('read what is staged and what is committed, not what is on disk', async () => {
    const repo = temporaryRepository();
    repo.commit({ '.GOV/a.md': 'one' });
    repo.write({ '.GOV/a.md': 'two', '.GOV/new.md': 'new' });
    repo.git('add', '--all');
    repo.write({ '.GOV/a.md': 'three' });
    const index = await indexSnapshot(repo.root);
    const commit = await commitSnapshot(repo.root, 'HEAD');
    expect(await index.list(GLOBS)).toEqual(['.GOV/a.md', '.GOV/new.md']);
    expect(await commit.list(GLOBS)).toEqual(['.GOV/a.md']);
    expect(text(await index.read('.GOV/a.md'))).toBe('two');
    expect(text(await commit.read('.GOV/a.md'))).toBe('one');
    expect(text(await worktreeSnapshot(repo.root).read('.GOV/a.md'))).toBe('three');
  });

  it('bytes come back as they are: invalid UTF-8, CRLF, names with spaces and quotes', async () => {
    const repo = temporaryRepository();
    const data = Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0x96]);
    repo.git('config', 'core.autocrlf', 'false');
    repo.commit({ '.GOV/a "b" ü.md': data });
    const commit = await commitSnapshot(repo.root, 'main');
    expect(await commit.list(GLOBS)).toEqual(['.GOV/a "b" ü.md']);
    expect([...(await commit.read('.GOV/a "b" ü.md'))]).toEqual([...data]);
  });

  it('a folder and a missing path say which they are', async () => {
    const repo = temporaryRepository();
    repo.commit({ '.GOV/a.md': 'one' });
    const commit = await commitSnapshot(repo.root, 'HEAD');
    await expect(commit.read('.GOV')).rejects.toThrow(new UnreadableFile('.GOV', 'folder').message);
    await expect(commit.read('b.md')).rejects.toThrow(new UnreadableFile('b.md', 'missing').message);
  });

  it.each(['nowhere', '--output=x', 'HEAD:.GOV'])(
    'an unknown revision is a wrong call: %s',
    async (revision) => {
      const repo = temporaryRepository();
      repo.commit({ 'a.md': 'x' });
      await expect(commitSnapshot(repo.root, revision)).rejects.toBeInstanceOf(UsageError);
    },
  );

  it('a linked worktree has its own index', async () => {
    const repo = temporaryRepository();
    repo.commit({ '.GOV/a.md': 'one' });
    const linked = join(temporaryFolder(), 'linked tree');
    repo.git('worktree', 'add', '--quiet', '-b', 'linked', linked);
    writeFileSync(join(linked, '.GOV', 'a.md'), 'linked');
    execFileSync('git', ['add', '--all'], { cwd: linked });
    expect(text(await (await indexSnapshot(linked)).read('.GOV/a.md'))).toBe('linked');
    expect(text(await (await indexSnapshot(repo.root)).read('.GOV/a.md'))).toBe('one');
  });

  // simple-git 4 drops GIT_INDEX_FILE, and `commit -a` and `commit -- path` stage in another index file:
  // a gate that read the default one would pass because it saw nothing.
  it.each([
    ['git commit', ['commit', '-m', 'x'], true],
    ['git commit -a', ['commit', '-a', '-m', 'x'], false],
    ['git commit -- path', ['commit', '-m', 'x', '--', '.GOV/a.md'], false],
  ])('in a pre-commit hook the index of %s is read', (_name, args, stage) => {
    const repo = temporaryRepository();
    repo.commit({ '.GOV/a.md': 'one' });
    const probe = join(repo.root, '.git', 'probe.mjs');
    const module = join(import.meta.dirname, '..', '..', 'dist', 'lib', 'index.js');
    writeFileSync(
      probe,
      `import { indexSnapshot } from ${JSON.stringify(`file://${module.replaceAll(' ', '%20')}`)};
       import { writeFileSync } from 'node:fs';
       const index = await indexSnapshot(process.cwd());
       writeFileSync('.git/seen', await index.read('.GOV/a.md'));\n`,
    );
    const hook = join(repo.root, '.git', 'hooks', 'pre-commit');
    mkdirSync(join(repo.root, '.git', 'hooks'), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" .git/probe.mjs\n`);
    chmodSync(hook, 0o755);
    repo.write({ '.GOV/a.md': 'two' });
    if (stage) repo.git('add', '--all');
    repo.git(...args);
    expect(execFileSync('cat', [join(repo.root, '.git', 'seen')], { encoding: 'utf8' })).toBe('two');
  });
});

describe('planned', () => {
  it('lays edits over another snapshot', async () => {
    const root = temporaryFolder();
    writeTree(root, { '.GOV/a.md': 'one', '.GOV/b.md': 'two' });
    const planned = plannedSnapshot(
      worktreeSnapshot(root),
      new Map([
        ['.GOV/a.md', 'changed'],
        ['.GOV/b.md', undefined],
        ['.GOV/c.md', 'new'],
        ['elsewhere.md', 'not asked for'],
      ]),
    );
    expect(await planned.list(GLOBS)).toEqual(['.GOV/a.md', '.GOV/c.md']);
    expect(text(await planned.read('.GOV/a.md'))).toBe('changed');
    await expect(planned.read('.GOV/b.md')).rejects.toMatchObject({ reason: 'missing' });
  });

  it('its id tells plans apart', () => {
    const base = worktreeSnapshot('/');
    expect(plannedSnapshot(base, new Map([['a', '1']])).id).not.toBe(
      plannedSnapshot(base, new Map([['a', '2']])).id,
    );
  });
});
