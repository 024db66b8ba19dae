import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../support/gov.ts';
import { boardWith, RULE_COUNT } from '../support/governed.ts';
import { BOARD, Governed, governedFiles, REGISTRY, STUB } from '../support/hooked.ts';
import { pathWith } from '../support/path.ts';

const files = governedFiles();
const stub = files[STUB]!;
const CLEAN = stub.replace('- What: a demo.', '- What: another demo.');
const BROKEN = stub.replace('STUB_STATUS: STUB (NOT READY FOR DEV)', 'STUB_STATUS: READY');
const STATUS =
  /WP-1-Demo-v1\.md\n\s+14:16\s+error\s+stub\/status-unknown\s+Unexpected status "READY", expected STUB, SUPERSEDED or ACTIVATED\n/;
const GONE =
  /WP_TRACEABILITY_REGISTRY\.md\n\s+5:16\s+error\s+registry\/file-missing\s+Unexpected file "\S*WP-1-Demo-v1\.md", expected a stub or a packet of this tree\n/;

const ONE = '1 staged of 5 files';

/** What would be committed, and what lies about that would not. */
interface Attempt {
  repo: Governed;
  /** The version that the commit brings. */
  text: string;
  /** The other one: it must not matter. */
  other: string;
  broken: boolean;
}

interface Kind {
  kind: string;
  /** Prepares, and tries to commit. `head` looks at the branch that is committed to. */
  commit(attempt: Attempt): Result & { at?: Governed };
  start?: () => Governed;
  finding?: RegExp;
  /** What the clean one says it looked at: a gate that saw nothing passes as well. */
  seen?: string;
}

