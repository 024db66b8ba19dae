import { describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselineOf,
  beyondBaseline,
  parseBaseline,
  printBaseline,
  shrunkBaseline,
} from '../../tools/checks/index.ts';
import type { Finding, Severity } from '../../tools/findings/index.ts';

const finding = (file: string, line: number, message: string, severity: Severity = 'error'): Finding => ({
  rule: 'board/two-states',
  severity,
  place: { file, line, column: 1, endLine: line, endColumn: 2 },
  message,
  args: {},
});

const entry = (file: string, message: string, count: number) => ({
  rule: 'board/two-states',
  file,
  message,
  count,
});

const parse = (text: string) => parseBaseline('b.json', Buffer.from(text));

describe('baselineOf', () => {
  it('counts errors and warnings by rule, file and message, sorted; infos and an empty tree are left out', () => {
    const findings = [
      finding('b.md', 1, 'first at 3:1'),
      finding('b.md', 9, 'first at 4:1', 'warning'),
      finding('a.md', 1, 'x of v02.137'),
      finding('a.md', 2, 'only told', 'info'),
      { ...finding('.GOV', 1, 'nothing'), rule: 'tree/empty' },
    ];
    expect(baselineOf(findings, 'v02.137')).toEqual([
      entry('a.md', 'x of v*', 1),
      entry('b.md', 'first at ', 2),
    ]);
  });
});

describe('beyondBaseline', () => {
  it('takes as many as were adopted, and tells what is no longer needed', () => {
    const baseline = [entry('a.md', 'x', 1), entry('b.md', 'gone', 2), entry('c.md', 'half', 2)];
    const findings = [finding('a.md', 5, 'x'), finding('a.md', 6, 'x'), finding('c.md', 1, 'half')];
    expect(beyondBaseline(findings, baseline)).toEqual({
      beyond: [findings[1]],
      covered: 2,
      unneeded: 2,
    });
  });

  it('knows findings that quote a spec file again after a bump of the version in force', () => {
    const before = [
      finding('a.md', 1, 'quotes Demo_Master_Spec_v02.137.md:9'),
      finding('a.md', 2, 'quotes Demo_Master_Spec_v02.136.md'),
      finding('spec/Demo_Master_Spec_v02.137.md', 3, 'of v02.137'),
    ];
    const after = [before[0]!, before[1]!, finding('spec/Demo_Master_Spec_v02.138.md', 5, 'of v02.138')];
    const adopted = baselineOf(before, 'v02.137');
    expect(beyondBaseline(after, adopted, 'v02.138')).toEqual({ beyond: [], covered: 3, unneeded: 0 });
    expect(shrunkBaseline(adopted, baselineOf(after, 'v02.138'))).toEqual(adopted);
  });

  it('covers by the version of an old spec file, as baselines named it before', () => {
    const old = [entry('a.md', 'quotes Demo_Spec_v*.md', 1), entry('a.md', 'quotes Demo_Spec_v02.136.md', 1)];
    const findings = [
      finding('a.md', 1, 'quotes Demo_Spec_v02.137.md'),
      finding('a.md', 2, 'quotes Demo_Spec_v02.136.md'),
    ];
    expect(beyondBaseline(findings, old, 'v02.137')).toEqual({ beyond: [], covered: 2, unneeded: 0 });
    expect(shrunkBaseline(old, baselineOf(findings, 'v02.137'))).toEqual([
      entry('a.md', 'quotes Demo_Spec_v*.md', 2),
    ]);
  });

  it('never covers an empty tree', () => {
    const empty = { ...finding('.GOV', 1, 'nothing'), rule: 'tree/empty' };
    const baseline = [{ rule: 'tree/empty', file: '.GOV', message: 'nothing', count: 1 }];
    expect(beyondBaseline([empty], baseline).beyond).toEqual([empty]);
  });
});

describe('shrunkBaseline', () => {
  it('drops what is fixed and takes nothing in', () => {
    const before = [entry('a.md', 'x', 3), entry('b.md', 'gone', 1)];
    const now = [entry('a.md', 'x', 2), entry('c.md', 'new', 1)];
    expect(shrunkBaseline(before, now)).toEqual([entry('a.md', 'x', 2)]);
    expect(shrunkBaseline([entry('a.md', 'x', 1)], [entry('a.md', 'x', 5)])).toEqual([entry('a.md', 'x', 1)]);
  });
});

describe('the file', () => {
  const two: Baseline = [entry('a.md', 'x "§"', 1), entry('b.md', 'y', 2)];

  it('has one finding a line, and gives itself back', async () => {
    const text = printBaseline(two);
    expect(text.split('\n')).toEqual([
      '{',
      '  "schema": "govkit.baseline@1",',
      '  "findings": [',
      '    {"rule":"board/two-states","file":"a.md","message":"x \\"§\\"","count":1},',
      '    {"rule":"board/two-states","file":"b.md","message":"y","count":2}',
      '  ]',
      '}',
      '',
    ]);
    expect(await parse(text)).toEqual(two);
    expect(await parse(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(two);
    expect(await parse(printBaseline([]))).toEqual([]);
  });

  const lines = printBaseline(two).split('\n');
  it.each([
    [
      'truncated',
      lines.slice(0, 5).join('\n'),
      'b.json:5:70: Unexpected end or sign in a baseline, expected JSON',
    ],
    ['empty', '', 'b.json:1:1: Unexpected end or sign in a baseline, expected JSON'],
    [
      'unmerged',
      [...lines.slice(0, 4), '<<<<<<< ours', ...lines.slice(4)].join('\n'),
      'b.json:5:1: Unexpected mark of a merge conflict, expected one that is resolved',
    ],
    [
      'one comma too long',
      lines.join('\n').replace('2}', '2},'),
      'b.json:5:70: Unexpected end or sign in a baseline, expected JSON',
    ],
    ['a list', '[]', 'b.json:1:1: Unexpected content, expected an object'],
    [
      'of another schema',
      '{\n  "schema": "x@1"}',
      'b.json:2:13: Unexpected schema "x@1", expected "govkit.baseline@1"',
    ],
    [
      'without findings',
      '{"schema": "govkit.baseline@1"}',
      'b.json:1:1: Unexpected findings nothing, expected a list',
    ],
    [
      'with a count of none',
      lines.join('\n').replace('"count":2', '"count":0'),
      'b.json:5:5: Unexpected entry {"rule":"board/two-states","file":"b.md","message":"y","cou…, expected {"rule", "file", "message", "count"} with a count from 1',
    ],
    [
      'with an entry twice',
      [...lines.slice(0, 4), lines[3], ...lines.slice(4)].join('\n'),
      'b.json:5:5: Unexpected second entry of board/two-states for the same text, expected one',
    ],
  ])('one that is %s is an error with its place', async (_name, text, message) => {
    await expect(parse(text)).rejects.toMatchObject({ name: 'UsageError', message });
  });

  it('one that is no UTF-8 is an error with its place', async () => {
    await expect(parseBaseline('b.json', Uint8Array.from([0x7b, 0x0a, 0x96]))).rejects.toThrow(
      'b.json:2:1: invalid UTF-8 (byte 0x96)',
    );
  });

  it('tells all damaged entries at once', async () => {
    const text = lines.join('\n').replaceAll('"rule":"board/two-states"', '"rule":7');
    await expect(parse(text)).rejects.toMatchObject({ problems: { length: 2 } });
  });
});
