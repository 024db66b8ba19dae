import {
  existsSync,
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
import { doGit, headOf, isDone } from '../../../tools/gate/transaction/git-actions.ts';
import type { GitAction } from '../../../tools/gate/transaction/journal.ts';
import { type Repository, repositoryIn, temporaryFolder } from '../../support/repository.ts';
import { repositoryBefore } from './step.ts';

const BRANCH = 'feat/WP-1-A-v1';
const worktree: GitAction = { kind: 'worktree', path: '../wt', branch: BRANCH };
const removeWorktree: GitAction = { kind: 'remove-worktree', path: '../wt', branch: BRANCH };

interface Prepared extends Repository {
  head: string;
  wt: string;
  /** The folder that git keeps for the worktree. */
  kept: string;
  branch: GitAction;
}

function prepared(): Prepared {
  const repository = repositoryBefore();
  const head = repository.git('rev-parse', 'HEAD');
  const { root } = repository;
  return {
    ...repository,
    head,
    wt: join(root, '..', 'wt'),
    kept: join(root, '.git', 'worktrees', 'wt'),
    branch: { kind: 'branch', name: BRANCH, at: head },
  };
}

async function withWorktree(): Promise<Prepared> {
  const repository = prepared();
  await doGit(repository.root, repository.branch);
  await doGit(repository.root, worktree);
  return repository;
}

/** Where HEAD is in the worktree, and whether anything of it is missing, changed or locked. */
const stateOf = ({ git, kept }: Prepared): string =>
  `${git('-C', '../wt', 'symbolic-ref', '--short', 'HEAD')} [${git('-C', '../wt', 'status', '--porcelain')}]${existsSync(join(kept, 'locked')) ? ' locked' : ''}`;

const CLEAN = `${BRANCH} []`;

describe('headOf', () => {
  it.each<[string, (repository: Repository) => void, (head: string) => object]>([
    ['on a branch', () => {}, (head) => ({ head, branch: 'main' })],
    ['detached', ({ git }) => void git('switch', '--quiet', '--detach'), (head) => ({ head, branch: null })],
    [
      'before the first commit of a branch',
      ({ git }) => void git('switch', '--quiet', '--orphan', 'new'),
      () => ({ head: null, branch: 'new' }),
    ],
  ])('%s', async (_, move, expected) => {
    const repository = prepared();
    move(repository);
    expect(await headOf(repository.root)).toEqual(expected(repository.head));
  });

  it('where there is no repository it says so, and nothing that could be taken for a state', async () => {
    await expect(headOf(temporaryFolder())).rejects.toMatchObject({ name: 'GitError' });
  });
});

describe('a branch', () => {
  it('is made once, and follows nobody', async () => {
    const { root, branch, git, head } = prepared();
    expect(await isDone(root, branch)).toBe(false);
    await doGit(root, branch);
    await doGit(root, branch);
    expect([git('rev-parse', BRANCH), await isDone(root, branch)]).toEqual([head, true]);
    expect(git('config', '--list')).not.toContain('branch.feat');
  });

  it('that is there and has gone on is left as it is', async () => {
    const { root, branch, git, commit } = prepared();
    git('switch', '--quiet', '--create', BRANCH);
    const later = commit({ 'a.ts': 'a' });
    git('switch', '--quiet', 'main');
    await doGit(root, branch);
    expect(git('rev-parse', BRANCH)).toBe(later);
  });

  it('that is there and began elsewhere is no branch for this', async () => {
    const { root, git, commit, head } = prepared();
    git('branch', BRANCH);
    const later = commit({ 'a.ts': 'a' });
    await expect(doGit(root, { kind: 'branch', name: BRANCH, at: later })).rejects.toMatchObject({
      name: 'UsageError',
      message: `the branch ${BRANCH} is there already (${head.slice(0, 12)}), expected one that goes on from ${later.slice(0, 12)}`,
    });
    expect(git('rev-parse', BRANCH)).toBe(head);
  });

  it.each([
    '--upload-pack=touch x',
    '-D',
    '-d main',
    'a..b',
    'x.lock',
    'a b',
    '$(touch x)',
    ';touch x',
    '../../x',
    '@{-1}',
  ])('is not named %j: refused by git in one line, and nothing is done', async (name) => {
    const { root, git, head } = prepared();
    await expect(doGit(root, { kind: 'branch', name, at: head })).rejects.toThrow(/^git: [^\n]+$/);
    expect(git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
    expect(readdirSync(root).sort()).toEqual(['.GOV', '.git']);
  });

  it('is not made at what is no commit', async () => {
    const { root, git } = prepared();
    await expect(doGit(root, { kind: 'branch', name: BRANCH, at: '--force' })).rejects.toThrow(
      /^git: [^\n]+$/,
    );
    expect(git('branch', '--list', BRANCH)).toBe('');
  });

  it('is taken away where it has no commits of its own, once', async () => {
    const { root, branch, git, head } = prepared();
    await doGit(root, branch);
    const remove: GitAction = { kind: 'remove-branch', name: BRANCH, at: head };
    expect(await isDone(root, remove)).toBe(false);
    await doGit(root, remove);
    await doGit(root, remove);
    expect([git('branch', '--list', BRANCH), await isDone(root, remove)]).toEqual(['', true]);
  });

  it('with commits of its own is not taken away', async () => {
    const { root, git, commit, head } = prepared();
    git('switch', '--quiet', '--create', BRANCH);
    const later = commit({ 'a.ts': 'a' });
    git('switch', '--quiet', 'main');
    await expect(doGit(root, { kind: 'remove-branch', name: BRANCH, at: head })).rejects.toMatchObject({
      name: 'UsageError',
      message: `the branch ${BRANCH} has commits of its own, and is not taken away`,
    });
    expect(git('rev-parse', BRANCH)).toBe(later);
  });
});

describe('a worktree', () => {
  it('is made once, beside the repository', async () => {
    const repository = prepared();
    await doGit(repository.root, repository.branch);
    expect(await isDone(repository.root, worktree)).toBe(false);
    await doGit(repository.root, worktree);
    await doGit(repository.root, worktree);
    expect([stateOf(repository), await isDone(repository.root, worktree)]).toEqual([CLEAN, true]);
  });

  it('in an empty folder that is there', async () => {
    const repository = prepared();
    mkdirSync(repository.wt);
    await doGit(repository.root, repository.branch);
    await doGit(repository.root, worktree);
    expect(stateOf(repository)).toBe(CLEAN);
  });

  it.each<[string, (wt: string) => void]>([
    [
      'a folder with a file',
      (wt) => {
        mkdirSync(wt);
        writeFileSync(join(wt, 'theirs'), 'x');
      },
    ],
    ['a file', (wt) => writeFileSync(wt, 'x')],
    ['a link', (wt) => symlinkSync(temporaryFolder(), wt)],
  ])('is not made where %s is', async (_, spoil) => {
    const { root, branch, wt, git } = prepared();
    spoil(wt);
    await doGit(root, branch);
    await expect(doGit(root, worktree)).rejects.toMatchObject({
      name: 'UsageError',
      message: `../wt is there already, and is no worktree of ${BRANCH}`,
    });
    expect([existsSync(wt), git('worktree', 'list').split('\n').length]).toEqual([true, 1]);
  });

  it('of another branch is not taken for this one', async () => {
    const { root, branch, git } = prepared();
    await doGit(root, branch);
    git('worktree', 'add', '--quiet', '-b', 'other', '../wt');
    await expect(doGit(root, worktree)).rejects.toMatchObject({
      name: 'UsageError',
      message: `../wt is a worktree of other, expected ${BRANCH}`,
    });
    expect(await isDone(root, worktree)).toBe(false);
  });

  it('of a branch that is checked out elsewhere is not made', async () => {
    const { root, branch, git, wt } = prepared();
    await doGit(root, branch);
    git('worktree', 'add', '--quiet', '../elsewhere', BRANCH);
    await expect(doGit(root, worktree)).rejects.toMatchObject({
      name: 'UsageError',
      message: `${BRANCH} is checked out in ${join(wt, '..', 'elsewhere')}, expected it in ../wt alone`,
    });
  });

  it('whose folder is gone is made anew', async () => {
    const repository = await withWorktree();
    rmSync(repository.wt, { recursive: true });
    expect(await isDone(repository.root, worktree)).toBe(false);
    await doGit(repository.root, worktree);
    expect(stateOf(repository)).toBe(CLEAN);
  });
});

describe('git was killed while it made the worktree', () => {
  /** As git leaves it: the lock, and of the rest as much as was written. */
  const initializing = (kept: string): void => writeFileSync(join(kept, 'locked'), 'initializing');

  it.each<[string, (repository: Prepared) => void]>([
    [
      'before it checked anything out',
      ({ kept, wt }) => {
        unlinkSync(join(kept, 'index'));
        rmSync(join(wt, '.GOV'), { recursive: true });
      },
    ],
    [
      'with half of the files there',
      ({ kept, wt }) => {
        unlinkSync(join(kept, 'index'));
        writeFileSync(join(kept, 'index.lock'), '');
        rmSync(join(wt, '.GOV/board.md'));
      },
    ],
    [
      'before HEAD was written',
      ({ kept, wt }) => {
        unlinkSync(join(kept, 'index'));
        writeFileSync(join(kept, 'HEAD'), `${'0'.repeat(40)}\n`);
        rmSync(join(wt, '.GOV'), { recursive: true });
      },
    ],
    [
      'before the folder pointed back',
      ({ kept, wt }) => {
        unlinkSync(join(kept, 'index'));
        rmSync(wt, { recursive: true });
        mkdirSync(wt);
      },
    ],
    [
      'before the folder was there',
      ({ kept, wt }) => {
        unlinkSync(join(kept, 'index'));
        rmSync(wt, { recursive: true });
      },
    ],
    ['when all was there but the lock had not gone', () => {}],
  ])('%s: the next run makes it whole', async (_, spoil) => {
    const repository = await withWorktree();
    initializing(repository.kept);
    spoil(repository);
    expect(await isDone(repository.root, worktree)).toBe(false);
    await doGit(repository.root, worktree);
    expect([stateOf(repository), await isDone(repository.root, worktree)]).toEqual([CLEAN, true]);
    expect(repository.git('worktree', 'list').split('\n')).toHaveLength(2);
  });

  it('and somebody has worked there since: nothing of that is lost', async () => {
    const repository = await withWorktree();
    initializing(repository.kept);
    writeFileSync(join(repository.wt, 'mine.ts'), 'mine');
    await doGit(repository.root, worktree);
    expect(readFileSync(join(repository.wt, 'mine.ts'), 'utf8')).toBe('mine');
    expect(stateOf(repository)).toBe(`${BRANCH} [?? mine.ts]`);
  });
});

describe('a worktree is removed', () => {
  it('once', async () => {
    const { root, git, wt } = await withWorktree();
    expect(await isDone(root, removeWorktree)).toBe(false);
    await doGit(root, removeWorktree);
    await doGit(root, removeWorktree);
    expect([
      existsSync(wt),
      git('worktree', 'list').split('\n').length,
      await isDone(root, removeWorktree),
    ]).toEqual([false, 1, true]);
  });

  it.each<[string, (wt: string) => void]>([
    ['a file that is not committed', (wt) => writeFileSync(join(wt, 'mine.ts'), 'mine')],
    ['a change that is not committed', (wt) => writeFileSync(join(wt, '.GOV/board.md'), 'mine')],
    [
      'a change that is staged',
      (wt) => {
        writeFileSync(join(wt, 'mine.ts'), 'mine');
        repositoryIn(wt).git('add', 'mine.ts');
      },
    ],
  ])('not with %s', async (_, spoil) => {
    const repository = await withWorktree();
    spoil(repository.wt);
    const before = stateOf(repository);
    await expect(doGit(repository.root, removeWorktree)).rejects.toMatchObject({
      name: 'GitError',
      message: `git: '${repository.wt}' contains modified or untracked files, use --force to delete it`,
    });
    expect([stateOf(repository), await isDone(repository.root, removeWorktree)]).toEqual([before, false]);
  });

  it('not where somebody has locked it', async () => {
    const { root, git, wt } = await withWorktree();
    git('worktree', 'lock', '--reason', 'on a stick', '../wt');
    await expect(doGit(root, removeWorktree)).rejects.toThrow(/^git: cannot remove a locked working tree/);
    expect(existsSync(wt)).toBe(true);
  });

  it('also where its folder is gone', async () => {
    const { root, git, wt } = await withWorktree();
    rmSync(wt, { recursive: true });
    await doGit(root, removeWorktree);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  });
});
