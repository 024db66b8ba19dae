import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CODEGEN_TARGETS,
  ConfigError,
  defaultConfig,
  defaultTrace,
  findRoot,
  loadConfig,
  signersPath,
} from '../../tools/config/index.ts';
import { parseConfig } from '../../tools/config/parse.ts';
import { TARGETS } from '../../tools/contracts/index.ts';
import { RETENTION } from '../../tools/recorder/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const problemsOf = (call: () => unknown): readonly string[] => {
  try {
    call();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

const parse = (text: string) => parseConfig(Buffer.from(text));

describe('gov.config.yaml', () => {
  it('a tree without one has the defaults', async () => {
    expect(await loadConfig(worktreeSnapshot(temporaryFolder()))).toEqual(defaultConfig);
    expect(parse('')).toEqual(defaultConfig);
  });

  it('fills in what is not said', () => {
    expect(parse('session:\n  unbound: allow\n')).toEqual({
      layout: { folder: '.GOV', globs: {} },
      check: { rules: {}, ignore: [] },
      codegen: {
        outputs: [{ target: 'typescript', out: 'generated', roots: [] }],
        precedence: [],
        roots: [],
      },
      gate: { signature: 'typed', time_zone: 'UTC', branch: 'feat/{wp}', worktree: '../wt-{wp}' },
      session: { unbound: 'allow' },
      recorder: { retention: {} },
      trace: defaultTrace,
    });
  });

  it.each([
    [
      'an unknown key',
      'sesion:\n  unbound: allow\n',
      'gov.config.yaml:1:1: Unexpected key at sesion, expected one of: layout, check, codegen, gate, session, recorder, trace',
    ],
    [
      'an unknown inner key',
      'codegen:\n  ouut: x\n',
      'gov.config.yaml:2:3: Unexpected key at codegen.ouut, expected one of: outputs, out, overlay, accepted, precedence, roots',
    ],
    [
      'a wrong value',
      'session:\n  unbound: perhaps\n',
      'gov.config.yaml:2:3: Unexpected value at session.unbound, expected allow or refuse',
    ],
    [
      'a wrong type',
      'codegen:\n  roots: x\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.roots, expected a list',
    ],
    [
      'a folder outside',
      'codegen:\n  out: ../escape\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.out, expected a path inside the repository',
    ],
    [
      'a file outside',
      'codegen:\n  overlay: /etc/passwd\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.overlay, expected a path inside the repository',
    ],
    [
      'a policy of signatures that is none',
      'gate:\n  signature: spoken\n',
      'gov.config.yaml:2:3: Unexpected value at gate.signature, expected typed or ssh',
    ],
    [
      'a time zone that is none',
      'gate:\n  time_zone: Middle/Earth\n',
      'gov.config.yaml:2:3: Unexpected value at gate.time_zone, expected an IANA time zone, for example Europe/Brussels',
    ],
    [
      'a worktree that is not beside the repository',
      'gate:\n  worktree: ../../wt-{wp}\n',
      'gov.config.yaml:2:3: Unexpected value at gate.worktree, expected a folder beside the repository with {wp} in it once: ../wt-{wp}',
    ],
    [
      'a branch that is the same for every work packet',
      'gate:\n  branch: main\n',
      'gov.config.yaml:2:3: Unexpected value at gate.branch, expected a branch name that git takes, with {wp} in it once: feat/{wp}',
    ],
    [
      'signers outside the repository',
      'gate:\n  signers: ../keys\n',
      'gov.config.yaml:2:3: Unexpected value at gate.signers, expected a path inside the repository',
    ],
    [
      'a layout that is none',
      'layout:\n  preset: march\n',
      'gov.config.yaml:2:3: Unexpected value at layout.preset, expected february or june',
    ],
    [
      'a kind that is none',
      'layout:\n  globs:\n    stubs: [a]\n',
      'gov.config.yaml:3:5: Unexpected key at layout.globs.stubs, expected one of: stub, packet, refinement, board, registry, audit, gates, roles, ledger',
    ],
    [
      'a folder with an end that is none',
      'layout:\n  folder: gov/\n',
      'gov.config.yaml:2:3: Unexpected value at layout.folder, expected a folder below the root, with forward slashes and none at its end',
    ],
    [
      'a weight that is none',
      'check:\n  rules:\n    board/two-states: loud\n',
      'gov.config.yaml:3:5: Unexpected value at check.rules.board/two-states, expected off, info, warning or error',
    ],
    [
      'a glob that leads out',
      'check:\n  ignore:\n    - ok/**\n    - ../x\n',
      'gov.config.yaml:4:7: Unexpected value at check.ignore.1, expected a glob inside the repository, without .. or !',
    ],
    ['no map', '- a\n', 'gov.config.yaml:1:1: Unexpected value at the document, expected a map'],
    [
      'no text',
      'codegen:\n  out: 1\n',
      'gov.config.yaml:2:3: Unexpected value at codegen.out, expected a text',
    ],
    [
      'an empty text',
      "codegen:\n  out: ''\n",
      'gov.config.yaml:2:3: Unexpected value at codegen.out, expected a text that is not empty',
    ],
    [
      'an empty list',
      'layout:\n  globs:\n    stub: []\n',
      'gov.config.yaml:3:5: Unexpected value at layout.globs.stub, expected a list of at least one',
    ],
    [
      'no map below',
      'check:\n  rules: 1\n',
      'gov.config.yaml:2:3: Unexpected value at check.rules, expected a map',
    ],
    ['an alias of nothing', 'codegen: *x\n', 'gov.config.yaml:1:1: Unresolved alias'],
    [
      'a bomb of aliases',
      `a: &a [${'x,'.repeat(99)}x]\nb: &b [${'*a,'.repeat(99)}*a]\nc: [${'*b,'.repeat(99)}*b]\n`,
      'gov.config.yaml:1:1: Excessive alias count',
    ],
    ['broken YAML', 'codegen: [\n', 'gov.config.yaml:2:1: '],
  ])('%s has a place and what was expected', (_name, text, message) => {
    expect(() => parse(text)).toThrowError(
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(message) }),
    );
  });

  it('tells everything that is wrong at once, in the order of the file', () => {
    const text = [
      'sesion: 1',
      'check:',
      '  rules:',
      '    board/two-state: off',
      '    anchor/unresolved: loud',
      '    nothing/alike: off',
      '  ignored: []',
      'codegen:',
      '  out: ../x',
      '',
    ].join('\n');
    const rules = ['anchor/unresolved', 'board/two-states', 'board/unknown-token'];
    const said = problemsOf(() => parseConfig(Buffer.from(text), rules));
    expect(said).toEqual([
      'gov.config.yaml:1:1: Unexpected key at sesion, expected one of: layout, check, codegen, gate, session, recorder, trace',
      'gov.config.yaml:4:5: Unexpected rule board/two-state, expected one of: board/two-states',
      'gov.config.yaml:5:5: Unexpected value at check.rules.anchor/unresolved, expected off, info, warning or error',
      'gov.config.yaml:6:5: Unexpected rule nothing/alike, expected a rule that gov explain lists',
      'gov.config.yaml:7:3: Unexpected key at check.ignored, expected one of: rules, ignore, baseline',
      'gov.config.yaml:9:3: Unexpected value at codegen.out, expected a path inside the repository, without ..',
    ]);
  });

  it('tells every error of the YAML, and not without end', () => {
    expect(problemsOf(() => parse('a: 1\na: 2\nb: 1\nb: 2\n'))).toHaveLength(2);
    const many = Array.from({ length: 500 }, (_, at) => `key${at}: 1\n`).join('');
    const said = problemsOf(() => parse(many));
    expect(said).toHaveLength(51);
    expect(said.at(-1)).toBe('gov.config.yaml: … and 450 more');
  });

  it('rules are not looked up for a configuration that names none', async () => {
    const root = temporaryFolder();
    writeTree(root, { 'gov.config.yaml': 'session:\n  unbound: allow\n' });
    const rules = () => Promise.reject(new Error('looked up'));
    expect((await loadConfig(worktreeSnapshot(root), { rules })).session.unbound).toBe('allow');
  });

  it('invalid UTF-8 has a place', () => {
    expect(() => parseConfig(Uint8Array.from([0x61, 0x0a, 0x96]))).toThrow(
      'gov.config.yaml:2:1: invalid UTF-8',
    );
  });

  it('a folder of that name is a wrong configuration', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'gov.config.yaml'));
    await expect(loadConfig(worktreeSnapshot(root))).rejects.toMatchObject({
      name: 'UsageError',
      message: 'gov.config.yaml: a folder',
    });
  });
});