const KINDS: readonly Kind[] = [
  {
    kind: 'git commit',
    commit: ({ repo, text }) => {
      repo.write({ [STUB]: text });
      repo.git('add', STUB);
      return repo.attempt(['commit', '-m', 'x']);
    },
  },
  {
    kind: 'git commit -a',
    commit: ({ repo, text }) => {
      repo.write({ [STUB]: text });
      return repo.attempt(['commit', '-a', '-m', 'x']);
    },
  },
  {
    kind: 'git commit -- path: what is on disk, and nothing else that is staged',
    commit: ({ repo, text, other }) => {
      repo.write({ [STUB]: other, [BOARD]: 'not a board' });
      repo.git('add', '--all');
      repo.write({ [STUB]: text });
      return repo.attempt(['commit', '-m', 'x', '--', STUB]);
    },
  },
  {
    kind: 'git commit -i path: what is on disk, and what is staged',
    commit: ({ repo, text, other }) => {
      repo.write({ [STUB]: other, 'code.ts': '1' });
      repo.git('add', '--all');
      repo.write({ [STUB]: text });
      return repo.attempt(['commit', '-m', 'x', '-i', STUB]);
    },
  },
  {
    kind: 'a partial stage: the index differs from the disk',
    commit: ({ repo, text, other }) => {
      repo.write({ [STUB]: text });
      repo.git('add', STUB);
      repo.write({ [STUB]: other });
      return repo.attempt(['commit', '-m', 'x']);
    },
  },
  {
    kind: 'a linked worktree without an installation of its own',
    commit: ({ repo, text, other }) => {
      const linked = Governed.in(`${repo.root} linked`);
      repo.git('worktree', 'add', '--quiet', linked.root, '-b', 'side');
      repo.write({ [STUB]: other });
      linked.write({ [STUB]: text });
      return { ...linked.attempt(['commit', '-a', '-m', 'x']), at: linked };
    },
  },
  {
    kind: 'a rename',
    commit: ({ repo, broken }) => {
      repo.git('mv', STUB, STUB.replace('Demo-v1', 'Demo-v2'));
      repo.write({ [STUB.replace('Demo-v1', 'Demo-v2')]: stub.replaceAll('Demo-v1', 'Demo-v2') });
      repo.write({ [BOARD]: files[BOARD]!.replaceAll('Demo-v1', 'Demo-v2') });
      // Forgotten: the registry names the file that is no more.
      if (!broken) repo.write({ [REGISTRY]: files[REGISTRY]!.replaceAll('Demo-v1', 'Demo-v2') });
      return repo.attempt(['commit', '-a', '-m', 'x']);
    },
    finding: GONE,
    seen: '4 staged of 5 files',
  },
  {
    kind: 'a deletion',
    commit: ({ repo, broken }) => {
      repo.git('rm', '--quiet', STUB);
      if (!broken) {
        const without = (text: string) => text.replace(/^.*WP-1-Demo-v1.*\n/m, '');
        repo.write({ [BOARD]: without(files[BOARD]!), [REGISTRY]: without(files[REGISTRY]!) });
      }
      return repo.attempt(['commit', '-a', '-m', 'x']);
    },
    finding: GONE,
    seen: '3 staged of 4 files',
  },
  {
    kind: 'a merge whose conflict was resolved',
    commit: ({ repo, text }) => {
      diverge(repo, 'What: one thing.', 'What: another thing.');
      repo.attempt(['merge', 'side']);
      repo.write({ [STUB]: text });
      repo.git('add', STUB);
      return repo.attempt(['commit', '--no-edit']);
    },
  },
  {
    kind: 'a merge commit that needs nobody’s help',
    commit: ({ repo, text }) => {
      repo.git('checkout', '--quiet', '-b', 'side');
      repo.write({ [STUB]: text });
      repo.git('commit', '--quiet', '-a', '--no-verify', '-m', 'side');
      repo.git('checkout', '--quiet', 'main');
      repo.git('commit', '--quiet', '--allow-empty', '-m', 'main');
      return repo.attempt(['merge', '--no-edit', 'side']);
    },
  },
  {
    kind: 'git commit --amend',
    commit: ({ repo, text }) => {
      repo.write({ 'code.ts': '1' });
      repo.git('add', 'code.ts');
      repo.git('commit', '--quiet', '-m', 'code');
      repo.write({ [STUB]: text });
      repo.git('add', STUB);
      return repo.attempt(['commit', '--amend', '-m', 'x']);
    },
  },
  {
    kind: 'the first commit of an empty repository',
    start: Governed.empty,
    commit: ({ repo, text }) => {
      repo.gov('hooks', 'install');
      repo.write({ ...files, [STUB]: text });
      repo.git('add', '--all');
      return repo.attempt(['commit', '-m', 'x']);
    },
    seen: '5 staged of 5 files',
  },
  {
    kind: 'GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE in the environment',
    commit: ({ repo, text, other }) => {
      const env = {
        GIT_DIR: join(repo.root, '.git'),
        GIT_WORK_TREE: repo.root,
        GIT_INDEX_FILE: join(repo.root, '.git', 'another index'),
      };
      cpSync(join(repo.root, '.git', 'index'), env.GIT_INDEX_FILE);
      repo.write({ [STUB]: text });
      repo.attempt(['add', STUB], { env });
      repo.write({ [STUB]: other });
      repo.git('add', STUB);
      return repo.attempt(['commit', '-m', 'x'], { cwd: '/', env });
    },
  },
  {
    kind: 'from a subfolder',
    commit: ({ repo, text }) => {
      repo.write({ [STUB]: text });
      return repo.attempt(['commit', '-a', '-m', 'x'], { cwd: join(repo.root, '.GOV', 'task_packets') });
    },
  },
  {
    kind: 'git add -N: what is announced is not committed',
    commit: ({ repo, broken }) => {
      const announced = STUB.replace('Demo', 'Other');
      repo.write({ [announced]: broken ? stub.replaceAll('Demo', 'Other') : 'no stub at all' });
      repo.git('add', '-N', announced);
      repo.write({ 'code.ts': '1' });
      // The row is committed, the file that it names is not.
      if (broken) {
        const row = (text: string) =>
          text.replace(/^.*WP-1-Demo-v1.*\n/m, (line) => line + line.replaceAll('Demo', 'Other'));
        repo.write({ [BOARD]: row(files[BOARD]!), [REGISTRY]: row(files[REGISTRY]!) });
      }
      repo.git('add', 'code.ts', BOARD, REGISTRY);
      return repo.attempt(['commit', '-m', 'x']);
    },
    finding:
      /registry\/file-missing\s+Unexpected file "\S*WP-1-Other-v1\.md", expected a stub or a packet of this tree\n/,
    seen: 'nothing governed staged of 5 files',
  },
  {
    kind: 'skip-worktree: the file is not on disk',
    commit: ({ repo, text }) => {
      repo.write({ [STUB]: text });
      repo.git('add', STUB);
      repo.git('update-index', '--skip-worktree', STUB);
      rmSync(join(repo.root, STUB));
      return repo.attempt(['commit', '-m', 'x']);
    },
  },
  {
    kind: 'a sparse checkout without the governance tree',
    commit: ({ repo, text }) => {
      repo.write({ 'code/a.ts': '1' });
      repo.git('add', 'code');
      repo.git('commit', '--quiet', '-m', 'code');
      repo.write({ [STUB]: text });
      const blob = repo.git('hash-object', '-w', STUB);
      repo.git('checkout', '--quiet', STUB);
      repo.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'code');
      repo.git('update-index', '--cacheinfo', `100644,${blob},${STUB}`);
      return repo.attempt(['commit', '-m', 'x']);
    },
  },
  {
    kind: 'a file that is so already, touched elsewhere',
    commit: ({ repo, text }) => {
      repo.write({ [STUB]: text });
      repo.git('commit', '--quiet', '-a', '--no-verify', '-m', 'before');
      repo.write({ [STUB]: text.replace('- What:', '- What now:') });
      return repo.attempt(['commit', '-a', '-m', 'x']);
    },
  },
  {
    kind: 'in a submodule',
    commit: ({ repo, text }) => {
      const outer = Governed.empty();
      outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repo.root, 'inner');
      const inner = Governed.in(join(outer.root, 'inner'));
      inner.installGovkit();
      inner.gov('hooks', 'install');
      inner.write({ [STUB]: text });
      return { ...inner.attempt(['commit', '-a', '-m', 'x']), at: inner };
    },
  },
];

