import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLayout, layoutOf } from '../../../tools/artifacts/index.ts';
import { firstCommit } from '../../../tools/gate/ground/first-commit.ts';
import { type Repository, repositoryIn, temporaryFolder, writeTree } from '../../support/repository.ts';
import { entriesOf, entry, groundOf, OTHER, packet, refinement, SIGNATURE, usesOf, WP } from './grounded.ts';

/** Beside it is room for worktrees. */
function repository(files: Record<string, string> = {}): Repository {
  const root = join(temporaryFolder(), 'tree');
  mkdirSync(root);
  const made = repositoryIn(root);
  made.commit({ '.GOV/board.md': '# Board\n', ...files });
  return made;
}

const cloneOf = (from: string, ...args: string[]): Repository => {
  const root = join(temporaryFolder(), 'clone');
  execFileSync('git', ['clone', '--quiet', ...args, `file://${from}`, root]);
  return repositoryIn(root);
};

describe('how a file stands to HEAD', () => {
  it.each<[string, (repository: Repository) => void, string]>([
    ['as it was committed', () => {}, 'same'],
    ['changed', ({ write }) => write({ '.GOV/a b.md': 'new\n' }), 'differs'],
    [
      'changed and staged',
      ({ write, git }) => {
        write({ '.GOV/a b.md': 'new\n' });
        git('add', '--all');
      },
      'differs',
    ],
    [
      'staged, then put back on the disk',
      ({ write, git }) => {
        write({ '.GOV/a b.md': 'new\n' });
        git('add', '--all');
        write({ '.GOV/a b.md': 'one\ntwo\n' });
      },
      'differs',
    ],
    ['taken away', ({ root }) => rmSync(join(root, '.GOV/a b.md')), 'differs'],
    ['touched', ({ write }) => write({ '.GOV/a b.md': 'one\ntwo\n' }), 'same'],
    [
      'changed, and git told not to look',
      ({ write, git }) => {
        git('update-index', '--assume-unchanged', '.GOV/a b.md');
        write({ '.GOV/a b.md': 'new\n' });
      },
      'differs',
    ],
    [
      'changed, and git told to skip it',
      ({ write, git }) => {
        git('update-index', '--skip-worktree', '.GOV/a b.md');
        write({ '.GOV/a b.md': 'new\n' });
      },
      'differs',
    ],
    [
      'never committed',
      ({ root }) => renameSync(join(root, '.GOV/a b.md'), join(root, '.GOV/Übung.md')),
      'differs',
    ],
  ])('%s', async (_, change, expected) => {
    const made = repository({ '.GOV/a b.md': 'one\ntwo\n' });
    change(made);
    const { committed } = await groundOf(made.root);
    expect(committed('.GOV/a b.md')).toBe(expected);
  });

  it('new, staged, ignored, and outside of the folder: absent', async () => {
    const { root, write, git } = repository({ '.gitignore': 'ignored.md\n' });
    write({ '.GOV/new.md': 'x', '.GOV/staged.md': 'x', '.GOV/ignored.md': 'x' });
    git('add', '.GOV/staged.md');
    const { committed } = await groundOf(root);
    expect(['new', 'staged', 'ignored'].map((name) => committed(`.GOV/${name}.md`))).toEqual([
      'absent',
      'absent',
      'absent',
    ]);
  });

  it('with CRLF on the disk and LF in the commit (autocrlf): the same, until a letter differs', async () => {
    const { root, git, write } = repository({ '.GOV/a.md': 'one\ntwo\n' });
    git('config', 'core.autocrlf', 'true');
    rmSync(join(root, '.GOV/a.md'));
    git('checkout', '--', '.GOV/a.md');
    expect((await groundOf(root)).committed('.GOV/a.md')).toBe('same');
    write({ '.GOV/a.md': 'one\r\nTwo\r\n' });
    expect((await groundOf(root)).committed('.GOV/a.md')).toBe('differs');
  });

  it('with CRLF in the commit: the same', async () => {
    const { root } = repository({ '.GOV/a.md': 'one\r\ntwo\r\n' });
    expect((await groundOf(root)).committed('.GOV/a.md')).toBe('same');
  });

  it('before the first commit: absent', async () => {
    const { root, write } = repositoryIn(temporaryFolder());
    write({ '.GOV/a.md': 'x' });
    const ground = await groundOf(root);
    expect([ground.committed('.GOV/a.md'), [...(ground.branches ?? [])]]).toEqual(['absent', []]);
  });

  it('without a repository, or below its root, nothing is known', async () => {
    const { root } = repository({ 'sub/.GOV/a.md': 'x' });
    for (const folder of [temporaryFolder(), join(root, 'sub')]) {
      const ground = await groundOf(folder);
      expect([ground.committed('.GOV/a.md'), ground.branches, ground.worktrees]).toEqual([
        'unknown',
        undefined,
        [],
      ]);
    }
  });
});

