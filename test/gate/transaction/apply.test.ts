import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apply, recover } from '../../../tools/gate/transaction/apply.ts';
import { repositoryIn, temporaryFolder } from '../../support/repository.ts';
import { childOf } from './child.ts';
import {
  AFTER,
  BEFORE,
  BOARD,
  ENTRY,
  filesOf,
  GOES,
  KEPT,
  keptIn,
  killedAfter,
  locked,
  lockOf,
  repositoryBefore,
  STUB,
  stepOf,
  WRITTEN,
} from './step.ts';

const child = childOf(['gate/transaction/lock', 'gate/transaction/apply']);

describe('a step', () => {
  it('writes what it says, one after the other, and leaves nothing else', async () => {
    const { root } = repositoryBefore();
    const written: string[] = [];
    await locked(root, (lock) => apply(root, stepOf(), { lock, written: (what) => written.push(what) }));
    expect(written).toEqual(WRITTEN);
    expect(filesOf(root)).toEqual(AFTER);
    expect(keptIn(root)).toEqual([]);
  });

  it('in a repository without a commit', async () => {
    const { root } = repositoryIn(temporaryFolder());
    await locked(root, (lock) => apply(root, stepOf(), { lock }));
    expect(Object.keys(filesOf(root)).sort()).toEqual([BOARD, ENTRY, KEPT, STUB].sort());
  });

  it('needs a repository', async () => {
    const root = temporaryFolder();
    const lock = { assertHeld: async () => {}, release: async () => {} };
    await expect(apply(root, stepOf(), { lock })).rejects.toMatchObject({
      name: 'UsageError',
      message: `${root} is no git repository, and a step needs one (git init)`,
    });
    expect(filesOf(root)).toEqual({});
  });

  it('without the lock writes nothing', async () => {
    const { root } = repositoryBefore();
    const lock = await lockOf(root);
    unlinkSync(join(root, '.git', 'govkit', 'lock'));
    await expect(apply(root, stepOf(), { lock })).rejects.toThrow(
      'was taken away meanwhile; nothing was written, run it again',
    );
    expect([filesOf(root), keptIn(root)]).toEqual([BEFORE, []]);
  });

  it('does not begin while another one is interrupted', async () => {
    const root = await killedAfter(ENTRY);
    const before = filesOf(root);
    await locked(root, (lock) =>
      expect(apply(root, { ...stepOf(), step: 'refine' }, { lock })).rejects.toMatchObject({
        name: 'UsageError',
        message: 'the step "stub" of WP-1-A-v1 was interrupted here; run it again, which completes it',
      }),
    );
    expect(filesOf(root)).toEqual(before);
  });
});

describe('what fails in the middle', () => {
  it.each(WRITTEN.slice(1, -1))('after %s was written: the next run completes it', async (name) => {
    const { root } = repositoryBefore();
    const written = (what: string): void => {
      if (what === name) throw new Error('out of memory');
    };
    await locked(root, async (lock) => {
      await expect(apply(root, stepOf(), { lock, written })).rejects.toThrow('out of memory');
      expect(await recover(root, { lock })).toEqual({ step: 'stub', wpId: 'WP-1-A-v1' });
    });
    expect([filesOf(root), keptIn(root)]).toEqual([AFTER, []]);
  });

  it('before any file was written: nothing happened', async () => {
    const { root } = repositoryBefore();
    await locked(root, async (lock) => {
      const change = stepOf([{ kind: 'worktree', path: '../wt', branch: 'nowhere' }]);
      await expect(apply(root, change, { lock })).rejects.toMatchObject({ name: 'GitError' });
      expect(await recover(root, { lock })).toBeUndefined();
    });
    expect([filesOf(root), keptIn(root)]).toEqual([BEFORE, []]);
  });

  it('a file that somebody else changes at that moment is left as it is', async () => {
    const { root } = repositoryBefore();
    const written = (what: string): void => {
      if (what === 'journal') writeFileSync(join(root, BOARD), 'theirs');
    };
    await locked(root, (lock) =>
      expect(apply(root, stepOf(), { lock, written })).rejects.toThrow(
        `${BOARD} was changed by somebody else meanwhile; it is left as it is`,
      ),
    );
    expect(readFileSync(join(root, BOARD), 'utf8')).toBe('theirs');
  });

  it('a file that somebody else makes at that moment is left as it is', async () => {
    const { root } = repositoryBefore();
    const written = (what: string): void => {
      if (what === ENTRY) {
        mkdirSync(join(root, '.GOV/stubs'));
        writeFileSync(join(root, STUB), 'theirs');
      }
    };
    await locked(root, (lock) =>
      expect(apply(root, stepOf(), { lock, written })).rejects.toThrow(
        `${STUB} was changed by somebody else meanwhile`,
      ),
    );
    expect(readFileSync(join(root, STUB), 'utf8')).toBe('theirs');
  });
});

