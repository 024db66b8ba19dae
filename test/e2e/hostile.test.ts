import { appendFileSync, chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEMO, type Gated, gatedStages, type StageName } from '../support/gated-stages.ts';
import { gov, type Result } from '../support/gov.ts';
import { readableBundle } from '../support/nobody.ts';
import { repositoryIn, temporaryFolder } from '../support/repository.ts';

// Input and trees that somebody made to do harm, or that are merely odd: one clear line, exit code 1 or 2 and never
// an internal error, and not one file that is not as it was. Every repository here lies in a path with blanks and a
// quote.

const at = gatedStages();
const REFINEMENT = `.GOV/refinements/${DEMO}.md`;
const STUB = `.GOV/task_packets/stubs/${DEMO}.md`;
const PACKET = `.GOV/task_packets/${DEMO}.md`;
const BOARD = '.GOV/roles_shared/TASK_BOARD.md';

/** What is refused, in one line of the answer, with everything left as it was. */
function expectRefused(gated: Gated, args: readonly string[], code: 1 | 2, line: string): void {
  const before = gated.state();
  const done = gov(gated.root, args);
  expect([done.code, `${done.out}${done.err}`]).toEqual([code, expect.stringContaining(line)]);
  expect(done.err).not.toContain('internal error');
  expect(gated.state()).toEqual(before);
}

it('a word that git or a shell would take for something else is no branch', async () => {
  const gated = at('signed');
  const before = gated.state();
  const words = [
    '--upload-pack=touch pwned',
    '-o',
    'a..b',
    'x;touch pwned',
    '$(touch pwned)',
    'HEAD',
    'a/../../b',
  ];
  for (const word of words) {
    expect(await gated.start(['wp', 'prepare', DEMO, 'Coder-A', '--', word])).toEqual({
      code: 2,
      out: '',
      err: `gov: ${JSON.stringify(word)} is no branch name, expected one such as feat/WP-1-Demo-v1\n`,
    });
  }
  expect(gated.state()).toEqual(before);
});

const WORDS: readonly (readonly [what: string, args: readonly string[], says: string])[] = [
  [
    'an option as branch',
    ['prepare', DEMO, 'Coder-A', '--upload-pack=x'],
    'Unexpected option --upload-pack, expected one of: ',
  ],
  ['an option as coder', ['prepare', DEMO, '-o'], 'Unexpected option -o, expected one of: '],
  [
    'an option as coder, said to be none',
    ['prepare', '--', DEMO, '-o'],
    '"-o" is no coder, expected a name such as Coder-A',
  ],
  [
    'an option as base',
    ['prepare', DEMO, '--base=--output=/tmp/x'],
    '"--output=/tmp/x" is no commit of this repository, expected one that the branch begins at',
  ],
  [
    'an option as id',
    ['refine', '--', '--root=/etc'],
    '"--root=/etc" is no work-packet id (expected WP-<phase>-',
  ],
  ['a second line in the id', ['refine', 'WP-1-x\n-v1'], '"WP-1-x\\n-v1" is no work-packet id'],
  [
    'an actor who paints the terminal',
    ['approve', DEMO, '--actor', 'a\u001b[31m'],
    'Unexpected actor "a\\u001b[31m", expected a name (--actor NAME)',
  ],
  [
    'a role that nobody has',
    ['approve', DEMO, '--role', 'Admin'],
    'Unexpected role "Admin", expected one of Operator, Orchestrator, Coder, Validator',
  ],
];

it('options and control characters in the place of words', async () => {
  const gated = at('signed');
  const before = gated.state();
  for (const [what, args, says] of WORDS) {
    const { code, out, err } = await gated.start(['wp', ...args]);
    expect([what, code, out, err]).toEqual([what, 2, '', expect.stringMatching(/^gov: .*\n$/)]);
    expect(err).toContain(says);
  }
  expect(gated.state()).toEqual(before);
});

interface Case {
  stage: StageName;
  make(gated: Gated): void;
  args: readonly string[];
  code?: 1 | 2;
  line: string;
}

const move = (gated: Gated, path: string, to: string): void =>
  renameSync(join(gated.root, path), join(gated.root, to));