describe('branches and worktrees', () => {
  it('are those here, those that only a remote has, and where each is checked out', async () => {
    const origin = repository();
    origin.git('branch', 'feat/remote');
    const { root, git } = cloneOf(origin.root);
    git('branch', 'feat/local');
    git('worktree', 'add', '--quiet', '-b', 'feat/linked', '../linked');
    git('worktree', 'add', '--quiet', '--detach', '../loose');
    const { branches, worktrees } = await groundOf(root);
    expect([...branches!].sort()).toEqual(['feat/linked', 'feat/local', 'feat/remote', 'main']);
    expect(worktrees).toEqual([
      { path: '', branch: 'main' },
      { path: '../linked', branch: 'feat/linked' },
      { path: '../loose' },
    ]);
  });
});

describe('ledger entries elsewhere', () => {
  const mine = entry('stub');
  const theirs = entry('refine', { actor: 'eve', seq: 2 });
  const others = entry('stub', { wpId: OTHER });

  it.each<[string, (repository: Repository) => void, string[]]>([
    ['nowhere', () => {}, []],
    [
      'on another branch',
      ({ git, commit }) => {
        git('switch', '--quiet', '--create', 'feat/x');
        commit(theirs);
        git('switch', '--quiet', 'main');
      },
      ['refs/heads/feat/x: WP-1-A-v1 refine'],
    ],
    [
      'on two branches, told once',
      ({ git, commit }) => {
        git('switch', '--quiet', '--create', 'feat/x');
        commit(theirs);
        git('switch', '--quiet', '--create', 'feat/y');
        commit({ '.GOV/board.md': 'another\n' });
        git('switch', '--quiet', 'main');
      },
      ['refs/heads/feat/x: WP-1-A-v1 refine'],
    ],
    ['on a branch that has them of this tree, too', ({ git }) => void git('branch', 'feat/same'), []],
    [
      'not committed in another worktree',
      ({ root, git }) => {
        git('worktree', 'add', '--quiet', '-b', 'feat/x', '../wt');
        writeTree(join(root, '..', 'wt'), theirs);
      },
      ['../wt: WP-1-A-v1 refine'],
    ],
    [
      'ignored in another worktree',
      ({ root, git, commit }) => {
        commit({ '.gitignore': 'ledger\n' });
        git('worktree', 'add', '--quiet', '-b', 'feat/x', '../wt');
        writeTree(join(root, '..', 'wt'), theirs);
      },
      ['../wt: WP-1-A-v1 refine'],
    ],
    [
      'committed on no branch in another worktree',
      ({ root, git }) => {
        git('worktree', 'add', '--quiet', '--detach', '../wt');
        repositoryIn(join(root, '..', 'wt')).commit(theirs);
      },
      [expect.stringMatching(/^commit [0-9a-f]{12}: WP-1-A-v1 refine$/)],
    ],
    [
      'committed here, and taken away on the disk',
      ({ root, commit }) => {
        commit(theirs);
        rmSync(join(root, Object.keys(theirs)[0]!));
      },
      ['HEAD: WP-1-A-v1 refine'],
    ],
    [
      'a worktree whose folder is gone',
      ({ root, git }) => {
        git('worktree', 'add', '--quiet', '-b', 'feat/x', '../wt');
        rmSync(join(root, '..', 'wt'), { recursive: true });
      },
      [],
    ],
    [
      'a branch without the folder',
      ({ git, commit }) => {
        git('switch', '--quiet', '--orphan', 'pages');
        commit({ 'index.html': 'x' });
        git('switch', '--quiet', 'main');
      },
      [],
    ],
    [
      'forged, with a name that is not its hash',
      ({ git, commit }) => {
        const [path, text] = Object.entries(theirs)[0]!;
        git('switch', '--quiet', '--create', 'feat/x');
        commit({ [path]: text.replace('eve', 'bob') });
        git('switch', '--quiet', 'main');
      },
      [],
    ],
  ])('%s', async (_, change, expected) => {
    const made = repository(mine);
    change(made);
    expect(entriesOf(await groundOf(made.root))).toEqual(expected);
  });

  it('of one packet, where one is asked about; else of all', async () => {
    const { root, git, commit } = repository(mine);
    git('switch', '--quiet', '--create', 'feat/x');
    commit({ ...theirs, ...others });
    git('switch', '--quiet', 'main');
    expect(entriesOf(await groundOf(root, { wpId: OTHER }))).toEqual(['refs/heads/feat/x: WP-1-B-v1 stub']);
    expect(entriesOf(await groundOf(root))).toHaveLength(2);
  });

  it('on a branch of a remote alone', async () => {
    const origin = repository(mine);
    const { root } = origin;
    origin.git('switch', '--quiet', '--create', 'feat/x');
    origin.commit(theirs);
    origin.git('switch', '--quiet', 'main');
    const clone = cloneOf(root);
    expect(entriesOf(await groundOf(clone.root))).toEqual(['refs/remotes/origin/feat/x: WP-1-A-v1 refine']);
  });

  it('on a branch that has no commit yet: all that the others have', async () => {
    const { root, git, commit } = repository(mine);
    git('switch', '--quiet', '--create', 'feat/x');
    commit(theirs);
    git('switch', '--quiet', '--orphan', 'new');
    expect(entriesOf(await groundOf(root)).sort()).toEqual([
      'refs/heads/feat/x: WP-1-A-v1 refine',
      'refs/heads/feat/x: WP-1-A-v1 stub',
    ]);
  });

  it('in a folder of another name, with a blank, and with globs of its own', async () => {
    const layout = layoutOf({ folder: 'my gov', globs: { ledger: ['records/*/*.json'] } });
    const moved = (files: Record<string, string>): Record<string, string> =>
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path.replace('.GOV/', 'my gov/'), text]),
      );
    const { root, git, commit } = repository({ ...moved(mine), 'my gov/board.md': 'x\n' });
    git('switch', '--quiet', '--create', 'feat/x');
    commit(moved(theirs));
    git('switch', '--quiet', 'main');
    expect(entriesOf(await groundOf(root, { layout: defaultLayout('my gov') }))).toEqual([
      'refs/heads/feat/x: WP-1-A-v1 refine',
    ]);
    // Where the ledger stands elsewhere, this is none.
    expect(entriesOf(await groundOf(root, { layout }))).toEqual([]);
  });
});

