import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../tools/cli/check/policy.ts';
import { githubLines } from '../../tools/cli/reporters/github.ts';
import { sarifLog } from '../../tools/cli/reporters/sarif.ts';
import { checkRules } from '../../tools/cli/rules.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { sarifSchema } from '../support/sarif-schema.ts';

const finding = (change: Partial<Finding> = {}): Finding => ({
  rule: 'board/two-states',
  severity: 'error',
  place: { file: '.GOV/Übung § 漢/TASK BOARD.md', line: 3, column: 5, endLine: 3, endColumn: 9 },
  message: 'Unexpected "100% a:b, c"\nin a file',
  args: {},
  ...change,
});

const whole = { file: 'b.md', line: 7, column: 1, endLine: 9, endColumn: 1 };

const looked = (findings: Finding[], change: object = {}) => ({
  findings,
  all: findings,
  baselined: 0,
  unneeded: 0,
  files: ['a.md', 'b.md'],
  judged: { findings, ids: new Map(), paths: new Set<string>(), unread: [], documents: {} as never },
  ...change,
});

/** That it is a Log for the compiler is half of the proof. */
const log = (findings: Finding[], change: object = {}): Log => sarifLog(looked(findings, change));

const results = (findings: Finding[], change: object = {}) => log(findings, change).runs[0]!.results!;

describe('SARIF', () => {
  const fixed = finding({
    rule: 'text/double-encoded',
    severity: 'warning',
    fix: [{ range: { line: 3, column: 1, endLine: 3, endColumn: 9 }, text: '§' }],
    related: [{ place: whole, note: 'the first' }],
  });

  it('is what the schema demands', () => {
    const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(sarifSchema);
    const outside = finding({ place: { ...whole, file: '/tmp/other tree/S.md' } });
    const all = [finding(), fixed, finding({ severity: 'info', place: whole }), outside];
    for (const known of [undefined, new Set([all[0]!])])
      expect([validate(log(all, known && { known })), validate.errors]).toEqual([true, null]);
    expect(validate({ ...log([]), more: 1 })).toBe(false);
  });

  it('counts columns as we do, and names every rule with its help', () => {
    const [run] = log([]).runs;
    expect(run!.columnKind).toBe('utf16CodeUnits');
    expect(run!.tool.driver.rules!.map(({ id }) => id)).toEqual(checkRules().map(({ id }) => id));
    for (const { help } of run!.tool.driver.rules!) expect(help?.text).not.toBe('');
  });

  it('each result points at its rule', () => {
    const { tool, results: all } = log([finding(), fixed]).runs[0]!;
    expect(all!.map(({ ruleIndex }) => tool.driver.rules![ruleIndex!]!.id)).toEqual(
      all!.map(({ ruleId }) => ruleId),
    );
  });

  it('artifacts are relative to the root, each step of them encoded', () => {
    const [one, two] = results([finding(), finding({ place: { ...whole, file: '/tmp/other tree/S.md' } })]);
    expect([one, two].map((each) => each!.locations![0]!.physicalLocation!.artifactLocation)).toEqual([
      { uri: '.GOV/%C3%9Cbung%20%C2%A7%20%E6%BC%A2/TASK%20BOARD.md', uriBaseId: 'ROOT' },
      { uri: 'file:///tmp/other%20tree/S.md' },
    ]);
  });

  it('a place without a column stands for its lines', () => {
    const places = [finding(), finding({ place: whole }), finding({ place: { ...whole, endLine: 7 } })];
    expect(results(places).map(({ locations }) => locations![0]!.physicalLocation!.region)).toEqual([
      { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
      { startLine: 7, endLine: 9 },
      { startLine: 7 },
    ]);
  });

  it('has fixes and what led to the finding', () => {
    const [result] = results([fixed]);
    expect(result!.fixes![0]!.artifactChanges[0]!.replacements).toEqual([
      {
        deletedRegion: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 9 },
        insertedContent: { text: '§' },
      },
    ]);
    expect(result!.relatedLocations).toMatchObject([{ id: 0, message: { text: 'the first' } }]);
  });

  it('a fingerprint does not move with the line, and differs for a second one of the kind', () => {
    const print = (findings: Finding[]) =>
      results(findings).map(({ partialFingerprints }) => partialFingerprints!['govkit/v1']);
    const moved = finding({ place: { ...finding().place, line: 99, endLine: 99 } });
    expect(print([finding()])).toEqual(print([moved]));
    expect(new Set(print([finding(), moved, finding({ message: 'other' })])).size).toBe(3);
  });

  it('says what is new where something was compared, and nothing where not', () => {
    const [old, fresh] = [finding(), finding({ message: 'other' })];
    const states = (change: object) =>
      results([old, fresh], change).map(({ baselineState }) => baselineState);
    expect(states({ known: new Set([old]) })).toEqual(['unchanged', 'new']);
    expect(states({})).toEqual([undefined, undefined]);
  });
});

describe('GitHub', () => {
  const policy = { overruled: [], baseline: { path: 'x' } } as unknown as Policy;
  const lines = (findings: Finding[], change: object = {}) =>
    githubLines({ looked: looked(findings, change), policy, scope: { kind: 'worktree' }, seconds: '' });

  it('escapes what would end a command', () => {
    const place = { ...finding().place, file: 'a,b:c%.md' };
    expect(lines([finding({ place })])).toEqual([
      '::error file=a%2Cb%3Ac%25.md,line=3,endLine=3,col=5,title=board/two-states::Unexpected "100%25 a:b, c"%0Ain a file',
      '1 error, 0 warnings · 2 files',
    ]);
    expect(lines([finding({ message: 'x\r\n::error::y' })])[0]).toMatch(/::x%0D%0A::error::y$/);
  });

  it('shows what would steer a terminal', () => {
    const place = { ...finding().place, file: 'a\u001b[31m\u202e.md' };
    expect(lines([finding({ place, message: 'x\u001b]0;y\u0007\nz' })])[0]).toBe(
      '::error file=a\\u001b[31m\\u202e.md,line=3,endLine=3,col=5,title=board/two-states::x\\u001b]0;y\\u0007%0Az',
    );
  });

  it('tells errors first: GitHub shows ten of a kind', () => {
    const all = [finding({ severity: 'info' }), finding({ severity: 'warning' }), finding()];
    expect(lines(all).map((line) => /^::(\w+)/.exec(line)?.[1])).toEqual([
      'error',
      'warning',
      'notice',
      undefined,
    ]);
  });

  it('a place at the start of the next line ends in the one before', () => {
    expect(lines([finding({ place: whole })])[0]).toContain('line=7,endLine=8,col=1');
    expect(lines([finding({ place: { ...whole, endLine: 7 } })])[0]).toContain('line=7,endLine=7,col=1');
  });

  it('ends with what a person reads', () => {
    expect(lines([], { baselined: 12 })).toEqual(['clean · 2 files · 12 in the baseline']);
  });
});
