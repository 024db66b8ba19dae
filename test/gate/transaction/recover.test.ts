import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { abandon, recover } from '../../../tools/gate/transaction/apply.ts';
import { repositoryIn, temporaryFolder } from '../../support/repository.ts';
import { childOf } from './child.ts';
import {
  AFTER,
  BEFORE,
  BOARD,
  ENTRY,
  filesOf,
  GOES,
  keptIn,
  killedAfter,
  killedEverywhere,
  locked,
  repositoryBefore,
  STUB,
  stepOf,
  WRITTEN,
} from './step.ts';

const child = childOf(['gate/transaction/lock', 'gate/transaction/apply']);
const journalOf = (root: string): string => join(root, '.git', 'govkit', 'journal.json');
const GIT = [
  { kind: 'branch', name: 'feat/WP-1-A-v1', at: '' },
  { kind: 'worktree', path: '../wt', branch: 'feat/WP-1-A-v1' },
] as const;

describe('killed after each single write', () => {
  it('the next run completes it, and the one after that has nothing to do', async () => {
    const copies = await killedEverywhere();
    expect(copies.map(({ what }) => what)).toEqual(WRITTEN);
    for (const { what, root } of copies) {
      await locked(root, async (lock) => {
        const done = what === 'journal removed' ? undefined : { step: 'stub', wpId: 'WP-1-A-v1' };
        expect([what, await recover(root, { lock })]).toEqual([what, done]);
        expect([what, filesOf(root)]).toEqual([what, AFTER]);
        const again: string[] = [];
        expect(await recover(root, { lock, written: (each) => again.push(each) })).toBeUndefined();
        expect(again).toEqual([]);
      });
      expect([what, keptIn(root)]).toEqual([what, []]);
    }
  });

  it('it can be taken back, and nothing of it stays', async () => {
    for (const { what, root } of await killedEverywhere()) {
      const over = what === 'journal removed';
      const result = await locked(root, (lock) => abandon(root, { lock }));
      const at = WRITTEN.indexOf(what);
      expect([what, result]).toEqual([
        what,
        over ? undefined : { taken: WRITTEN.slice(1, at + 1), left: [] },
      ]);
      expect([what, filesOf(root)]).toEqual([what, over ? AFTER : BEFORE]);
      expect([what, keptIn(root)]).toEqual([what, []]);
      expect(await locked(root, (lock) => recover(root, { lock }))).toBeUndefined();
    }
  });

  // A process of its own, really killed: the lock stays, git is asked, and branch and worktree are made.
  const points = ['journal', 'git branch', 'git worktree', ENTRY, STUB, BOARD, GOES, 'journal removed'];

  const killed = (root: string, call: string, point: string): void => {
    const { signal, stdout, stderr } = child.run(`
      const root = ${JSON.stringify(root)};
      const lock = await tx.takeLock(root + '/.git/govkit/lock', { patience: 20000 });
      const written = (what) => { if (what === ${JSON.stringify(point)}) process.kill(process.pid, 'SIGKILL'); };
      ${call}
      console.log('was not killed');`);
    expect([signal, stdout, stderr]).toEqual(['SIGKILL', '', '']);
  };
  const applyCall = (head: string): string => {
    const git = GIT.map((action) => ('at' in action ? { ...action, at: head } : action));
    const writes = JSON.stringify([...stepOf().writes].map(([path, text]) => [path, text ?? null]));
    return `const writes = new Map(${writes}.map(([path, text]) => [path, text ?? undefined]));
      await tx.apply(root, { step: 'stub', wpId: 'WP-1-A-v1', git: ${JSON.stringify(git)}, writes }, { lock, written });`;
  };

  it.each(points)('SIGKILL after %s: completed, the lock taken over, and never twice', async (point) => {
    const { root, git } = repositoryBefore();
    killed(root, applyCall(git('rev-parse', 'HEAD')), point);
    expect(keptIn(root)).toEqual(point === 'journal removed' ? ['lock'] : ['journal.json', 'lock']);
    const result = await locked(root, (lock) => recover(root, { lock }));
    expect(result === undefined).toBe(point === 'journal removed');
    expect([filesOf(root), keptIn(root)]).toEqual([AFTER, []]);
    expect(git('-C', '../wt', 'symbolic-ref', '--short', 'HEAD')).toBe('feat/WP-1-A-v1');
    expect(git('-C', '../wt', 'status', '--porcelain')).toBe('');
    expect(await locked(root, (lock) => recover(root, { lock }))).toBeUndefined();
  });

  it('killed again in each write of the recovery: completed all the same', async () => {
    const { root, git } = repositoryBefore();
    killed(root, applyCall(git('rev-parse', 'HEAD')), 'journal');
    for (const point of points.slice(1)) killed(root, 'await tx.recover(root, { lock, written });', point);
    expect(await locked(root, (lock) => recover(root, { lock }))).toBeUndefined();
    expect([filesOf(root), keptIn(root)]).toEqual([AFTER, []]);
  });

  it('within one file: what the write left beside it goes, and nothing else', async () => {
    const root = await killedAfter('journal');
    const name = (path: string, rest: string): string => path.replace(/([^/]+)$/, `.$1.${rest}`);
    const [stray, entry] = [name(BOARD, '4711.0123abcd.tmp'), name(ENTRY, '1.89abcdef.tmp')];
    const others = [name(BOARD, 'swp'), name(BOARD, 'x.0123abcd.tmp'), '.GOV/.other.md.4711.0123abcd.tmp'];
    mkdirSync(join(root, ENTRY, '..'), { recursive: true });
    for (const path of [stray, entry, ...others]) writeFileSync(join(root, path), 'half');
    await locked(root, (lock) => recover(root, { lock }));
    expect(filesOf(root)).toEqual({ ...AFTER, ...Object.fromEntries(others.map((path) => [path, 'half'])) });
  });
});

