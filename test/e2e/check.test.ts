import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';
import {
  BOARD,
  boardWith,
  governedFiles,
  governedRepository,
  RULE_COUNT,
  SPEC,
} from '../support/governed.ts';
import { readableBundle } from '../support/nobody.ts';
import { type Repository, temporaryFolder, writeTree } from '../support/repository.ts';

const STUB = '.GOV/task_packets/stubs/WP-1-Demo-v1.md';
const GATES = '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json';
const MOJIBAKE = 'A \u00c2\u00a7 sign\n';
let repository: Repository;

beforeEach(() => {
  repository = governedRepository({
    [BOARD]: boardWith('ODD'),
    '.GOV/a/one.md': MOJIBAKE,
    '.GOV/b/[two].md': MOJIBAKE,
  });
});

const check = (args: string[] = [], cwd = repository.root) => gov(cwd, ['check', ...args]);

const untimed = (text: string): string => text.replace(/ · \d+\.\d\d s$/m, '');

interface Report {
  findings: { rule: string; severity: string; place: { file: string } }[];
  summary: Record<string, number>;
}

const report = (args: string[] = [], cwd?: string): Report =>
  JSON.parse(check([...args, '--json'], cwd).out) as Report;

const files = (args: string[], cwd?: string): string[] => [
  ...new Set(report(args, cwd).findings.map(({ place }) => place.file)),
];

describe('PATH', () => {
  it.each([
    ['a file', ['.GOV/a/one.md'], '', ['.GOV/a/one.md']],
    ['a file with brackets in its name', ['.GOV/b/[two].md'], '', ['.GOV/b/[two].md']],
    ['a folder', ['.GOV/a'], '', ['.GOV/a/one.md']],
    ['a folder with a slash', ['.GOV/a/'], '', ['.GOV/a/one.md']],
    ['the root', ['.'], '', ['.GOV/a/one.md', '.GOV/b/[two].md', BOARD]],
    ['a glob', ['.GOV/**/one.*'], '', ['.GOV/a/one.md']],
    ['two', ['.GOV/a', BOARD], '', ['.GOV/a/one.md', BOARD]],
    ['from where it is typed', ['one.md'], '.GOV/a', ['.GOV/a/one.md']],
    ['from the root, typed elsewhere', ['.GOV/b'], '.GOV/a', ['.GOV/b/[two].md']],
    ['a sound one', [STUB], '', []],
  ])('%s', (_name, args, cwd, expected) => {
    expect(files(args, join(repository.root, cwd))).toEqual(expected);
  });

  it('an absolute one', () => {
    expect(files([join(repository.root, '.GOV/a/one.md')])).toEqual(['.GOV/a/one.md']);
  });

  it('narrows the exit code as well', () => {
    expect([check().code, check(['.GOV/a']).code, check([BOARD]).code]).toEqual([1, 0, 1]);
  });

  it('the rules between documents still see the whole tree', () => {
    repository.write({ [STUB]: governedFiles()[STUB]!.replaceAll('WP-1-Demo-v1', 'WP-1-Other-v1') });
    expect(report([STUB]).findings.length).toBeGreaterThan(0);
    repository.git('checkout', '--', STUB);
    expect(report([STUB]).findings).toEqual([]);
  });

  it.each([
    [['nope.md'], 'nope.md: no governed file, expected a file, folder or glob'],
    [['.GOV/**/*.txt'], '.GOV/**/*.txt: no governed file, expected a file, folder or glob'],
    [['../x'], '../x: no governed file, expected a file, folder or glob'],
    [[''], 'Unexpected empty path, expected a file, folder or glob'],
    [['.GOV/a', 'gone'], 'gone: no governed file, expected a file, folder or glob'],
  ])('%j names nothing', (args, message) => {
    expect(check(args)).toEqual({ code: 2, out: '', err: `gov: ${message}\n` });
  });

  it('a tree without a document fails, whatever is named', () => {
    repository.git('rm', '-r', '--quiet', '.GOV');
    expect(check(['.']).code).toBe(1);
    expect(check(['--rule', 'text/double-encoded']).code).toBe(1);
  });
});

