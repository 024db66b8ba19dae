import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildIndex,
  FAMILIES,
  identifierById,
  identifiersOf,
  mustsOf,
  resolveAnchor,
  type SpecFile,
  sectionAt,
  specFileOf,
} from '../../../tools/spec/index.ts';
import { definitionsIn, indexOf } from './fixture.ts';

describe('identifiersOf: one line that defines', () => {
  const cases: [line: string, definition: string | undefined][] = [
    ['- **INV-AB-001:** It MUST hold.', 'INV-AB-001 bold-bullet 1-1 It MUST hold.'],
    ['- **INV-AB-CD-001 (why):** It holds.', 'INV-AB-CD-001 bold-bullet 1-1 (why): It holds.'],
    ['##### INV-MM-001: Works alone', 'INV-MM-001 heading 1-1 Works alone'],
    ['- INV-MM-003 is mandatory.', undefined],
    ['It holds (INV-AB-001).', undefined],
    ['- **TRUST-001 (senders):** Only these.', 'TRUST-001 bold-bullet 1-1 (senders): Only these.'],
    ['- `CX-MM-001` No model', 'CX-MM-001 bullet 1-1 No model'],
    ['- `CX-MM-001` No model (see §4.3).', undefined],
    ['blocked with `CX-MM-CONSENT-MISSING`', undefined],
    ['[CX-101] ONE_CLIENT: All calls', 'CX-101 bracket 1-1 ONE_CLIENT: All calls'],
    ['## Waiver Protocol [CX-573F]', 'CX-573F heading 1-1 Waiver Protocol'],
    ['## Scope Check [CX-581A-SCOPE] STOP', 'CX-581A-SCOPE heading 1-1 Scope Check STOP'],
    ['## Part 9 [CX-640-650]', undefined],
    ['## Gate [CX-585A/B/C]', undefined],
    ['### 2.3 Portability [CX-DBP-001]', 'CX-DBP-001 heading 1-1 Portability'],
    ['**Pillar 1: One API [CX-DBP-010]**', 'CX-DBP-010 bracket 1-1 Pillar 1: One API'],
    ['- [CX-WP-001] APPEND: always', 'CX-WP-001 bullet 1-1 APPEND: always'],
    ['**[HSK-WF-003] Recovery Loop (Normative):**', 'HSK-WF-003 bracket 1-1 Recovery Loop (Normative)'],
    ['1.  **[HSK-GC-002] Pinning:** never', 'HSK-GC-002 bold-bullet 1-1 Pinning: never'],
    ['    #[error("HSK-400-BAD: Bad shape: {0}")]', 'HSK-400-BAD error 1-2 Bad shape: {0}'],
    ['/// HSK-TRAIT-003: Ingestion', 'HSK-TRAIT-003 doc-comment 1-2 Ingestion'],
    ['Unknown ids MUST be rejected (HSK-4001).', undefined],
    ['#### VAL-DIAG-001: Shape', 'VAL-DIAG-001 heading 1-1 Shape'],
    ['| A | b | VAL-DIAG-001 |', undefined],
    ['| MT-VAL-001 | unique | ERROR |', 'MT-VAL-001 table-cell 1-1 unique'],
    [
      '- **ATELIER-LENS-VAL-001 Evidence (FAIL):** refs',
      'ATELIER-LENS-VAL-001 bold-bullet 1-1 Evidence (FAIL): refs',
    ],
    ['| T-GOV-001 | gates | x |', 'T-GOV-001 table-cell 1-1 gates'],
    ['T-ACE-RAG-001 Normal  ', 'T-ACE-RAG-001 line 1-1 Normal'],
    ['RULE-ID-001: Every entity', 'RULE-ID-001 line 1-1 Every entity'],
    ['| AP-001 | flags | them |', 'AP-001 table-cell 1-1 flags'],
    ['**[LM-TAG-001]** Tags', 'LM-TAG-001 bracket 1-1 Tags'],
    ['panel (**[LM-TAG-001]**..**[LM-TAG-003]**)', undefined],
    ['- **TERM-V1-SCOPE**', 'TERM-V1-SCOPE bold-bullet 1-1'],
    ['│  G-SCOPE  │ → inside?', 'G-SCOPE table-cell 1-1 → inside?'],
    ['- G-PRE: before work', 'G-PRE bullet 1-1 before work'],
    ['#### 2.8 Scope (BL-10 to BL-15)', undefined],
    ['- **FR-EVT-001 (Shape)**', 'FR-EVT-001 bold-bullet 1-1 Shape'],
    ['- FR-EVT-DATA-001 through FR-EVT-DATA-015', undefined],
    ['#### 11.5 FR-EVT-A-001 / FR-EVT-B-001 (Both)', undefined],
    ['#### 11.5 FR-EVT-A-001..004 (All)', undefined],
    ['SHA-256 and UTF-8 and GPT-4', undefined],
  ];
  it.each(cases)('%s', (line, definition) => {
    // A heading would end a definition; a plain line behind it goes on.
    const text = definition?.includes('1-2') ? `${line}\nnext` : line;
    expect(definitionsIn(text)).toEqual(definition === undefined ? [] : [definition]);
  });
});