describe('where the ground has moved', () => {
  const refusal = (found: string): string =>
    `the step "stub" of WP-1-A-v1 was interrupted, and the ground has moved since: ${found}; nothing was touched. Put that back and run it again, or take back what was written: gov wp undo WP-1-A-v1 --interrupted`;

  const commit = (root: string): string => repositoryIn(root).commit({ 'src/x.ts': 'x' }, 'other');

  it.each<[string, string, (root: string) => string]>([
    [
      'a file was changed by hand before its turn',
      ENTRY,
      (root) => {
        writeFileSync(join(root, BOARD), 'theirs');
        return `${BOARD} was changed by somebody else`;
      },
    ],
    [
      'a file was changed by hand after its turn',
      ENTRY,
      (root) => {
        writeFileSync(join(root, ENTRY), '{"theirs":1}');
        return `${ENTRY} was changed by somebody else`;
      },
    ],
    [
      'two were, and one is gone',
      BOARD,
      (root) => {
        writeFileSync(join(root, STUB), 'theirs');
        rmSync(join(root, BOARD));
        return `${STUB} was changed by somebody else; ${BOARD} was changed by somebody else`;
      },
    ],
    [
      'a file became a folder',
      ENTRY,
      (root) => {
        rmSync(join(root, BOARD));
        mkdirSync(join(root, BOARD));
        return `${BOARD} was changed by somebody else`;
      },
    ],
    [
      'a folder became a link',
      ENTRY,
      (root) => {
        symlinkSync(temporaryFolder(), join(root, '.GOV/stubs'));
        return `${STUB} was changed by somebody else`;
      },
    ],
    [
      'git switch',
      STUB,
      (root) => {
        repositoryIn(root).git('switch', '--quiet', '--create', 'other');
        return 'HEAD is on other, expected main';
      },
    ],
    [
      'HEAD is detached',
      STUB,
      (root) => {
        repositoryIn(root).git('switch', '--quiet', '--detach');
        return 'HEAD is on no branch, expected main';
      },
    ],
    [
      'a new commit',
      STUB,
      (root) => {
        const was = repositoryIn(root).git('rev-parse', '--short=12', 'HEAD');
        return `HEAD is ${commit(root).slice(0, 12)}, expected ${was}`;
      },
    ],
  ])('%s: it refuses, touches nothing, and says what it found', async (_, point, move) => {
    const root = await killedAfter(point);
    const found = move(root);
    const [before, journal] = [filesOf(root), readFileSync(journalOf(root), 'utf8')];
    const written: string[] = [];
    await locked(root, (lock) =>
      expect(recover(root, { lock, written: (what) => written.push(what) })).rejects.toMatchObject({
        name: 'UsageError',
        message: refusal(found),
      }),
    );
    expect([filesOf(root), readFileSync(journalOf(root), 'utf8'), written]).toEqual([before, journal, []]);
  });

  it('put back, it is completed', async () => {
    const root = await killedAfter(STUB);
    const { git } = repositoryIn(root);
    git('switch', '--quiet', '--create', 'other');
    await locked(root, (lock) => expect(recover(root, { lock })).rejects.toThrow('HEAD is on other'));
    git('switch', '--quiet', 'main');
    await locked(root, (lock) => recover(root, { lock }));
    expect(filesOf(root)).toEqual(AFTER);
  });

  it('after all was written it does not matter: only the journal goes', async () => {
    const root = await killedAfter(GOES);
    const { git } = repositoryIn(root);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'by hand');
    expect(await locked(root, (lock) => recover(root, { lock }))).toEqual({
      step: 'stub',
      wpId: 'WP-1-A-v1',
    });
    expect([filesOf(root), keptIn(root)]).toEqual([AFTER, []]);
  });

  it('what was written can be taken back; what somebody changed since is named and left', async () => {
    const root = await killedAfter(BOARD);
    writeFileSync(join(root, STUB), 'theirs');
    repositoryIn(root).git('switch', '--quiet', '--create', 'other');
    expect(await locked(root, (lock) => abandon(root, { lock }))).toEqual({
      taken: [ENTRY, BOARD],
      left: [STUB],
    });
    expect([filesOf(root), keptIn(root)]).toEqual([{ ...BEFORE, [STUB]: 'theirs' }, []]);
  });

  it('nothing is taken back through a link', async () => {
    const root = await killedAfter(STUB);
    const target = temporaryFolder();
    writeFileSync(join(target, 'WP-1-A-v1.md'), AFTER[STUB]);
    rmSync(join(root, '.GOV/stubs'), { recursive: true });
    symlinkSync(target, join(root, '.GOV/stubs'));
    expect(await locked(root, (lock) => abandon(root, { lock }))).toEqual({ taken: [ENTRY], left: [STUB] });
    expect(readFileSync(join(target, 'WP-1-A-v1.md'), 'utf8')).toBe(AFTER[STUB]);
  });

  it('without the lock nothing is completed, and nothing taken back', async () => {
    const root = await killedAfter(STUB);
    const before = filesOf(root);
    await locked(root, async (lock) => {
      rmSync(join(root, '.git', 'govkit', 'lock'));
      await expect(recover(root, { lock })).rejects.toThrow('was taken away meanwhile');
      await expect(abandon(root, { lock })).rejects.toThrow('was taken away meanwhile');
    });
    expect([filesOf(root), keptIn(root)]).toEqual([before, ['journal.json']]);
  });
});