describe.each(KINDS)('$kind', ({ commit, start = Governed.clean, finding = STATUS, seen = ONE }) => {
  const tried = (text: string, other: string) => {
    const repo = start();
    const parents = new Set([repo.head()]);
    const done = commit({ repo, text, other, broken: text === BROKEN });
    return { ...done, repo: done.at ?? repo, parents };
  };

  it('clean: goes through, having been looked at', () => {
    const { code, out, err, repo } = tried(CLEAN, BROKEN);
    expect({ code, out, err }).toMatchObject({ code: 0 });
    expect(verdict(out + err)).toBe(`clean · ${seen}, ${RULE_COUNT}, v02.137`);
    expect(subject(repo)).not.toMatch(/govern|code|before|main/);
  });

  it('broken: is refused with the finding, and HEAD stays', () => {
    const { code, out, err, repo } = tried(BROKEN, CLEAN);
    expect(out + err).toMatch(finding);
    expect(err).toContain('govkit: the commit is refused');
    expect(code).toBe(1);
    expect(repo.head() === '' ? 'govern' : subject(repo)).toMatch(/^(?:govern|code|before|main)$/);
  });
});

describe('what was wrong before', () => {
  it('is not asked of a commit of code files alone, which says what it looked at', () => {
    const repo = Governed.clean();
    bypass(repo);
    repo.write({ 'code.ts': '1' });
    repo.git('add', 'code.ts');
    const { code, out, err } = repo.attempt(['commit', '-m', 'x']);
    expect({ code, out, err }).toMatchObject({ code: 0 });
    expect(verdict(out + err)).toBe(`clean · nothing governed staged of 5 files, ${RULE_COUNT}, v02.137`);
    expect(subject(repo)).toBe('x');
  });

  it('is not asked of a commit of another document', () => {
    const repo = Governed.clean();
    repo.write({ [BOARD]: boardWith('ODD') });
    repo.git('commit', '--quiet', '-a', '--no-verify', '-m', 'before');
    repo.write({ [STUB]: CLEAN });
    const { code, out, err } = repo.attempt(['commit', '-a', '-m', 'x']);
    expect({ code, out, err }).toMatchObject({ code: 0 });
    expect(verdict(out + err)).toBe(`clean · 1 staged of 5 files, ${RULE_COUNT}, v02.137`);
  });
});