describe('identifiersOf: what is an id', () => {
  const idsIn = (text: string): string[] => identifiersOf(indexOf(text)).map(({ id }) => id);
  it.each([
    [
      'VAL-DIAG-001 in ATELIER-VAL-001, MT-VAL-001 and HSK-ACE-VAL-100',
      ['VAL-DIAG-001', 'ATELIER-VAL-001', 'MT-VAL-001', 'HSK-ACE-VAL-100'],
    ],
    ['FR-EVT-DATA-* and FR-EVT-MODEL events and FR-EVT-LLM-0xx', []],
    [
      'FR-EVT-WF-RECOVERY, FR-EVT-001, FR-EVT-SESS-SPAWN-005',
      ['FR-EVT-WF-RECOVERY', 'FR-EVT-001', 'FR-EVT-SESS-SPAWN-005'],
    ],
    [
      'CX-101-106 CX-585A-E CX-635-B1 CX-611-A CX-581A-SCOPE',
      ['CX-101', 'CX-585A', 'CX-635-B1', 'CX-611-A', 'CX-581A-SCOPE'],
    ],
    ['CX-MM-001 CX-MM-CONSENT-MISSING CX-MM-###', ['CX-MM-001', 'CX-MM-CONSENT-MISSING']],
    ['[ADD v02.137] [ADD v02.137 — note] [UPDATED v02.9] ADD v02.136', ['ADD v02.137', 'UPDATED v02.9']],
    ['xINV-A-001 INV-A-001x _INV-A-001 INV-A-1', ['INV-A-1']],
    ['PRE-INV-A-001', []],
  ])('%s', (text, ids) => {
    expect(idsIn(text)).toEqual(ids);
  });
  it('every occurrence is a place, two on one line included', () => {
    const index = indexOf('- **INV-A-001:** x\n\nINV-A-001, INV-A-001\n');
    expect(identifierById(index, 'INV-A-001')?.places.map(({ line }) => line)).toEqual([1, 3, 3]);
    expect(identifierById(index, 'INV-B-001')).toBeUndefined();
  });
  it('families are told apart by name', () => {
    expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length);
  });
});

describe('identifiersOf: how far a definition goes', () => {
  const cases: [name: string, lines: string[], expected: string[]][] = [
    [
      'a bullet with what is nested in it, blank lines between',
      ['- **TRUST-001:** carry:', '  - a,', '', '  - b.', '- **TRUST-002:** x', 'and on', '', 'Text'],
      ['TRUST-001 bold-bullet 1-4 carry', 'TRUST-002 bold-bullet 5-6 x'],
    ],
    [
      'a bold name alone, and its text behind it up to the next',
      [
        '- **DIAG-SCHEMA-001 (A)**',
        '',
        'Text MUST.',
        '',
        '- item',
        '',
        '- **DIAG-SCHEMA-002 (B)**',
        '  nested',
        '## H',
      ],
      ['DIAG-SCHEMA-001 bold-bullet 1-5 A', 'DIAG-SCHEMA-002 bold-bullet 7-8 B'],
    ],
    [
      'a paragraph under a bold name, with the list that it announces',
      ['**[HSK-A-001] T:**', 'Do this:', '', '1. a', '2. b', '', 'Other', '**[HSK-A-002] U:**', 'x'],
      ['HSK-A-001 bracket 1-5 T', 'HSK-A-002 bracket 8-9 U'],
    ],
    [
      'a bold title that stands alone ends before the next',
      ['**Pillar 1 [CX-DBP-010]**', '', 'Text.', '', '- a', '', '**Rationale:**', 'why'],
      ['CX-DBP-010 bracket 1-5 Pillar 1'],
    ],
    [
      'a line with its list, up to the next line of the family',
      ['[CX-217] A: x', '- one', '[CX-218] B: y', '', '- not its own'],
      ['CX-217 bracket 1-2 A: x', 'CX-218 bracket 3-3 B: y'],
    ],
    [
      'a rule in a text fence ends with the fence',
      ['```', 'RULE-ID-001: Every', '             entity', 'RULE-ID-002: x', '```', 'Text'],
      ['RULE-ID-001 line 2-3 Every', 'RULE-ID-002 line 4-4 x'],
    ],
    [
      'a documented item to its closing brace',
      ['```rust', '/// HSK-TRAIT-001: Guard', 'pub trait G {', '    fn a();', '}', '', 'struct B;', '```'],
      ['HSK-TRAIT-001 doc-comment 2-5 Guard'],
    ],
    [
      'a heading to the end of its section',
      ['# A', '## VAL-X-001: T', 'text', '### Sub', 'text', '## Other'],
      ['VAL-X-001 heading 2-5 T'],
    ],
    [
      'an event in yaml, with its fields and notes',
      [
        '```yaml',
        'FR-EVT-A-001:',
        '  event_type: "a.b"',
        '  payload: { x }',
        '  # NOTE',
        '',
        'FR-EVT-A-002:',
        '  event_type: "a.c"',
        '```',
      ],
      ['FR-EVT-A-001 yaml-event 2-5 a.b', 'FR-EVT-A-002 yaml-event 7-8 a.c'],
    ],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    expect(definitionsIn(lines.join('\n'))).toEqual(expected);
  });
});