describe('gate', () => {
  it('says what signs, by which clock, with whose keys, and where a packet is worked on', () => {
    const text = [
      'layout:',
      '  folder: gov',
      'gate:',
      '  signature: ssh',
      '  time_zone: Europe/Brussels',
      '  branch: wp/{wp}',
      '  worktree: ../{wp}.tree',
      '',
    ].join('\n');
    const config = parse(text);
    expect(config.gate).toEqual({
      signature: 'ssh',
      time_zone: 'Europe/Brussels',
      branch: 'wp/{wp}',
      worktree: '../{wp}.tree',
    });
    expect(signersPath(config)).toBe('gov/allowed_signers');
    expect(signersPath(parse('gate:\n  signers: keys/gov\n'))).toBe('keys/gov');
  });

  const BRANCH = 'a branch name that git takes, with {wp} in it once: feat/{wp}';
  const WORKTREE = 'a folder beside the repository with {wp} in it once: ../wt-{wp}';

  it.each([
    ['signature', 'gpg', 'typed or ssh'],
    ['time_zone', 'Brussels', 'an IANA time zone, for example Europe/Brussels'],
    ['time_zone', '+02:00', 'an IANA time zone, for example Europe/Brussels'],
    ['signers', '../keys', 'a path inside the repository, without ..'],
    ['signers', '/etc/keys', 'a path inside the repository, without ..'],
    ['branch', 'feat', BRANCH],
    ['branch', '--upload-pack={wp}', BRANCH],
    ['branch', '-{wp}', BRANCH],
    ['branch', 'feat/../{wp}', BRANCH],
    ['branch', '/{wp}', BRANCH],
    ['branch', 'feat//{wp}', BRANCH],
    ['branch', '{wp}/', BRANCH],
    ['branch', '{wp}.lock', BRANCH],
    ['branch', '{wp}.', BRANCH],
    ['branch', '.x/{wp}', BRANCH],
    ['branch', '{wp}-{wp}', BRANCH],
    ['branch', 'feat {wp}', BRANCH],
    ['worktree', '{wp}', WORKTREE],
    ['worktree', '../../{wp}', WORKTREE],
    ['worktree', '../a/{wp}', WORKTREE],
    ['worktree', '../wt', WORKTREE],
    ['worktree', '/tmp/{wp}', WORKTREE],
  ])('%s: %s is refused, since that is expected to be another', (key, value, expected) => {
    expect(problemsOf(() => parse(`gate:\n  ${key}: '${value}'\n`))).toEqual([
      `gov.config.yaml:2:3: Unexpected value at gate.${key}, expected ${expected}`,
    ]);
  });
});

