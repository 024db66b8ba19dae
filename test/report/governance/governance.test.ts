import { describe, expect, it } from 'vitest';
import { type Finding, linePlace, type Severity } from '../../../tools/findings/index.ts';
import { governanceData } from '../../../tools/report/index.ts';
import { BOARD, baseFiles, STUB } from '../../checks/base.ts';
import { dataOf } from './input.ts';

function finding(rule: string, severity: Severity, file: string, line: number, message = 'x'): Finding {
  return { rule, severity, place: linePlace(file, line, line + 1), message, args: {} };
}

describe('governanceData', () => {
  it('the same input gives the same bytes', async () => {
    const [one, other] = await Promise.all([dataOf(baseFiles()), dataOf(baseFiles())]);
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect([one.documents, one.baselined]).toEqual([{ stub: 1 }, 3]);
  });

  it('without a spec there are packets and findings, and neither anchors nor drift', async () => {
    const data = await dataOf(baseFiles(), { spec: undefined });
    expect([data.packets.length, data.anchors, data.drift]).toEqual([1, [], []]);
  });

  it('reads what it is given, and writes into none of it', async () => {
    const findings = Object.freeze([finding('b', 'error', 'b', 1), finding('a', 'error', 'a', 1)]);
    expect((await dataOf(baseFiles(), { findings })).rules.map(({ rule }) => rule)).toEqual(['a', 'b']);
    expect(governanceData.length).toBe(1);
  });
});

describe('findings', () => {
  it('stand by severity, then by rule, then by place', async () => {
    const findings = [
      finding('z/last', 'error', 'b.md', 2),
      finding('a/first', 'info', 'a.md', 1),
      finding('z/last', 'error', 'b.md', 1, '<b>hostile</b>'),
      finding('z/last', 'error', 'a.md', 9),
      finding('board/two-states', 'warning', BOARD, 7),
      finding('a/first', 'error', 'c.md', 3),
    ];
    const { rules } = await dataOf(baseFiles(), { findings });
    expect(rules).toEqual([
      {
        rule: 'a/first',
        summary: '',
        severity: 'error',
        findings: [{ message: 'x', file: 'c.md', line: 3, column: 1, endLine: 4 }],
      },
      {
        rule: 'z/last',
        summary: '',
        severity: 'error',
        findings: [
          { message: 'x', file: 'a.md', line: 9, column: 1, endLine: 10 },
          { message: '<b>hostile</b>', file: 'b.md', line: 1, column: 1, endLine: 2 },
          { message: 'x', file: 'b.md', line: 2, column: 1, endLine: 3 },
        ],
      },
      {
        rule: 'board/two-states',
        summary: 'a packet has one state',
        severity: 'warning',
        findings: [{ message: 'x', file: BOARD, line: 7, column: 1, endLine: 8 }],
      },
      {
        rule: 'a/first',
        summary: '',
        severity: 'info',
        findings: [{ message: 'x', file: 'a.md', line: 1, column: 1, endLine: 2 }],
      },
    ]);
  });

  it('without any there is no rule', async () => {
    expect((await dataOf(baseFiles())).rules).toEqual([]);
  });
});

describe('anchors', () => {
  const ANCHOR = '  - Demo_Spec_v02.137.md 1.1.1 Session Model (Normative)';

  it('each has its status, its place, and the section that it leads to', async () => {
    const { anchors } = await dataOf(baseFiles());
    expect(anchors).toEqual([
      {
        query: 'Demo_Spec_v02.137.md 1.1.1 Session Model (Normative)',
        wp_id: 'WP-1-Demo-v1',
        file: STUB,
        line: 18,
        status: 'UNIQUE',
        flags: [],
        section: {
          number: '1.1.1',
          title: 'Session Model',
          file: 'Demo_Spec_v02.137.md',
          line: 7,
          authority: 'YES',
        },
        reasons: [],
      },
    ]);
  });

  it.each([
    ['9.9.9 Nothing', 'UNRESOLVED', null],
    ['1.1.4 Pasted Rule', 'IN_TEMPLATE_FENCE', 20],
    ['Addendum: 1.9 Quiet Hours (HARD)', 'ADDENDUM_PARAGRAPH', 23],
    ['1.2.1 Style Guide', 'NOT_MAIN_BODY', 29],
  ])('%s is %s at line %s', async (text, status, line) => {
    const files = baseFiles();
    files[STUB] = files[STUB]!.replace(ANCHOR, `${ANCHOR}\n  - ${text}`);
    const [, row] = (await dataOf(files)).anchors;
    expect([row?.query, row?.line, row?.status, row?.section?.line ?? null]).toEqual([
      text,
      19,
      status,
      line,
    ]);
    expect(row?.reasons).not.toEqual([]);
  });
});
