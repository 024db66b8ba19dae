import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../tools/findings/index.ts';
import {
  commitSnapshot,
  indexSnapshot,
  LARGEST_FILE,
  plannedSnapshot,
  type Snapshot,
  UnreadableFile,
  worktreeSnapshot,
} from '../../tools/snapshot/index.ts';
import { asNobody, bundled } from '../support/nobody.ts';
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

/** Paths, and the problems that the listing met. */
async function listing(snapshot: Snapshot, globs: string[] = GLOBS): Promise<string[]> {
  const problems: string[] = [];
  const paths = await snapshot.list(globs, ({ path, reason }) => problems.push(`${path}: ${reason}`));
  return [...paths, ...problems];
}

describe('a listing tells what it could not look into', () => {
  it.each([
    ['a folder of stubs', '.GOV/stubs', ['.GOV/a.md', '.GOV/stubs: linked-folder']],
    ['a folder that is named like a stub', '.GOV/x.md', ['.GOV/a.md', '.GOV/x.md: linked-folder']],
  ])('%s that is a link', async (_name, link, expected) => {
    const repo = temporaryRepository();
    repo.write({ '.GOV/a.md': 'a', 'real/b.md': 'b' });
    symlinkSync('../real', join(repo.root, link));
    repo.commit({});
    expect(await listing(worktreeSnapshot(repo.root))).toEqual(expected);
    expect(await listing(await indexSnapshot(repo.root))).toEqual(expected);
    expect(await listing(await commitSnapshot(repo.root, 'HEAD'))).toEqual(expected);
  });

  it('.GOV itself, and a link to nowhere', async () => {
    const root = temporaryFolder();
    writeTree(root, { 'real/b.md': 'b' });
    symlinkSync('real', join(root, '.GOV'));
    symlinkSync('nowhere', join(root, 'real', 'stubs'));
    expect(await listing(worktreeSnapshot(root))).toEqual(['.GOV: linked-folder']);
    expect(await listing(worktreeSnapshot(root), ['real/**/*.md'])).toEqual([
      'real/b.md',
      'real/stubs: dangling',
    ]);
    expect(await listing(worktreeSnapshot(root), ['real/*.md'])).toEqual(['real/b.md']);
  });

  it('a submodule, and links that lead nowhere and out', async () => {
    const repo = temporaryRepository();
    const commit = repo.commit({ '.GOV/a.md': 'a' });
    repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},.GOV/module`);
    symlinkSync('nowhere', join(repo.root, '.GOV', 'dangling'));
    symlinkSync('../../elsewhere', join(repo.root, '.GOV', 'out'));
    symlinkSync('a.md', join(repo.root, '.GOV', 'file'));
    repo.git('add', '.GOV/dangling', '.GOV/out', '.GOV/file');
    expect(await listing(await indexSnapshot(repo.root))).toEqual([
      '.GOV/a.md',
      '.GOV/dangling: dangling',
      '.GOV/module: submodule',
      '.GOV/out: outside',
    ]);
  });

  it('a submodule on disk as in the index: reached, named like a document, and where no glob leads', async () => {
    const inner = temporaryRepository();
    inner.commit({ 'stubs/x.md': 'x' });
    const repo = temporaryRepository();
    repo.commit({ '.GOV/a.md': 'a' });
    for (const path of ['.GOV/module', '.GOV/named.md', 'elsewhere'])
      repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, path);
    for (const snapshot of [worktreeSnapshot(repo.root), await indexSnapshot(repo.root)]) {
      expect(await listing(snapshot)).toEqual(['.GOV/a.md', '.GOV/named.md', '.GOV/module: submodule']);
      await expect(snapshot.read('.GOV/named.md')).rejects.toMatchObject({ reason: 'submodule' });
    }
  });

  it('a repository within is one whether its .git is a folder or a file; an empty .git is none', async () => {
    const root = temporaryFolder();
    writeTree(root, {
      '.GOV/folder/.git/HEAD': 'ref: refs/heads/main\n',
      '.GOV/folder/a.md': 'a',
      '.GOV/file/.git': 'gitdir: ../../elsewhere\n',
      '.GOV/file/b.md': 'b',
      '.GOV/empty/c.md': 'c',
    });
    mkdirSync(join(root, '.GOV/empty/.git'));
    expect(await listing(worktreeSnapshot(root))).toEqual([
      '.GOV/empty/c.md',
      '.GOV/file: submodule',
      '.GOV/folder: submodule',
    ]);
  });

  it.runIf(process.getuid?.() === 0)('a folder that may not be opened hides no other', () => {
    const root = temporaryFolder();
    writeTree(root, { '.GOV/a.md': 'a', '.GOV/closed/b.md': 'b', '.GOV/z/c.md': 'c' });
    chmodSync(join(root, '.GOV/closed'), 0);
    const seen = asNobody(
      root,
      [],
      `
      const problems = [];
      const paths = await worktreeSnapshot(process.cwd()).list(['.GOV/**/*.md'], (p) => problems.push(p.message));
      console.log(JSON.stringify([...paths, ...problems]));`,
    );
    expect(seen).toEqual(['.GOV/a.md', '.GOV/z/c.md', '.GOV/closed: a folder that may not be read']);
  });
});

describe('only files of a sane size are read', () => {
  it('a pipe, a device, a huge file', async () => {
    const root = temporaryFolder();
    writeTree(root, { 'huge.md': '' });
    truncateSync(join(root, 'huge.md'), LARGEST_FILE + 1);
    execFileSync('sh', ['-c', 'mkfifo pipe.md'], { cwd: root });
    const snapshot = worktreeSnapshot(root);
    expect(await snapshot.list(['*.md'])).toEqual(['huge.md', 'pipe.md']);
    await expect(snapshot.read('huge.md')).rejects.toMatchObject({ reason: 'large' });
    await expect(snapshot.read('pipe.md')).rejects.toMatchObject({ reason: 'special' });
    await expect(snapshot.read('/dev/zero')).rejects.toMatchObject({ reason: 'special' });
  });

  it('the same in git, and the files beside it are read', async () => {
    const repo = temporaryRepository();
    repo.write({ 'a.md': 'a', 'huge.md': '', 'z.md': 'z' });
    truncateSync(join(repo.root, 'huge.md'), LARGEST_FILE + 1);
    repo.git('add', '--all');
    const index = await indexSnapshot(repo.root);
    const read = (path: string): Promise<string> =>
      index.read(path).then(text, (error: UnreadableFile) => error.reason);
    expect(await Promise.all(['a.md', 'huge.md', 'z.md', 'nope'].map(read))).toEqual([
      'a',
      'large',
      'z',
      'missing',
    ]);
    expect(await read('z.md')).toBe('z');
  });
});

describe('links in git', () => {
  it('are followed within the repository', async () => {
    const repo = temporaryRepository();
    repo.write({ '.GOV/a.md': 'a' });
    symlinkSync('a.md', join(repo.root, '.GOV/in.md'));
    symlinkSync('/etc/passwd', join(repo.root, '.GOV/out.md'));
    symlinkSync('loop.md', join(repo.root, '.GOV/loop.md'));
    repo.commit({});
    const commit = await commitSnapshot(repo.root, 'HEAD');
    expect(text(await commit.read('.GOV/in.md'))).toBe('a');
    await expect(commit.read('.GOV/out.md')).rejects.toMatchObject({ reason: 'outside' });
    await expect(commit.read('.GOV/loop.md')).rejects.toMatchObject({ reason: 'failed' });
  });
});

describe('an unmerged index', () => {
  it.each([
    ['modify/modify', 'theirs'],
    ['modify/delete', undefined],
  ])('%s: the path is listed, and is not read', async (_name, theirs) => {
    const repo = temporaryRepository();
    repo.commit({ '.GOV/a.md': 'base', '.GOV/b.md': 'b' });
    repo.git('checkout', '--quiet', '-b', 'other');
    if (theirs === undefined) {
      repo.git('rm', '--quiet', '.GOV/a.md');
      repo.git('commit', '--quiet', '-m', 'delete');
    } else repo.commit({ '.GOV/a.md': theirs });
    repo.git('checkout', '--quiet', 'main');
    repo.commit({ '.GOV/a.md': 'ours' });
    for (const branch of ['other', 'main']) {
      const from = branch === 'other' ? 'main' : 'other';
      repo.git('checkout', '--quiet', '--force', from);
      expect(() => repo.git('merge', '--quiet', branch)).toThrow();
      const index = await indexSnapshot(repo.root);
      expect(await index.list(GLOBS)).toEqual(['.GOV/a.md', '.GOV/b.md']);
      await expect(index.read('.GOV/a.md')).rejects.toMatchObject({ reason: 'unmerged' });
      repo.git('merge', '--abort');
    }
  });
});

describe('what is wrong with git is one line', () => {
  const message = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'no error',
      (error: unknown) => (error instanceof UsageError ? error.message : error),
    );

  it.each(['HEAD..HEAD', 'HEAD...HEAD', '-x', '', 'HEAD^@', '^HEAD', 'HEAD HEAD', 'HEAD@{99}'])(
    'revision "%s"',
    async (revision) => {
      const repo = temporaryRepository();
      repo.commit({ 'a.md': '1' });
      repo.commit({ 'a.md': '2' });
      expect(await message(commitSnapshot(repo.root, revision))).toMatch(
        /^(?:".*" is no (?:single )?revision.*|git: .+)$/,
      );
    },
  );

  it('no git on the PATH', async () => {
    const repo = temporaryRepository();
    vi.stubEnv('PATH', repo.root);
    expect(await message(indexSnapshot(repo.root))).toBe('git is not installed, or not on the PATH');
    expect(await message(commitSnapshot(repo.root, 'HEAD'))).toBe('git is not installed, or not on the PATH');
    vi.unstubAllEnvs();
  });

  it('no repository', async () => {
    vi.stubEnv('HOME', temporaryFolder());
    expect(await message(indexSnapshot(temporaryFolder()))).toMatch(/^git: not a git repository.*$/);
    expect(await message(indexSnapshot(join(temporaryFolder(), 'nowhere')))).toMatch(/^git: .+$/);
    vi.unstubAllEnvs();
  });

  it.runIf(process.getuid?.() === 0)('a repository of somebody else', () => {
    const repo = temporaryRepository();
    repo.commit({ 'a.md': '1' });
    const seen = asNobody(
      repo.root,
      [],
      `
      const seen = [];
      for (const ask of [indexSnapshot, commitSnapshot])
        await ask(process.cwd(), 'HEAD').catch((error) => seen.push(error.name + ': ' + error.message));
      console.log(JSON.stringify(seen));`,
    );
    const line = expect.stringMatching(
      /^GitError: git does not read a repository that someone else owns \(if you trust it: git config --global --add safe\.directory \S.*\)$/,
    );
    expect(seen).toEqual([line, line]);
  });
});

it('the variables of a hook name no other repository', async () => {
  const repo = temporaryRepository();
  const other = temporaryRepository();
  repo.commit({ '.GOV/a.md': 'mine' });
  other.commit({ '.GOV/a.md': 'theirs', '.GOV/b.md': 'theirs' });
  vi.stubEnv('GIT_DIR', join(other.root, '.git'));
  vi.stubEnv('GIT_WORK_TREE', other.root);
  vi.stubEnv('GIT_OBJECT_DIRECTORY', join(other.root, '.git', 'objects'));
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'core.bare');
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'true');
  vi.stubEnv('EDITOR', 'false');
  try {
    for (const snapshot of [await indexSnapshot(repo.root), await commitSnapshot(repo.root, 'HEAD')]) {
      expect(await snapshot.list(GLOBS)).toEqual(['.GOV/a.md']);
      expect(text(await snapshot.read('.GOV/a.md'))).toBe('mine');
    }
  } finally {
    vi.unstubAllEnvs();
  }
});

it('one process answers all reads, and the next ones after it has ended', async () => {
  const repo = temporaryRepository();
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, n) => [`.GOV/${n}.md`, 'x\n'.repeat(n * 7)] as const),
  );
  repo.commit(files);
  const log = join(repo.root, 'started');
  const bin = join(repo.root, 'bin');
  mkdirSync(bin);
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(bin, 'git'), `#!/bin/sh\necho "$@" >> "${log}"\nexec "${git}" "$@"\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  try {
    const commit = await commitSnapshot(repo.root, 'HEAD');
    const check = async (): Promise<void> => {
      const read = await Promise.all(
        Object.keys(files).map(async (path) => [path, text(await commit.read(path))] as const),
      );
      expect(Object.fromEntries(read)).toEqual(files);
    };
    const started = (): number => readFileSync(log, 'utf8').split('cat-file').length - 1;
    await check();
    await check();
    expect(started()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await check();
    expect(started()).toBe(2);
  } finally {
    vi.unstubAllEnvs();
  }
});

it('planned edits outside the globs are not listed', async () => {
  const root = temporaryFolder();
  const planned = plannedSnapshot(
    worktreeSnapshot(root),
    new Map([
      ['a/x.md', ''],
      ['b/x.md', ''],
    ]),
  );
  expect(await planned.list(['a/**', '!a/spec/**'])).toEqual(['a/x.md']);
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

  it.each(['sha1', 'sha256'])(
    'what git add -N announced is not staged, an empty file is (%s)',
    async (format) => {
      const root = temporaryFolder();
      const git = (...args: string[]) => execFileSync('git', args, { cwd: root });
      git('init', '--quiet', `--object-format=${format}`);
      writeTree(root, { '.GOV/a.md': '', '.GOV/b.md': '', '.GOV/c.md': 'text' });
      git('add', '.GOV/a.md');
      git('add', '-N', '.GOV/b.md', '.GOV/c.md');
      expect(await (await indexSnapshot(root)).list(GLOBS)).toEqual(['.GOV/a.md']);
    },
  );

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
    const module = bundled(['snapshot']);
    writeFileSync(
      probe,
      `import { createRequire } from 'node:module';
       const { indexSnapshot } = createRequire(import.meta.url)(${JSON.stringify(module)});
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