describe('codegen.outputs', () => {
  it('codegen.out is short for one output of TypeScript', () => {
    expect(parse('codegen:\n  out: ./lib/gen/\n  roots: [A]\n').codegen).toEqual({
      outputs: [{ target: 'typescript', out: 'lib/gen', roots: ['A'] }],
      precedence: [],
      roots: ['A'],
    });
  });

  it('an output has the roots of the configuration, unless it names its own, also none', () => {
    const text = [
      'codegen:',
      '  precedence: ["11.5", "4.3.9"]',
      '  roots: [A, B]',
      '  outputs:',
      '    - { target: typescript, out: src/contracts }',
      '    - { target: markdown, out: docs, roots: [C] }',
      '    - { target: markdown, out: docs/all, roots: [] }',
      '',
    ].join('\n');
    const { outputs, precedence } = parse(text).codegen;
    expect(precedence).toEqual(['11.5', '4.3.9']);
    expect(outputs.map(({ out, roots }) => [out, roots])).toEqual([
      ['src/contracts', ['A', 'B']],
      ['docs', ['C']],
      ['docs/all', []],
    ]);
  });

  it('two targets may share a folder', () => {
    const text =
      'codegen:\n  outputs:\n    - { target: typescript, out: a }\n    - { target: markdown, out: a }\n';
    expect(parse(text).codegen.outputs).toHaveLength(2);
  });

  const ts = (out: string) => `    - { target: typescript, out: ${out} }`;

  it.each<[name: string, lines: string[], said: string[]]>([
    [
      'an unknown target',
      ['  outputs:', '    - { target: rust, out: a }'],
      [
        `3:9: Unexpected value at codegen.outputs.0.target, expected ${CODEGEN_TARGETS.slice(0, -1).join(', ')} or ${CODEGEN_TARGETS.at(-1)}`,
      ],
    ],
    [
      'a key that is none',
      ['  outputs:', '    - { target: markdown, out: a, root: [A] }'],
      ['3:35: Unexpected key at codegen.outputs.0.root, expected one of: target, out, roots'],
    ],
    ['no folder', ['  outputs:', '    - { target: markdown }'], ['out, expected a text']],
    ['no map', ['  outputs: [markdown]'], ['codegen.outputs.0, expected a map']],
    ['none at all', ['  outputs: []'], ['codegen.outputs, expected a list of at least one']],
    [
      'a folder outside',
      ['  outputs:', ts('../x')],
      ['codegen.outputs.0.out, expected a path inside the repository, without ..'],
    ],
    [
      'both forms',
      ['  out: b', '  outputs:', ts('a')],
      ['2:3: Unexpected codegen.out beside codegen.outputs, expected one of the two'],
    ],
    [
      'two of one target in one folder, however it is written',
      ['  outputs:', ts('a'), ts('./a/')],
      [
        '4:7: Unexpected second output of typescript into a at codegen.outputs.1, expected one; the first is codegen.outputs.0',
      ],
    ],
    [
      'a folder among the documents',
      ['  outputs:', ts('.GOV/generated'), ts('.GOV')],
      [
        'Unexpected value at codegen.outputs.0.out, expected a folder outside .GOV, which holds governed documents',
        'Unexpected value at codegen.outputs.1.out, expected a folder outside .GOV, which holds governed documents',
      ],
    ],
    [
      'the same by the short form, where the documents stand elsewhere',
      ['  out: gov/x', 'layout:', '  folder: gov'],
      ['2:3: Unexpected value at codegen.out, expected a folder outside gov, which holds governed documents'],
    ],
  ])('%s is told with its place', (_, lines, said) => {
    const problems = problemsOf(() => parse(['codegen:', ...lines, ''].join('\n')));
    expect(problems).toHaveLength(said.length);
    for (const [at, text] of said.entries()) expect(problems[at]).toContain(text);
    for (const problem of problems) expect(problem).toMatch(/^gov\.config\.yaml:[2-5]:\d+: /);
  });

  it('names the targets that can be written', () => {
    expect(TARGETS.map(({ name }) => name)).toEqual([...CODEGEN_TARGETS]);
  });
});