describe('uses of a signature elsewhere', () => {
  const branchWith = ({ git, commit }: Repository, files: Record<string, string>): void => {
    git('switch', '--quiet', '--create', 'feat/x');
    commit(files);
    git('switch', '--quiet', 'main');
  };

  it.each<[string, (repository: Repository) => void, string[]]>([
    ['nowhere', () => {}, []],
    [
      'in a refinement of another packet, on another branch',
      (made) => branchWith(made, refinement(OTHER, SIGNATURE)),
      [`refs/heads/feat/x: ${SIGNATURE} refinement ${OTHER}`],
    ],
    [
      'in a packet, as code',
      (made) => branchWith(made, packet(OTHER, `\`${SIGNATURE}\``)),
      [`refs/heads/feat/x: ${SIGNATURE} packet ${OTHER}`],
    ],
    [
      'in the ledger',
      (made) => branchWith(made, entry('sign', { wpId: OTHER })),
      [`refs/heads/feat/x: ${SIGNATURE} ledger ${OTHER}`],
    ],
    [
      'in the gate log, with letters by their numbers',
      (made) =>
        branchWith(made, {
          '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json': JSON.stringify({
            gate_logs: [
              { wpId: OTHER, type: 'SIGNATURE', signature: SIGNATURE, timestamp: '2026-02-24T02:47:07Z' },
            ],
          }).replace('ilja24', String.raw`\u0069lja24`),
        }),
      [`refs/heads/feat/x: ${SIGNATURE} gate_log ${OTHER}`],
    ],
    [
      'in the audit table',
      (made) =>
        branchWith(made, {
          '.GOV/roles_shared/SIGNATURE_AUDIT.md': `| Signature | Used By | Date/Time | Purpose | Master Spec Version | Notes |\n|--|--|--|--|--|--|\n| ${SIGNATURE} | Orchestrator | 2026-02-24 04:00 | Task packet creation: ${OTHER} | v02.137 | ok |\n`,
        }),
      [`refs/heads/feat/x: ${SIGNATURE} audit ${OTHER}`],
    ],
    [
      'by the same packet in the same kind of record: its own',
      (made) => branchWith(made, { ...refinement(WP, SIGNATURE), '.GOV/board.md': 'x\n' }),
      [],
    ],
    [
      'G16: mentioned in prose',
      (made) =>
        branchWith(made, {
          ...packet(OTHER, 'ilja010120260000', `- It was signed with ${SIGNATURE}, see there.`),
          '.GOV/notes.md': `${SIGNATURE}\n`,
        }),
      [],
    ],
    ['another signature', (made) => branchWith(made, refinement(OTHER, 'ilja240220260401')), []],
    [
      'not committed in another worktree',
      ({ root, git }) => {
        git('worktree', 'add', '--quiet', '-b', 'feat/x', '../wt');
        writeTree(join(root, '..', 'wt'), refinement(OTHER, SIGNATURE));
      },
      [`../wt: ${SIGNATURE} refinement ${OTHER}`],
    ],
    [
      'committed here, and changed on the disk',
      ({ commit, write }) => {
        commit(refinement(OTHER, SIGNATURE));
        write(refinement(OTHER, '<pending>'));
      },
      [`HEAD: ${SIGNATURE} refinement ${OTHER}`],
    ],
  ])('%s', async (_, change, expected) => {
    const made = repository(refinement(WP, SIGNATURE));
    change(made);
    expect(usesOf(await groundOf(made.root))).toEqual(expected);
    expect(usesOf(await groundOf(made.root, { wpId: WP }))).toEqual(expected);
  });

  it('of one that is about to be used', async () => {
    const made = repository();
    branchWith(made, refinement(OTHER, SIGNATURE));
    expect(usesOf(await groundOf(made.root, { wpId: WP }))).toEqual([]);
    expect(usesOf(await groundOf(made.root, { wpId: WP, signature: SIGNATURE }))).toEqual([
      `refs/heads/feat/x: ${SIGNATURE} refinement ${OTHER}`,
    ]);
  });

  it('on a branch of a remote alone', async () => {
    const origin = repository(refinement(WP, SIGNATURE));
    branchWith(origin, refinement(OTHER, SIGNATURE));
    expect(usesOf(await groundOf(cloneOf(origin.root).root))).toEqual([
      `refs/remotes/origin/feat/x: ${SIGNATURE} refinement ${OTHER}`,
    ]);
  });
});