describe('--rule', () => {
  it('may stand twice', () => {
    const of = (...rules: string[]) =>
      new Set(report(rules.flatMap((rule) => ['--rule', rule])).findings.map(({ rule }) => rule));
    expect(of('text/double-encoded')).toEqual(new Set(['text/double-encoded']));
    expect(of('text/double-encoded', 'board/unknown-token').size).toBe(2);
  });

  it.each([
    ['board/two-state', 'one of: board/two-states'],
    ['text/nothing-alike', expect.stringMatching(/^one of: text\/.+, text\//)],
    ['zzz', 'a rule (gov explain lists them)'],
  ])('%s is none, and the near ones are named', (id, expected) => {
    const { code, out, err } = check(['--rule', id]);
    const said = `gov: --rule ${id}: no rule of gov check, expected `;
    expect([code, out, err.slice(0, said.length)]).toEqual([2, '', said]);
    expect(err.slice(said.length).trimEnd()).toEqual(expected);
  });
});

describe('--format', () => {
  it('json is --json', () => {
    expect(check(['--format', 'json'])).toEqual(check(['--json']));
    expect(JSON.parse(check(['--format', 'json', '--rule', 'x']).out)).toMatchObject({
      schema: 'govkit.error@1',
    });
  });

  it('github annotates, errors first, and ends with a summary', () => {
    const lines = check(['--format', 'github']).out.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^::error file=\.GOV\/roles_shared\/TASK_BOARD\.md,line=\d+,endLine=\d+,col=\d+,title=board\/unknown-token::Unexpected state "ODD"/,
    );
    expect(lines.slice(1, 3).every((line) => line.startsWith('::warning '))).toBe(true);
    expect(lines.slice(3)).toEqual(['1 error, 2 warnings · 7 files']);
  });

  it('sarif is a log of one run, with the exit code of any other format', () => {
    const { code, out } = check(['--format', 'sarif']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ version: '2.1.0', runs: [{ results: { length: 3 } }] });
  });

  it.each([
    [['--format', 'xml'], '--format xml: expected text, json, sarif, github'],
    [['--format', 'sarif', '--json'], '--json and --format sarif exclude each other'],
  ])('%j is a wrong call', (args, message) => {
    const { code, out, err } = check(args);
    expect([code, out + err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('the same tree gives the same answer', () => {
  it('twice the same bytes', () => {
    for (const format of ['json', 'sarif', 'github'])
      expect(check(['--format', format])).toEqual(check(['--format', format]));
  });

  it('with CRLF and with LF the same findings at the same places (G13)', () => {
    const before = report();
    const crlf = Object.entries({
      ...governedFiles(),
      [BOARD]: boardWith('ODD'),
      '.GOV/a/one.md': MOJIBAKE,
      '.GOV/b/[two].md': MOJIBAKE,
    });
    repository.write(Object.fromEntries(crlf.map(([path, text]) => [path, text.replaceAll('\n', '\r\n')])));
    expect(report().findings).toEqual(before.findings);
    expect(before.findings.length).toBe(3);
  });

  it('JSON with a BOM is read as without one (G14)', () => {
    const gates = JSON.stringify({ gate_logs: [{ wpId: 'WP-1-Demo-v1', type: 'REFINEMENT' }] });
    repository.write({ [GATES]: gates });
    const before = report();
    repository.write({ [GATES]: `\ufeff${gates}` });
    const after = report().findings;
    expect(after.filter(({ rule }) => rule !== 'text/bom')).toEqual(before.findings);
    expect(after.filter(({ rule }) => rule === 'text/bom')).toMatchObject([
      { severity: 'warning', place: { file: GATES } },
    ]);
  });

  it('on disk, staged and in a commit', () => {
    const { findings } = report();
    expect(report(['--rev', 'HEAD']).findings).toEqual(findings);
    const fresh = governedRepository();
    fresh.git('update-ref', '-d', 'HEAD');
    fresh.write({ [BOARD]: boardWith('ODD'), '.GOV/a/one.md': MOJIBAKE, '.GOV/b/[two].md': MOJIBAKE });
    fresh.git('add', '--all');
    expect(report(['--staged'], fresh.root).findings).toEqual(findings);
  });

  it('in a tree that is no repository, and in one that nobody may write to', () => {
    const root = join(temporaryFolder(), 'plain é');
    mkdirSync(root);
    writeTree(root, { ...governedFiles(), [BOARD]: boardWith('ODD') });
    const { code, out } = check([], root);
    expect(code).toBe(1);
    chmodSync(join(root, '.GOV'), 0o555);
    chmodSync(root, 0o555);
    for (const folder of [join(root, '..'), root]) chmodSync(folder, 0o755);
    const { bundle, home } = readableBundle();
    const asNobody = process.getuid?.() === 0;
    const nobody = gov(root, ['check'], { bundle, asNobody, env: { HOME: home } });
    expect([nobody.code, untimed(nobody.out)]).toEqual([code, untimed(out)]);
    chmodSync(join(root, '.GOV'), 0o755);
  });
});

describe('what a person sees', () => {
  it('is at most 80 lines, the errors of it first, and says what is left', () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [
        `.GOV/many/${String(at).padStart(3, '0')}.md`,
        MOJIBAKE.repeat(at === 0 ? 120 : 1),
      ]),
    );
    repository.write(many);
    const { out } = check();
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(80);
    expect(out).toContain('board/unknown-token');
    expect(out).toContain('  + 117 more text/double-encoded\n');
    expect(out).toMatch(/\n {2}… and \d+ more \(--json has all\)\n/);
    expect(untimed(lines.at(-2)!)).toBe('1 error, 421 warnings in 303 of 307 files');
    expect(lines.at(-1)).toBe('next   gov check --fix');
    expect(report().findings).toHaveLength(422);
  });

  it('a legacy tree with hundreds of findings is offered a baseline', () => {
    const odd = Array.from({ length: 250 }, (_, at) => `ODD${at}`);
    repository.write({ [BOARD]: boardWith(...odd) });
    expect(check().out.trimEnd().split('\n').at(-1)).toBe('next   gov check --baseline');
    expect(check(['--baseline']).code).toBe(0);
    expect(check().code).toBe(0);
  });

  it('ends with one next command that repeats the options of the call', () => {
    const { out } = gov(temporaryFolder(), ['check', '--root', repository.root, '--spec', SPEC, BOARD]);
    expect(out.trimEnd().split('\n').at(-1)).toBe(
      `next   gov explain board/unknown-token --root '${repository.root}' --spec ${SPEC}`,
    );
  });

  it('--quiet says nothing of a clean tree', () => {
    repository.write({ ...governedFiles(), '.GOV/a/one.md': '', '.GOV/b/[two].md': '' });
    expect(check(['--quiet'])).toEqual({ code: 0, out: '', err: '' });
    expect(untimed(check().out)).toBe(`clean · 7 files, ${RULE_COUNT}, v02.137\n`);
  });
});

describe('gov.config.yaml', () => {
  const configured = (text: string) => repository.write({ 'gov.config.yaml': text });

  it('check.rules gives a rule another weight, or none', () => {
    configured('check:\n  rules:\n    board/unknown-token: warning\n    text/double-encoded: off\n');
    expect(report()).toMatchObject({ summary: { error: 0, warning: 1, info: 0 } });
    expect(check().code).toBe(0);
  });

  it('check.ignore leaves documents out, and they are not counted', () => {
    configured(`check:\n  ignore: ['.GOV/a/**', '${BOARD}', '.GOV/b/*']\n`);
    expect(untimed(check().out)).toBe(`clean · 4 files, ${RULE_COUNT}, v02.137\n`);
  });

  it('ignoring everything is an error', () => {
    configured("check:\n  ignore: ['.GOV/**']\n");
    expect(check()).toEqual({
      code: 2,
      out: '',
      err: 'gov: gov.config.yaml: Unexpected check.ignore (.GOV/**) that leaves no document, expected one to judge\n',
    });
  });

  it('tells all that is wrong with it, each on its line', () => {
    configured('check:\n  rules:\n    board/two-state: off\n    text/double-encode: loud\n  x: 1\n');
    const { code, err } = check();
    expect(code).toBe(2);
    expect(err.trimEnd().split('\n')).toEqual([
      'gov: gov.config.yaml:3:5: Unexpected rule board/two-state, expected one of: board/two-states',
      expect.stringMatching(/^gov: gov\.config\.yaml:4:5: /),
      expect.stringMatching(/^gov: gov\.config\.yaml:4:5: /),
      'gov: gov.config.yaml:5:3: Unexpected key at check.x, expected one of: rules, ignore, baseline',
    ]);
    expect(check(['--json']).out).toContain('"kind": "usage"');
  });

  it('layout.globs moves documents of a kind', () => {
    const moved = '.GOV/boards/MAIN.md';
    configured("layout:\n  globs:\n    board: ['boards/*.md']\n");
    repository.git('rm', '--quiet', BOARD);
    repository.write({ [moved]: boardWith('ODD') });
    expect(report().findings.filter(({ rule }) => rule === 'board/unknown-token')).toMatchObject([
      { rule: 'board/unknown-token', place: { file: moved } },
    ]);
  });

  it('the layout of June reads its records, and not what is left in the old places', () => {
    const june = '.GOV/roles_shared/records';
    const { [BOARD]: board, ...rest } = governedFiles();
    repository.write({
      ...rest,
      'gov.config.yaml': 'layout:\n  preset: june\n',
      [`${june}/TASK_BOARD.md`]: board!,
      [`${june}/WP_TRACEABILITY_REGISTRY.md`]:
        governedFiles()['.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md']!,
      '.GOV/spec/SPEC_CURRENT.md': governedFiles()['.GOV/roles_shared/SPEC_CURRENT.md']!,
    });
    expect(report([`${june}`, BOARD]).findings).toEqual([]);
    configuredFebruary();
    expect(files([BOARD])).toEqual([BOARD]);
  });

  const configuredFebruary = () => configured('layout:\n  preset: february\n');

  it('layout.folder names another governance folder', () => {
    repository.git('rm', '-r', '--quiet', '.GOV');
    const moved = Object.entries(governedFiles()).map(([path, text]) =>
      [path, text].map((each) => each.replaceAll('.GOV/', 'docs/gov/')),
    );
    repository.write(Object.fromEntries(moved));
    expect(check().code).toBe(1);
    configured('layout:\n  folder: docs/gov\n');
    expect(report().summary).toMatchObject({ error: 0 });
    expect(JSON.parse(check(['--json']).out)).toMatchObject({
      stats: { artifacts: { stub: 1 }, spec: { file: SPEC } },
    });
  });

  it('is that of the commit that is judged', () => {
    configured('check:\n  rules:\n    board/unknown-token: off\n');
    expect(check(['--rev', 'HEAD']).code).toBe(1);
    expect(check().code).toBe(0);
  });
});