describe('identifiersOf: laws', () => {
  const lines = fc.constantFrom(
    ...[
      '# 1. A',
      '## 1.1 B [CX-101]',
      '### INV-MM-001: T',
      'Text INV-A-001.',
      '',
      '- **INV-A-001:** x',
      '  - y',
    ],
    ...[
      '- **INV-A-001 (b)**',
      '[CX-101] N: x',
      '```',
      '```ts',
      '```yaml',
      '````md',
      '````',
      '// FR-EVT-A-001',
    ],
    ...[
      'interface A extends B {',
      "  type: 'a';",
      '}',
      '  | "x" // FR-EVT-A-001',
      'FR-EVT-A-001:',
      '  event_type: "e"',
    ],
    ...['| AP-001 | x |', '/// HSK-A-001: d', '**[HSK-A-001] T:**', '---', 'type E =', '[ADD v1.2]'],
  );
  const documents = fc.array(lines, { maxLength: 40 });
  it('every definition is a place of its id, inside its section and its file', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const index = indexOf(document.join('\n'));
        for (const { definitions, places } of identifiersOf(index)) {
          for (const { file, line, endLine, section, form } of definitions) {
            expect(endLine).toBeGreaterThanOrEqual(line);
            expect(endLine).toBeLessThanOrEqual(index.files[0]!.lines.length);
            expect(section).toBe(sectionAt(index, file, line));
            if (section) expect(endLine).toBeLessThanOrEqual(section.endLine);
            if (!form.startsWith('ts-')) expect(places.some((place) => place.line === line)).toBe(true);
          }
        }
      }),
    );
  });
  it('CRLF and a BOM change nothing', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = document.join('\n');
        const changed = identifiersOf(indexOf(`\ufeff${text.replaceAll('\n', '\r\n')}`));
        expect(changed).toEqual(identifiersOf(indexOf(text)));
      }),
    );
  });
});

describe('identifiersOf: a spec of several files', () => {
  const file = (path: string, text: string): SpecFile => specFileOf(path, new TextEncoder().encode(text));
  const modules = buildIndex('spec-v1.0', [
    file('01-a.md', '---\ntitle: INV-A-009\n---\n\n# 1. A\n\n#### VAL-A-001: Whole\n\nIt MUST hold.\n'),
    file(
      '02-b.md',
      '---\ntitle: b\n---\n\nIt MUST go on.\n\n- **INV-A-001:** It MUST last.\n\n# 2. B\n\nIt MAY stay.\n',
    ),
  ]);
  it('does not read front matter, and lets a section end in a later file', () => {
    const told = identifiersOf(modules).flatMap(({ id, definitions }) =>
      definitions.map(({ file: from, line, endLine, endFile }) => [id, from, line, endLine, endFile]),
    );
    expect(told).toEqual([
      ['VAL-A-001', '01-a.md', 7, 8, '02-b.md'],
      ['INV-A-001', '02-b.md', 7, 7, undefined],
    ]);
  });
  it('an id in a later file stands in the section that began before', () => {
    const { status, section, identifier } = resolveAnchor(modules, '§1 INV-A-001');
    expect([status, section?.number, identifier?.definition.file]).toEqual(['UNIQUE', '1', '02-b.md']);
  });
  it('obligations go on with their section, and belong to the id that it defines', () => {
    expect(mustsOf(modules).map(({ file: from, line, text }) => [from, line, text])).toEqual([
      ['02-b.md', 11, 'It MAY stay.'],
    ]);
  });
});

describe('a line of many ids', () => {
  const many = 50_000;
  it.each([
    ['- ', 'INV-A-001 ', '', 0],
    ['', '[INV-A-001] ', '', 0],
    ['- **', 'INV-A-001 ', '**', 1],
    ['## ', 'VAL-A-001 ', '', 64],
  ])('%s%s names it each time', (before, id, after, defined) => {
    const [found] = identifiersOf(indexOf(`# 1. A\n${before}${id.repeat(many)}${after}\n`));
    expect([found?.places.length, found?.definitions.length]).toEqual([many, defined]);
  });
});