describe('a path that leads out', () => {
  const outside = 'expected one of a file in the tree';

  it.each([
    '../x',
    '.GOV/../../x',
    '/etc/x',
    '',
    '.',
    '.GOV//x',
    '.GOV/./x',
    '.git/hooks/pre-commit',
    '.GIT/config',
    'a/.git/config',
    '..\\x',
    'a\0b',
  ])('%j is refused, and nothing is written', async (path) => {
    const { root } = repositoryBefore();
    const change = stepOf();
    await locked(root, (lock) =>
      expect(
        apply(root, { ...change, writes: new Map([...change.writes, [path, 'x']]) }, { lock }),
      ).rejects.toMatchObject({
        name: 'UsageError',
        message: `Unexpected path ${JSON.stringify(path)}, ${outside}`,
      }),
    );
    expect([filesOf(root), keptIn(root)]).toEqual([BEFORE, []]);
  });

  it.each([
    ['.GOV', '.GOV', 'a folder'],
    ['.GOV/ledger', '.GOV/ledger', 'a folder'],
    ['.GOV/board.md', BOARD, 'a file'],
    [STUB, STUB, 'a file'],
  ])('%s is a link: refused in one line, and nothing is written through it', async (_, link, kind) => {
    const { root } = repositoryBefore();
    const target = temporaryFolder();
    writeFileSync(join(target, 'file'), 'theirs');
    rmSync(join(root, link), { recursive: true, force: true });
    mkdirSync(join(root, link, '..'), { recursive: true });
    symlinkSync(kind === 'a file' ? join(target, 'file') : target, join(root, link));
    await locked(root, (lock) =>
      expect(apply(root, stepOf(), { lock })).rejects.toMatchObject({
        name: 'UsageError',
        message: `Unexpected link ${link}, expected ${kind} of this repository: nothing is written through it`,
      }),
    );
    expect([readdirSync(target), readFileSync(join(target, 'file'), 'utf8'), keptIn(root)]).toEqual([
      ['file'],
      'theirs',
      [],
    ]);
  });

  it('a link that leads nowhere is one, too', async () => {
    const { root } = repositoryBefore();
    symlinkSync(join(temporaryFolder(), 'nothing'), join(root, '.GOV', 'ledger'));
    await locked(root, (lock) =>
      expect(apply(root, stepOf(), { lock })).rejects.toThrow('Unexpected link .GOV/ledger'),
    );
  });
});

describe('what cannot be written', () => {
  it.each<[string, (root: string) => void, string]>([
    [
      'a folder of that name',
      (root) => mkdirSync(join(root, STUB), { recursive: true }),
      'a folder of that name is in the way',
    ],
    [
      'a file where a folder should be',
      (root) => writeFileSync(join(root, '.GOV/stubs'), 'x'),
      'a file is where a folder should be',
    ],
  ])('%s: nothing is half written', async (_, spoil, why) => {
    const { root } = repositoryBefore();
    spoil(root);
    const before = filesOf(root);
    await locked(root, (lock) =>
      expect(apply(root, stepOf(), { lock })).rejects.toMatchObject({
        name: 'UnwritableFile',
        message: `cannot write ${join(root, STUB)}: ${why}`,
      }),
    );
    expect([filesOf(root), keptIn(root)]).toEqual([before, []]);
  });

  it.runIf(process.getuid?.() === 0).each([
    ['.GOV', ENTRY, { ...BEFORE }],
    ['.GOV/stubs', STUB, { ...BEFORE, '.GOV/stubs/x.md': 'x' }],
  ])('%s belongs to somebody else: nothing is half written', (folder, path, files) => {
    const repository = repositoryBefore();
    const { root } = repository;
    repository.write(files);
    const everything = readdirSync(root, { recursive: true, withFileTypes: true });
    for (const { parentPath, name } of everything) chownSync(join(parentPath, name), 65534, 65534);
    for (const each of [root, join(root, '..')]) {
      chownSync(each, 65534, 65534);
      chmodSync(each, 0o755);
    }
    chownSync(join(root, folder), 0, 0);
    chmodSync(join(root, folder), 0o755);
    const script = `
      const root = ${JSON.stringify(root)};
      const lock = await tx.takeLock(root + '/.git/govkit/lock');
      const step = { step: 'stub', wpId: 'WP-1-A-v1', git: [], writes: new Map(${JSON.stringify([...stepOf().writes].filter(([name]) => name !== GOES && name !== KEPT))}) };
      try { await tx.apply(root, step, { lock }); } finally { await lock.release(); }`;
    const { stdout, stderr } = child.run(script, { nobody: true });
    expect([stdout.trim(), stderr]).toEqual([
      `UnwritableFile: cannot write ${join(root, path)}: permission denied`,
      '',
    ]);
    expect([filesOf(root), keptIn(root)]).toEqual([files, []]);
  });
});