describe('what git does not ask a hook about', () => {
  it('an unmerged path: git itself refuses, and so does gov', () => {
    const repo = Governed.clean();
    diverge(repo, 'What: one thing.', 'What: another thing.');
    repo.attempt(['merge', 'side']);
    const head = repo.head();
    const { code, err } = repo.attempt(['commit', '-m', 'x']);
    expect(code).toBe(128);
    expect(err).toContain('Committing is not possible because you have unmerged files.');
    const staged = repo.gov('check', '--staged');
    expect(staged.code).toBe(1);
    expect(staged.out).toMatch(
      /1:1\s+error\s+tree\/unmerged\s+Unexpected merge conflict that is not resolved, expected a file that is merged \(git add marks it so\)/,
    );
    expect(repo.head()).toBe(head);
  });

  it.each<[string, (repo: Governed) => void]>([
    ['git commit --no-verify', (repo) => bypass(repo)],
    [
      'git cherry-pick',
      (repo) => {
        onSide(repo);
        repo.git('cherry-pick', 'side');
      },
    ],
    [
      'git rebase',
      (repo) => {
        onSide(repo);
        repo.git('commit', '--quiet', '--allow-empty', '-m', 'main');
        repo.git('rebase', '--quiet', 'main', 'side');
      },
    ],
    [
      'git am',
      (repo) => {
        onSide(repo);
        const patch = join(repo.root, '.git', 'patch');
        writeFileSync(patch, `${repo.git('format-patch', '-1', '--stdout', 'side')}\n`);
        repo.git('am', '--quiet', patch);
      },
    ],
  ])('%s brings it in, and CI finds it and nothing else', (_name, bring) => {
    const { repo, base } = started();
    bring(repo);
    expectCaught(repo, base);
  });

  it('git revert brings it back, and CI finds it and nothing else', () => {
    const { repo } = started();
    bypass(repo);
    repo.write({ [STUB]: CLEAN });
    repo.git('commit', '--quiet', '-a', '-m', 'mend');
    const base = repo.head();
    repo.git('revert', '--no-edit', 'HEAD');
    expectCaught(repo, base);
  });

  /** The base has an error of its own, for which no change of another document answers. */
  function started(): { repo: Governed; base: string } {
    const repo = Governed.clean();
    repo.write({ [BOARD]: boardWith('ODD') });
    repo.git('commit', '--quiet', '-a', '--no-verify', '-m', 'before');
    return { repo, base: repo.head() };
  }

  function expectCaught(repo: Governed, base: string): void {
    expect(repo.head()).not.toBe(base);
    const { code, out, err } = repo.gov('check', '--changed-since', base);
    expect({ code, err, said: out.replace(/ · \d+\.\d\d s$/m, '') }).toEqual({
      code: 1,
      err: '',
      said: `${STUB}
  14:16  error    stub/status-unknown  Unexpected status "READY", expected STUB, SUPERSEDED or ACTIVATED

1 error, 0 warnings in 1 of 5 files, 1 changed since ${base.slice(0, 7)}
next   gov explain stub/status-unknown
`,
    });
  }
});

