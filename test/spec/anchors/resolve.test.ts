import { describe, expect, it } from 'vitest';
import { resolveAnchor, STATUSES, statusCounts } from '../../../tools/spec/index.ts';
import { fixtureIndex, lineOf } from '../spec-fixture.ts';

const index = fixtureIndex();
const FILE = 'Acme_Master_Spec_v01.02.md';

describe('resolveAnchor: status, line and flags', () => {
  const cases: [anchor: string, status: string, heading: string | undefined, flags: string[]][] = [
    ['Purpose of it all', 'NO_NUMBER', undefined, []],
    ['1.9 Nothing', 'UNRESOLVED', undefined, []],
    ['11.5.1', 'AMBIGUOUS', undefined, []],
    ['11.5.1 Shape B', 'UNIQUE', '#### 11.5.1 Shape B', []],
    ['1.1 Definitions', 'TITLE_MISMATCH', '## 1.1', []],
    ['1.1 Purpose', 'UNIQUE', '## 1.1', []],
    ['1.1', 'UNIQUE', '## 1.1', []],
    ['9.3 Bundles', 'APPENDIX', '### 9.3', []],
    ['7.6.3 Phase 1', 'ROADMAP', '### 7.6.3', []],
    ['7.5.1 After', 'NOT_MAIN_BODY', '### 7.5.1', []],
    ['1.2.5 Pasted clause', 'IN_TEMPLATE_FENCE', '#### 1.2.5', []],
    ['1.3.1 Behind', 'HIDDEN_BY_BROKEN_FENCE', '### 1.3.1', []],
    ['2.3.4 Lost', 'MISPLACED', '#### 2.3.4', []],
    ['Addendum: 2.4 ViewMode', 'ADDENDUM_PARAGRAPH', '### 1.2.X', []],
    ['Addendum: 9.9 Nothing', 'UNRESOLVED', undefined, []],
    ['1.2.X Session overview', 'UNIQUE', '### 1.2.X', []],
    ['11.5 Events', 'UNIQUE', '## 11.5', ['TIE_BROKEN_BY_PLACE']],
    ['1.2 Sessions', 'UNIQUE', '## 1.2', ['TIE_BROKEN_BY_PLACE']],
    ['1.2.2.* Spawn', 'UNIQUE', '### 1.2.2', ['WILDCARD']],
    ['1.2.1–1.2.2', 'UNIQUE', '### 1.2.1', ['RANGE']],
    ['1.2.1–1.2.9', 'UNRESOLVED', '### 1.2.1', ['RANGE']],
    ['1.1 / 7.5.1', 'NOT_MAIN_BODY', '## 1.1', []],
    [`${FILE} 1.1 Purpose`, 'UNIQUE', '## 1.1', []],
    ['Acme_Master_Spec_v01.01.md 1.1 Purpose', 'UNIQUE', '## 1.1', ['STALE_VERSION', 'SPEC_FILE_ABSENT']],
    ['Acme_Master_Spec_v01.00.md 1.1 Purpose', 'UNIQUE', '## 1.1', ['STALE_VERSION']],
  ];
  it.each(cases)('%s → %s', (anchor, status, heading, flags) => {
    const result = resolveAnchor(index, anchor, { knownSpecFiles: [FILE, 'old/Acme_Master_Spec_v01.00.md'] });
    expect([result.status, result.section?.line, result.flags]).toEqual([
      status,
      heading === undefined ? undefined : lineOf(heading),
      flags,
    ]);
    expect(result.fingerprint !== undefined).toBe(heading !== undefined);
    if (status !== 'UNIQUE') expect(result.reasons).not.toEqual([]);
  });
});

describe('resolveAnchor: where to look instead', () => {
  const cases: [anchor: string, status: string, hints: string[]][] = [
    [
      '1.9.1 Session model',
      'UNRESOLVED',
      [
        'no heading has the number 1.9.1',
        `renumbered? The title stands at 1.2.1 "Session model" (line ${lineOf('### 1.2.1')})`,
      ],
    ],
    [
      '1.1 Session overview',
      'TITLE_MISMATCH',
      [
        'the heading says "Purpose", the anchor says "Session overview"',
        `renumbered? The title stands at 1.2.X "Session overview" (line ${lineOf('### 1.2.X')})`,
      ],
    ],
    [
      '1.2.9 Nothing like it',
      'UNRESOLVED',
      [
        'no heading has the number 1.2.9',
        `nearest: 1.2.2 "Spawn" (line ${lineOf('### 1.2.2')}), 1.2.5 "Pasted clause" (line ${lineOf('#### 1.2.5')})`,
      ],
    ],
    [
      '1.2.2.1.7',
      'UNRESOLVED',
      ['no heading has the number 1.2.2.1.7', `nearest: 1.2.2.1 "Request" (line ${lineOf('#### 1.2.2.1')})`],
    ],
    ['99.1', 'UNRESOLVED', ['no heading has the number 99.1']],
    [
      '1.9.1 Spawn',
      'UNRESOLVED',
      ['no heading has the number 1.9.1', expect.stringContaining('nearest: 1.')],
    ],
  ];
  it.each(cases)('%s', (anchor, status, hints) => {
    const result = resolveAnchor(index, anchor);
    expect([result.status, result.reasons]).toEqual([status, hints]);
  });
});