const link = (gated: Gated, path: string, to: string): void => symlinkSync(to, join(gated.root, path));

const CASES: Readonly<Record<string, Case>> = {
  'a .GOV that is a link out of the repository': {
    stage: 'stub',
    make(gated) {
      move(gated, '.GOV', '../real');
      link(gated, '.GOV', '../real');
    },
    args: ['refine', DEMO],
    line: 'Unexpected .GOV/roles_shared/SPEC_CURRENT.md: a link that leads out of the repository',
  },
  'a .GOV that is a link within it': {
    stage: 'stub',
    make(gated) {
      move(gated, '.GOV', 'real');
      link(gated, '.GOV', 'real');
    },
    args: ['refine', DEMO],
    line: 'link to a folder',
  },
  'a refinement that is a link out of the repository': {
    stage: 'refined',
    make(gated) {
      move(gated, REFINEMENT, '../elsewhere.md');
      link(gated, REFINEMENT, '../../../elsewhere.md');
    },
    args: ['approve', DEMO],
    line: 'Unexpected link that leads out of the repository, expected a file that can be read',
  },
  'a refinement that is a link within it': {
    stage: 'refined',
    make(gated) {
      move(gated, REFINEMENT, 'elsewhere.md');
      link(gated, REFINEMENT, '../../elsewhere.md');
    },
    args: ['approve', DEMO],
    code: 2,
    line: `gov: Unexpected link ${REFINEMENT}, expected a file of this repository: nothing is written through it`,
  },
  'a folder of ledgers that is a link': {
    stage: 'stub',
    make(gated) {
      mkdirSync(join(gated.outer, 'ledger'));
      link(gated, '.GOV/ledger', '../../ledger');
    },
    args: ['refine', DEMO],
    code: 2,
    line: 'gov: Unexpected link .GOV/ledger, expected a folder of this repository: nothing is written through it',
  },
  'a packet of ten megabytes in many lines': {
    stage: 'prepared',
    make: (gated) =>
      gated.repository.write({
        [PACKET]: `# Task Packet: ${DEMO}\n${'- a line of the packet\n'.repeat(450_000)}`,
      }),
    args: ['create', DEMO],
    line: 'Unexpected document of 450001 lines, expected at most 50000: it was not read',
  },
  'a packet of ten megabytes in one line': {
    stage: 'created',
    make: (gated) => appendFileSync(join(gated.root, PACKET), 'x'.repeat(10_000_000)),
    args: ['status', DEMO],
    line: 'Unexpected line of 10000000 characters, expected at most 100000: it was not read',
  },
  'a NUL byte in the stub': {
    stage: 'stub',
    make: (gated) => appendFileSync(join(gated.root, STUB), 'a\0b\n'),
    args: ['refine', DEMO],
    line: 'Unexpected NUL byte, expected text',
  },
  'a NUL byte in the refinement': {
    stage: 'refined',
    make: (gated) => appendFileSync(join(gated.root, REFINEMENT), 'a\0b\n'),
    args: ['approve', DEMO],
    line: 'Unexpected NUL byte, expected text',
  },
  'a folder where the refinement should be': {
    stage: 'stub',
    make: (gated) => mkdirSync(join(gated.root, REFINEMENT), { recursive: true }),
    args: ['refine', DEMO],
    line: 'Unexpected folder, expected a file that can be read',
  },
  'a folder where the packet should be': {
    stage: 'prepared',
    make: (gated) => mkdirSync(join(gated.root, PACKET), { recursive: true }),
    args: ['create', DEMO],
    line: 'Unexpected folder, expected a file that can be read',
  },
  'a folder where the board should be': {
    stage: 'stub',
    make(gated) {
      rmSync(join(gated.root, BOARD));
      mkdirSync(join(gated.root, BOARD));
    },
    args: ['refine', DEMO],
    line: 'Unexpected folder, expected a file that can be read',
  },
  'a file where the folder of ledgers should be': {
    stage: 'stub',
    make: (gated) => gated.repository.write({ '.GOV/ledger': 'x' }),
    args: ['refine', DEMO],
    code: 2,
    line: 'a file is where a folder should be',
  },
  'a stub with a row that is left open': {
    stage: 'stub',
    make: (gated) => gated.edit(STUB, '- What: a demo.', '- What: <fill: what it is about>'),
    args: ['refine', DEMO],
    line: 'Unexpected open row of What, expected what it is about',
  },
};