describe('findRoot', () => {
  it('is the nearest folder above with .git or .GOV', () => {
    const root = temporaryFolder();
    writeTree(root, { '.GOV/a.md': '', 'deep/er/x': '' });
    expect(findRoot(join(root, 'deep', 'er'))).toBe(root);
  });

  it('is the folder named, when one is named', () => {
    const root = temporaryFolder();
    writeTree(root, { 'file.md': '', 'sub/x': '' });
    expect(findRoot(root, 'sub')).toBe(join(root, 'sub'));
    expect(() => findRoot(root, '')).toThrow('--root: Unexpected empty path, expected a folder');
    expect(() => findRoot(root, 'gone')).toThrow('--root gone: no such folder');
    expect(() => findRoot(root, 'file.md')).toThrow('--root file.md: expected a folder, found a file');
  });

  it('D-45: times of retention are lengthened, and never shortened', async () => {
    const retention = async () => RETENTION;
    const read = (text: string) => {
      const root = temporaryFolder();
      writeTree(root, { 'gov.config.yaml': `recorder:\n  retention:\n${text}` });
      return loadConfig(worktreeSnapshot(root), { retention });
    };
    expect((await read('    FR-EVT-006: 7\n    FR-EVT-SESS: 365\n')).recorder.retention).toEqual({
      'FR-EVT-006': 7,
      'FR-EVT-SESS': 365,
    });
    await expect(
      read('    FR-EVT-SESS: 29\n    FR-EVT-SES-SCHED: 90\n    FR-EVT-006: 6.5\n'),
    ).rejects.toMatchObject({
      problems: [
        'gov.config.yaml:3:5: Unexpected 29 days for FR-EVT-SESS, expected at least 30 days (D-45)',
        'gov.config.yaml:4:5: Unexpected family FR-EVT-SES-SCHED, expected one of: FR-EVT-SESS-SCHED',
        'gov.config.yaml:5:5: Unexpected value at recorder.retention.FR-EVT-006, expected int',
        'gov.config.yaml:5:5: Unexpected 6.5 days for FR-EVT-006, expected at least 7 days (D-45)',
      ],
    });
  });
});