describe('what is not all known', () => {
  it('a shallow clone says so, and has no first commit to sign for', async () => {
    const origin = repository();
    origin.commit({ '.GOV/a.md': 'x' });
    const { root } = cloneOf(origin.root, '--depth', '1');
    expect((await groundOf(root)).incomplete).toBe('this clone is shallow (git fetch --unshallow)');
    expect(await firstCommit(root)).toBeUndefined();
    expect((await groundOf(origin.root)).incomplete).toBeUndefined();
    expect(await firstCommit(origin.root)).toBe(origin.git('rev-parse', 'HEAD~1'));
  });

  it('a worktree that git cannot look into is named', async () => {
    const { root, git } = repository();
    git('worktree', 'add', '--quiet', '-b', 'feat/x', '../wt');
    writeFileSync(join(root, '.git/worktrees/wt/index'), 'no index');
    expect((await groundOf(root)).incomplete).toBe('git does not say what was changed in the worktree ../wt');
  });
});

it('two hundred branches, each with records of its own, are asked about in a few processes', async () => {
  const { root, git, write } = repository(refinement(WP, SIGNATURE));
  // One commit each, by one git.
  const commits = Array.from({ length: 200 }, (_, at) => {
    const files = {
      ...entry('attest', { actor: `a${at}` }),
      ...refinement(`WP-1-X${at}-v1`, at === 7 ? SIGNATURE : 'ilja010120260000'),
    };
    const changes = Object.entries(files).map(
      ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    );
    return `commit refs/heads/feat/x${at}\ncommitter T <t@example.org> 1767225600 +0000\ndata 1\nx\nfrom refs/heads/main^0\n${changes.join('')}\n`;
  });
  write({ '../import': commits.join('') });
  execFileSync('sh', ['-c', 'git fast-import --quiet < ../import'], { cwd: root });
  expect(git('branch').split('\n')).toHaveLength(201);
  const ground = await groundOf(root);
  expect([ground.entries.length, usesOf(ground)]).toEqual([
    200,
    [`refs/heads/feat/x7: ${SIGNATURE} refinement WP-1-X7-v1`],
  ]);
});