describe('what the hook cannot judge', () => {
  const change = (repo: Governed) => {
    repo.write({ 'code.ts': '1' });
    repo.git('add', 'code.ts');
  };

  it('is refused when the bundle is gone', () => {
    const repo = Governed.clean();
    change(repo);
    rmSync(join(repo.root, 'node_modules'), { recursive: true });
    expect(repo.attempt(['commit', '-m', 'x'])).toEqual({
      code: 1,
      out: '',
      err: 'govkit: node_modules/govkit/dist/bin/gov.js is not there (npm ci installs it): nothing was checked, and the commit is refused\n',
    });
    expect(subject(repo)).toBe('govern');
  });

  it('is refused when there is no node', () => {
    const repo = Governed.clean();
    change(repo);
    const { code, err } = repo.attempt(['commit', '-m', 'x'], {
      env: { PATH: pathWith(join(repo.root, '.git', 'bin'), ['git', 'sh']) },
    });
    expect({ code, err }).toEqual({
      code: 1,
      err: 'govkit: node is not on the PATH: nothing was checked, and the commit is refused\n',
    });
    expect(subject(repo)).toBe('govern');
  });

  it('is refused when the commit goes to another repository than that of the work tree', () => {
    const repo = Governed.clean();
    const elsewhere = Governed.clean();
    change(repo);
    const { code, err } = elsewhere.attempt(['commit', '-a', '-m', 'x'], {
      env: { GIT_DIR: join(elsewhere.root, '.git'), GIT_WORK_TREE: repo.root },
    });
    expect({ code, err }).toEqual({
      code: 1,
      err: `gov: this commit goes to the repository ${elsewhere.root}/.git, but ${repo.root} belongs to ${repo.root}/.git: nothing was checked\n`,
    });
    expect(subject(elsewhere)).toBe('govern');
  });

  it('is refused when the whole tree is taken away', () => {
    const repo = Governed.clean();
    repo.git('rm', '-r', '--quiet', '.GOV');
    const { code, err } = repo.attempt(['commit', '-m', 'x']);
    expect(err).toContain('no governed file under .GOV: is this the right --root?');
    expect(code).toBe(1);
    expect(subject(repo)).toBe('govern');
  });

  it('is refused when the tree is on disk and nobody added it, which is told', () => {
    const repo = Governed.empty();
    repo.write(governedFiles());
    repo.gov('hooks', 'install');
    change(repo);
    const { code, err } = repo.attempt(['commit', '-m', 'x']);
    expect(code).toBe(1);
    expect(err).toMatch(
      /\ngovkit: the commit is refused; nothing of \.GOV is staged or committed \(git add \.GOV\)\n$/,
    );
    expect(repo.head()).toBe('');
  });

  it('is judged where the configuration puts the tree, also when it takes it away', () => {
    const repo = Governed.clean();
    repo.git('mv', '.GOV', 'governance');
    repo.write({ 'gov.config.yaml': 'layout:\n  folder: governance\n' });
    const moved = STUB.replace('.GOV', 'governance');
    const registry = files[REGISTRY]!.replaceAll('.GOV/', 'governance/');
    repo.write({ [REGISTRY.replace('.GOV', 'governance')]: registry });
    repo.git('add', '--all');
    const { code, out, err } = repo.attempt(['commit', '-m', 'x']);
    expect({ code, out, err }).toMatchObject({ code: 0 });
    expect(verdict(out + err)).toBe(`clean · 5 staged of 5 files, ${RULE_COUNT}, v02.137`);

    repo.write({ [moved]: BROKEN });
    const broken = repo.attempt(['commit', '-a', '-m', 'broken']);
    expect(broken.err).toMatch(STATUS);
    expect(broken.code).toBe(1);

    repo.git('rm', '-r', '--quiet', '--force', 'governance');
    const gone = repo.attempt(['commit', '-m', 'gone']);
    expect(gone.err).toContain('no governed file under governance: is this the right --root?');
    expect(gone.err).toMatch(/; nothing of governance is staged or committed \(git add governance\)\n$/);
    expect(gone.code).toBe(1);
    expect(subject(repo)).toBe('x');
  });

  it('is refused when the configuration that is staged cannot be read', () => {
    const repo = Governed.clean();
    repo.write({ 'gov.config.yaml': 'layout: 3\n' });
    repo.git('add', 'gov.config.yaml');
    const { code, err } = repo.attempt(['commit', '-m', 'x']);
    expect(err).toMatch(/^gov: gov\.config\.yaml:1:1: Unexpected value at layout/);
    expect(code).toBe(1);
    expect(subject(repo)).toBe('govern');
  });

  it('a branch from before the tree was adopted has nothing to judge, and says so', () => {
    const repo = Governed.clean();
    repo.git('checkout', '--quiet', '--orphan', 'old');
    repo.git('rm', '-r', '--quiet', '--cached', '.');
    rmSync(join(repo.root, '.GOV'), { recursive: true });
    change(repo);
    const { code, out, err } = repo.attempt(['commit', '-m', 'x']);
    expect(out + err).toContain('govkit: this branch has no .GOV, so there is nothing to check\n');
    expect(code).toBe(0);
  });
});

/** The line that ends a clean run, without its time. */
function verdict(said: string): string | undefined {
  return /^(clean · .+) · \d+\.\d\d s$/m.exec(said)?.[1];
}

function subject(repo: Governed): string {
  return repo.git('log', '-1', '--format=%s');
}

/** Two branches that both change the same line of the stub. */
function diverge(repo: Governed, here: string, there: string): void {
  repo.git('checkout', '--quiet', '-b', 'side');
  repo.write({ [STUB]: stub.replace('What: a demo.', there) });
  repo.git('commit', '--quiet', '-a', '-m', 'side');
  repo.git('checkout', '--quiet', 'main');
  repo.write({ [STUB]: stub.replace('What: a demo.', here) });
  repo.git('commit', '--quiet', '-a', '-m', 'main');
}

function bypass(repo: Governed): void {
  repo.write({ [STUB]: BROKEN });
  repo.git('commit', '--quiet', '-a', '--no-verify', '-m', 'bypassed');
}

/** The broken document, on a branch of its own; main is checked out. */
function onSide(repo: Governed): void {
  repo.git('checkout', '--quiet', '-b', 'side');
  bypass(repo);
  repo.git('checkout', '--quiet', 'main');
}
