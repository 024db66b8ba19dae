import { describe, expect, it } from 'vitest';
import { buildIndex, type Passage, passagesOf, specFileOf, stretchesOf } from '../../../tools/spec/index.ts';
import { fixtureIndex, lineOf } from '../spec-fixture.ts';

const index = fixtureIndex();
const NAME = 'Acme_Master_Spec_v01.02.md';

const told = ({ asked, result, span }: Passage): unknown[] => [
  asked,
  result.status,
  ...(span ? [span.line, span.endLine] : []),
];

describe('passages of an anchor', () => {
  const cases: [anchor: string, ...expected: unknown[][]][] = [
    ['1.2.2', ['1.2.2', 'UNIQUE', lineOf('### 1.2.2'), lineOf('## 1.3') - 1]],
    ['1.2.2 Spawn', ['1.2.2 Spawn', 'UNIQUE', lineOf('### 1.2.2'), lineOf('## 1.3') - 1]],
    ['1.2.2.*', ['1.2.2.*', 'UNIQUE', lineOf('### 1.2.2'), lineOf('## 1.3') - 1]],
    ['1.2.X', ['1.2.X', 'UNIQUE', lineOf('### 1.2.X'), lineOf('### 1.2.2') - 1]],
    [
      '1.1 + 7.6.3',
      ['1.1', 'UNIQUE', lineOf('## 1.1'), lineOf('## 1.2') - 1],
      ['7.6.3', 'ROADMAP', lineOf('### 7.6.3'), lineOf('### 7.6.3')],
    ],
    [
      '1.2.1–1.2.2',
      ['1.2.1', 'UNIQUE', lineOf('### 1.2.1'), lineOf('### 1.2.1')],
      ['1.2.2', 'UNIQUE', lineOf('### 1.2.2'), lineOf('## 1.3') - 1],
    ],
    [
      '1.2.2.1–.2',
      ['1.2.2.1', 'UNIQUE', lineOf('#### 1.2.2.1'), lineOf('#### 1.2.2.1')],
      ['1.2.2.2', 'UNIQUE', lineOf('#### 1.2.2.2'), lineOf('#### 1.2.2.2')],
    ],
    ['1.2.1–1.2.9', ['1.2.1', 'UNIQUE', lineOf('### 1.2.1'), lineOf('### 1.2.1')], ['1.2.9', 'UNRESOLVED']],
    ['11.5.1', ['11.5.1', 'AMBIGUOUS']],
    ['9.9', ['9.9', 'UNRESOLVED']],
    ['session model', ['session model', 'NO_NUMBER']],
    [
      'Addendum: 2.4 ViewMode',
      [
        'Addendum: 2.4 ViewMode',
        'ADDENDUM_PARAGRAPH',
        lineOf('**Addendum: 2.4'),
        lineOf('**Addendum: 14.3') - 1,
      ],
    ],
    [
      'Addendum: 2.4 ViewMode + Addendum: 14.3 Validators',
      ['Addendum: 2.4', 'ADDENDUM_PARAGRAPH', lineOf('**Addendum: 2.4'), lineOf('**Addendum: 14.3') - 1],
      ['Addendum: 14.3', 'ADDENDUM_PARAGRAPH', lineOf('**Addendum: 14.3'), lineOf('**Addendum: 14.3')],
    ],
  ];
  it.each(cases)('%s', (anchor, ...expected) => {
    expect(passagesOf(index, anchor).map(told)).toEqual(expected);
  });

  it('a paragraph has its own number and title, and the section it stands in', () => {
    const [passage] = passagesOf(index, 'Addendum: 2.4');
    expect([passage?.paragraph, passage?.result.section?.number]).toEqual([
      { number: '2.4', title: 'ViewMode (SFW)' },
      '1.2.X',
    ]);
  });
});