it.each(Object.entries(CASES))('%s', (_, { stage, make, args, code = 1, line }) => {
  const gated = at(stage);
  make(gated);
  expectRefused(gated, ['wp', ...args], code, line);
});

it('what cannot be read is told once, and not as missing too', () => {
  const gated = at('stub');
  appendFileSync(join(gated.root, STUB), 'a\0b\n');
  expect(gated.told('wp', 'refine', DEMO).unmet.map(({ args }) => args.code)).toEqual(['UNREADABLE']);
});

it('a folder that is no repository, and a bare one', () => {
  const gated = at('stub');
  const bare = join(gated.outer, 'bare.git');
  gated.git('clone', '--quiet', '--bare', '.', bare);
  const says = (folder: string): Result => ({
    code: 2,
    out: '',
    err: `gov: ${folder} is no git repository, and a step needs one (git init)\n`,
  });
  expect(gov(bare, ['wp', 'refine', DEMO])).toEqual(says(bare));
  rmSync(join(gated.root, '.git'), { recursive: true });
  expect(gov(gated.root, ['wp', 'refine', DEMO])).toEqual(says(gated.root));
  expect(readdirSync(join(gated.root, '.GOV')).sort()).toEqual(['roles_shared', 'task_packets']);
});

it('a repository without commits: what needs none is recorded, and a branch needs one', () => {
  const gated = at('signed');
  rmSync(join(gated.root, '.git'), { recursive: true });
  repositoryIn(gated.root);
  expectRefused(
    gated,
    ['wp', 'prepare', DEMO],
    2,
    'gov: "HEAD" is no commit of this repository, expected one that the branch begins at',
  );
  gated.git('add', '--all');
  gated.git('commit', '--quiet', '--message', 'first');
  gated.done('wp', 'prepare', DEMO);
});

it('a detached HEAD is as good as a branch', () => {
  const gated = at('signed');
  gated.git('checkout', '--quiet', '--detach');
  gated.done('wp', 'prepare', DEMO);
  gated.done('wp', 'create', DEMO);
  expect(gated.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('HEAD');
  expect(gated.gov('wp', 'status', DEMO).out).toContain('task packet');
});

it('a submodule is a repository of its own, and writes nothing into the one around it', () => {
  const gated = at('stub');
  const around = repositoryIn(temporaryFolder());
  around.commit({ 'a.txt': 'a' });
  around.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', gated.root, 'inner');
  around.git('commit', '--quiet', '--message', 'inner');
  expect(gov(join(around.root, 'inner'), ['wp', 'refine', DEMO]).code).toBe(0);
  expect(around.git('status', '--porcelain', '--untracked-files=all')).toMatch(/^ ?[Mm?] inner$/);
  expect(gov(around.root, ['wp', 'refine', DEMO])).toMatchObject({ code: 1, err: '' });
});

it('a tree that may not be written to: it is read, and a step says what it could not write', () => {
  const gated = at('stub');
  const { bundle, home } = readableBundle();
  chmodSync(join(gated.outer, '..'), 0o755);
  const asRoot = process.getuid?.() === 0;
  const env = {
    HOME: home,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  };
  const read = asRoot ? {} : { made: chmodSync(join(gated.root, '.git'), 0o555) };
  const before = gated.state();
  const options = { asNobody: asRoot, bundle, env, ...read };
  const status = gov(gated.root, ['wp', 'status', DEMO], options);
  expect([status.code, status.err]).toEqual([1, '']);
  const step = gov(gated.root, ['wp', 'refine', DEMO, '--actor', 'ilja'], options);
  expect([step.code, step.out]).toEqual([2, '']);
  expect(step.err).toMatch(/^gov: cannot write .*\/\.git\/govkit.*: permission denied\n$/);
  expect(gated.state()).toEqual(before);
});