describe('resolveAnchor: candidates and reasons', () => {
  it('a wildcard covers the node and its descendants', () => {
    const { candidates } = resolveAnchor(index, '1.2.2.*');
    expect(candidates.map((section) => section.number)).toEqual(['1.2.2', '1.2.2.1', '1.2.2.2']);
  });
  it('a range covers the numbers between, the end with its children; 1.2.X is none of them', () => {
    const { candidates } = resolveAnchor(index, '1.2.1–.2');
    expect(candidates.map((section) => section.number)).toEqual(['1.2.1', '1.2.2', '1.2.2.1', '1.2.2.2']);
  });
  it('a wildcard covers what stands elsewhere, and is what the worst of it is', () => {
    const result = resolveAnchor(index, '1.2.* Sessions');
    expect(result.candidates.map((section) => section.number)).toEqual([
      '1.2',
      '1.2',
      '1.2.1',
      '1.2.X',
      '1.2.2',
      '1.2.2.1',
      '1.2.2.2',
      '1.2.5',
    ]);
    expect(result.candidates.at(-1)?.line).toBe(lineOf('#### 1.2.5'));
    expect([result.status, result.reasons.at(-1)]).toEqual([
      'IN_TEMPLATE_FENCE',
      '1 of the sections below it is MISPLACED',
    ]);
  });
  it.each([
    ['1.2.2–1.2.1', 'the range ends at 1.2.1, before it begins'],
    ['1.2.1–1.2.9', 'the end of the range, 1.2.9, is not found'],
  ])('%s is UNRESOLVED', (anchor, reason) => {
    const { status, reasons } = resolveAnchor(index, anchor);
    expect([status, reasons.at(-1)]).toEqual(['UNRESOLVED', reason]);
  });
  it('a tie shows every candidate, the chosen one first, and says why', () => {
    const result = resolveAnchor(index, '11.5');
    expect(result.candidates.map((section) => section.line)).toEqual([lineOf('## 11.5'), lineOf('### 11.5')]);
    expect(result.reasons).toEqual([
      '2 headings have the number 11.5',
      `the one at line ${lineOf('## 11.5')} stands where its number says`,
    ]);
  });
  it('a mismatch quotes both titles', () => {
    expect(resolveAnchor(index, '1.1 Definitions').reasons).toEqual([
      'the heading says "Purpose", the anchor says "Definitions"',
    ]);
  });
  it.each([
    ['1.1 Purpose + 1.2.1 Session model', 'UNIQUE', []],
    [
      '1.1 Purpose / 1.2.1 Gate keeping',
      'TITLE_MISMATCH',
      ['1.2.1: the heading says "Session model", the anchor says "Gate keeping"'],
    ],
    ['1.1 + 1.2.1 Both of them', 'UNIQUE', []],
  ])('every number of a list is held against its own title: %s', (anchor, status, reasons) => {
    const result = resolveAnchor(index, anchor);
    expect([result.status, result.reasons.filter((reason) => reason.includes('heading says'))]).toEqual([
      status,
      reasons,
    ]);
  });
  it('a number in a note that carries another title now is told, and the target stays what it is', () => {
    const result = resolveAnchor(index, '1.2 Sessions (incl. 1.2.1 Gate keeping)');
    expect([result.status, result.reasons.at(-1)]).toEqual([
      'UNIQUE',
      'its note says "Gate keeping" of 1.2.1, whose heading says "Session model"',
    ]);
    expect(resolveAnchor(index, '1.1 Purpose (incl. 1.2.1 Session model)').reasons).toEqual([]);
  });
  it('FR-EVT says nothing: the family behind it does', () => {
    const spec = fixtureIndex('# 1. A\n## 1.1 FR-EVT-GOV-001..005 (Automation)\n## 1.2 FR-EVT-CLOUD-001\n');
    const statuses = ['1.1 FR-EVT-GOV-*', '1.1 FR-EVT-CLOUD-*'].map(
      (text) => resolveAnchor(spec, text).status,
    );
    expect(statuses).toEqual(['UNIQUE', 'TITLE_MISMATCH']);
  });
  it('without a list of files nothing is said to be absent', () => {
    expect(resolveAnchor(index, 'Acme_Master_Spec_v01.01.md 1.1').flags).toEqual(['STALE_VERSION']);
  });
  it('counts statuses, worst first', () => {
    const results = ['1.1', '1.2', 'x', '9.3'].map((anchor) => resolveAnchor(index, anchor));
    expect(Object.entries(statusCounts(results))).toEqual([
      ['NO_NUMBER', 1],
      ['APPENDIX', 1],
      ['UNIQUE', 2],
    ]);
    expect(STATUSES).toHaveLength(12);
  });
});