describe('FILE:LINE', () => {
  const at = (line: number, file = NAME): unknown[] =>
    passagesOf(index, `${file}:${line}`).map(({ result }) => [
      result.section?.number ?? result.section?.title,
      result.status,
      result.reasons,
    ]);

  it('is the innermost section around the line, judged where it stands', () => {
    expect(at(lineOf('#### 1.2.2.2'))).toEqual([['1.2.2.2', 'UNIQUE', []]]);
    expect(at(lineOf('#### 11.5.1 Shape B'))).toEqual([['11.5.1', 'UNIQUE', []]]);
    expect(at(lineOf('  id: uuid'))).toEqual([
      [
        '1.2.5',
        'IN_TEMPLATE_FENCE',
        [
          `it stands inside the template fence of line ${lineOf('````md')}`,
          'it stands under 7.5, not where its number says',
        ],
      ],
    ]);
  });

  it('of a heading without a number', () => {
    expect(at(lineOf('# Codex'))).toEqual([
      [
        'Codex',
        'NO_NUMBER',
        ['its heading has no number', `it stands inside the template fence of line ${lineOf('````md')}`],
      ],
    ]);
  });

  it('with a column, as findings are printed', () => {
    const line = lineOf('## 1.3');
    expect(passagesOf(index, `${NAME}:${line}:4`)[0]?.result.section?.number).toBe('1.3');
  });

  it('neither behind the end nor in another file', () => {
    expect(at(10_000)).toEqual([
      [undefined, expect.stringMatching(/^(UNRESOLVED|NO_NUMBER)$/), [expect.any(String)]],
    ]);
    expect(at(lineOf('## 1.3'), 'Other.md')).toEqual([
      [undefined, expect.stringMatching(/^(UNRESOLVED|NO_NUMBER)$/), [expect.any(String)]],
    ]);
  });

  it('in a folder, by name or by path', () => {
    const file = specFileOf('.GOV/spec/a.md', new TextEncoder().encode('# 1. Vision\n## 1.1 Purpose\n'));
    const inFolder = buildIndex('.GOV/spec', [file]);
    for (const text of ['a.md:2', '.GOV/spec/a.md:2', '`a.md`:2']) {
      expect(passagesOf(inFolder, text)[0]?.result.section?.number).toBe('1.1');
    }
  });
});

it('a section of several files has a stretch in each', () => {
  const text = (lines: string): Uint8Array => new TextEncoder().encode(lines);
  const several = buildIndex('modules', [
    specFileOf('1.md', text('---\nid: a\n---\n# 1. Vision\n')),
    specFileOf('2.md', text('---\nid: b\n---\n## 1.1 Purpose\nText.\n')),
  ]);
  const [passage] = passagesOf(several, '1.');
  const stretches = stretchesOf(several, passage!.span!).map(({ file, line, endLine }) => [
    file.path,
    line,
    endLine,
  ]);
  expect(stretches).toEqual([
    ['1.md', 4, 4],
    ['2.md', 4, 5],
  ]);
});

describe('passages of an identifier', () => {
  const text = [
    '# 1. A',
    '',
    '- **INV-A-001:** It MUST hold:',
    '  - always.',
    '- **INV-A-002:** x',
    '',
    '```ts',
    'type Kind =',
    '  | "a"  // FR-EVT-A-001',
    '  | "b"; // FR-EVT-A-002',
    'interface E extends Base {',
    '  type: Kind;',
    '}',
    '```',
  ].join('\n');
  const named = buildIndex(NAME, [specFileOf(NAME, new TextEncoder().encode(text))]);
  const cases: [anchor: string, ...expected: unknown[][]][] = [
    ['INV-A-001', ['INV-A-001', 'UNIQUE', 3, 4]],
    ['INV-A-001/002', ['INV-A-001', 'UNIQUE', 3, 4], ['INV-A-002', 'UNIQUE', 5, 5]],
    ['INV-A-*', ['INV-A-001', 'UNIQUE', 3, 4], ['INV-A-002', 'UNIQUE', 5, 5]],
    ['FR-EVT-A-001', ['FR-EVT-A-001', 'UNIQUE', 9, 13]],
    ['INV-A-003', ['INV-A-003', 'UNRESOLVED']],
    ['INV-B-*', ['INV-B-*', 'UNRESOLVED']],
  ];
  it.each(cases)('%s', (anchor, ...expected) => {
    expect(passagesOf(named, anchor).map(told)).toEqual(expected);
  });
  it('has its id for a number and what it says for a title', () => {
    expect(passagesOf(named, 'INV-A-001')[0]?.paragraph).toEqual({
      number: 'INV-A-001',
      title: 'It MUST hold',
    });
  });
});