describe('a journal', () => {
  it.each(['', '{', '[]', '{"schema":"govkit.journal@2"}'])(
    'that says %j is named, and no step is begun',
    async (text) => {
      const { root } = repositoryBefore();
      mkdirSync(join(root, '.git', 'govkit'));
      writeFileSync(journalOf(root), text);
      await locked(root, (lock) =>
        expect(recover(root, { lock })).rejects.toMatchObject({
          name: 'UsageError',
          message: `${journalOf(root)} is no journal of an interrupted step; look at git status, then remove it`,
        }),
      );
    },
  );

  it('that cannot be read is not none', async () => {
    const { root } = repositoryBefore();
    mkdirSync(journalOf(root), { recursive: true });
    await locked(root, (lock) =>
      expect(recover(root, { lock })).rejects.toThrow(/^the journal of a step cannot be read: EISDIR/),
    );
  });

  it('is of one worktree: another one has nothing to recover', async () => {
    const root = await killedAfter(ENTRY);
    const { git } = repositoryIn(root);
    git('worktree', 'add', '--quiet', '--detach', '../other');
    const other = join(root, '..', 'other');
    expect(await locked(root, (lock) => recover(other, { lock }))).toBeUndefined();
    expect(filesOf(other)).toEqual(BEFORE);
  });
});
