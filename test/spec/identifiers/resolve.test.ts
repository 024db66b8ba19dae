import { describe, expect, it } from 'vitest';
import { type AnchorResult, resolveAnchor } from '../../../tools/spec/index.ts';
import { indexOf } from './fixture.ts';

const TEXT = `# 1. Vision

## 1.1 Sessions

- **INV-SESS-001:** A session MUST have an id.
- **INV-SESS-002:** Content MUST be hashed.

### 1.1.1 Consent

Violation is \`CX-MM-CONSENT-MISSING\`. [ADD v01.01]

### 1.1.2 Mirror (canonical in 1.3)

- **DIAG-SCHEMA-001 (Shape)** see there

## 1.2 Loom

**[LM-TAG-001]** Tags MUST be typed (see §9).

**[LM-TAG-002]** Tags MUST be plain.

## 1.3 Events [ADD v01.02]

- **DIAG-SCHEMA-001 (Shape)** all of it

| Event ID | Name |
|---|---|
| FR-EVT-MT-001 | started |
| FR-EVT-MT-002 | ended |
| FR-EVT-WP-001 | made |

\`\`\`ts
// FR-EVT-WP-001
interface Made {
  event_name: "made";
}
\`\`\`

\`\`\`yaml
FR-EVT-SESS-001:
  event_type: "s.a"

FR-EVT-SESS-002:
  event_type: "s.b"

FR-EVT-SESS-SPAWN-001:
  event_type: "s.c"
\`\`\`

## 1.4 Again [ADD v01.02]

- **[LM-TAG-001]** Tags MUST be typed (see §7).
- **[LM-TAG-002]** Tags MUST be coloured.

| FR-EVT-MT-001 | registered |

# 7. Work

## 7.5 Templates

\`\`\`\`md
# Codex

## 2. Rules [CX-100]

[CX-101] ONE_CLIENT: All calls go through one client.

- [CX-101]: one client
\`\`\`\`

## Appendix: Old

### 9.1 Events of old

| FR-EVT-MT-002 | finished |
`;

const index = indexOf(TEXT);
const LINES = index.files[0]!.lines.length;
const line = (text: string): number => TEXT.split('\n').findIndex((one) => one.startsWith(text)) + 1;
const told = (result: AnchorResult): unknown[] => [
  result.status,
  result.identifier?.definition.line,
  result.section?.number,
  result.flags,
];

describe('resolveAnchor: identifiers', () => {
  const cases: [
    anchor: string,
    status: string,
    at: string | undefined,
    section: string | undefined,
    flags: string[],
  ][] = [
    ['INV-SESS-001', 'UNIQUE', '- **INV-SESS-001', '1.1', []],
    ['[INV-SESS-001] A session', 'UNIQUE', '- **INV-SESS-001', '1.1', []],
    ['INV-SESS-001 Cloud budget', 'TITLE_MISMATCH', '- **INV-SESS-001', '1.1', []],
    ['Acme_Master_Spec_v01.01.md INV-SESS-001', 'UNIQUE', '- **INV-SESS-001', '1.1', ['STALE_VERSION']],
    ['1.1 INV-SESS-002', 'UNIQUE', '- **INV-SESS-002', '1.1', []],
    ['1.1 INV-SESS-002 Content hashed', 'UNIQUE', '- **INV-SESS-002', '1.1', []],
    ['1.1 INV-SESS-002 Cloud budget', 'TITLE_MISMATCH', '- **INV-SESS-002', '1.1', []],
    ['1.2 INV-SESS-002', 'TITLE_MISMATCH', undefined, '1.2', []],
    ['1.2 Loom [INV-SESS-002]', 'UNIQUE', undefined, '1.2', []],
    ['1.9 INV-SESS-002', 'UNRESOLVED', undefined, undefined, []],
    ['INV-SESS-001 + INV-SESS-002', 'UNIQUE', '- **INV-SESS-001', '1.1', []],
    ['INV-SESS-001/002/009', 'UNRESOLVED', '- **INV-SESS-001', '1.1', []],
    ['INV-SESS-009', 'UNRESOLVED', undefined, undefined, []],
    ['CX-MM-CONSENT-MISSING', 'UNRESOLVED', undefined, undefined, []],
    ['CX-101', 'IN_TEMPLATE_FENCE', '[CX-101]', '2', []],
    ['CX-100', 'IN_TEMPLATE_FENCE', '## 2. Rules', '2', []],
    ['LM-TAG-001', 'UNIQUE', '- **[LM-TAG-001]', '1.4', []],
    ['LM-TAG-002', 'AMBIGUOUS', undefined, undefined, []],
    ['DIAG-SCHEMA-001', 'UNIQUE', '- **DIAG-SCHEMA-001 (Shape)** all', '1.3', ['TIE_BROKEN_BY_PLACE']],
    ['FR-EVT-MT-001', 'AMBIGUOUS', undefined, undefined, []],
    ['FR-EVT-MT-002', 'UNIQUE', '| FR-EVT-MT-002 | ended', '1.3', ['TIE_BROKEN_BY_PLACE']],
    ['FR-EVT-WP-001', 'UNIQUE', 'interface Made', '1.3', []],
    ['FR-EVT-SESS-*', 'UNIQUE', undefined, '1.3', ['WILDCARD']],
    ['FR-EVT-MT-*', 'AMBIGUOUS', undefined, '1.3', ['WILDCARD']],
    ['FR-EVT-NOPE-*', 'UNRESOLVED', undefined, undefined, []],
    ['[ADD v01.01]', 'UNIQUE', undefined, '1.1.1', []],
    ['[ADD v01.02]', 'AMBIGUOUS', undefined, undefined, []],
  ];
  it.each(cases)('%s → %s', (anchor, status, at, section, flags) => {
    const result = resolveAnchor(index, anchor);
    expect(told(result)).toEqual([status, at === undefined ? undefined : line(at), section, flags]);
    expect(result.fingerprint !== undefined).toBe(section !== undefined);
    if (status !== 'UNIQUE') expect(result.reasons).not.toEqual([]);
  });

  const reasons: [anchor: string, reasons: string[]][] = [
    ['INV-SESS-009', ['no id INV-SESS-009 is named in v01.02', 'nearest: INV-SESS-001']],
    ['INV-SESSION-77', ['no id INV-SESSION-77 is named in v01.02']],
    ['INV-SSES-002', ['no id INV-SSES-002 is named in v01.02', 'nearest: INV-SESS-002']],
    [
      'CX-MM-CONSENT-MISSING',
      ['CX-MM-CONSENT-MISSING is named 1 time, first at line 10, and defined nowhere'],
    ],
    ['[ADD v01.02]', ['the tag marks 2 sections: it stands 2 times, first at line 22']],
    ['FR-EVT-SESS-*', ['it covers 2 ids: FR-EVT-SESS-001 to FR-EVT-SESS-002']],
    ['FR-EVT-NOPE-*', ['no id is defined that begins with FR-EVT-NOPE-']],
    ['1.2 INV-SESS-002', ['1.2 does not define INV-SESS-002', 'INV-SESS-002 stands in 1.1, line 6']],
    ['1.9 INV-SESS-002', ['no heading has the number 1.9', 'INV-SESS-002 stands in 1.1, line 6']],
    [
      'INV-SESS-001 Cloud budget',
      ['INV-SESS-001 says "A session MUST have an id.", the anchor says "Cloud budget"'],
    ],
    [
      'LM-TAG-002',
      [
        '2 places define LM-TAG-002',
        '2 definitions of LM-TAG-002 differ: line 20 "Tags MUST be plain.", line 53 "Tags MUST be coloured."',
      ],
    ],
    [
      'CX-101',
      [
        '2 places define CX-101',
        'it stands inside the template fence of line 61',
        'it stands under 7.5, not where its number says',
      ],
    ],
  ];
  it.each(reasons)('%s says why', (anchor, expected) => {
    expect(resolveAnchor(index, anchor).reasons).toEqual(expected);
  });

  it('all places of a name are candidates, the chosen one first', () => {
    const numbers = (anchor: string): unknown[] =>
      resolveAnchor(index, anchor).candidates.map(({ number }) => number);
    expect(numbers('LM-TAG-002')).toEqual(['1.2', '1.4']);
    expect(numbers('DIAG-SCHEMA-001')).toEqual(['1.3', '1.1.2']);
    expect(numbers('[ADD v01.02]')).toEqual(['1.3', '1.4']);
    expect(numbers('CX-MM-CONSENT-MISSING')).toEqual(['1.1.1']);
  });

  it('the fingerprint is that of the clause: a neighbour does not touch it, a word in it does', () => {
    const print = (text: string, id: string): string | undefined =>
      resolveAnchor(indexOf(text), id).fingerprint;
    const other = TEXT.replace('hashed', 'sealed').replace('## 1.1 Sessions', '## 1.1 Sessions\n\nMore.');
    expect(print(other, 'INV-SESS-001')).toBe(print(TEXT, 'INV-SESS-001'));
    expect(print(other, 'INV-SESS-002')).not.toBe(print(TEXT, 'INV-SESS-002'));
  });
});

describe('resolveAnchor: lines', () => {
  const file = 'Acme_Master_Spec_v01.02.md';
  it.each([
    [`${file}:10`, 'UNIQUE', '1.1.1', 'line 10 stands in the section of line 8'],
    [`${file}:10 Violation (why)`, 'UNIQUE', '1.1.1', 'line 10 stands in the section of line 8'],
    [`${file}:10 Cloud budget`, 'TITLE_MISMATCH', '1.1.1', 'nothing there says "Cloud budget"'],
    [`${file}:67`, 'IN_TEMPLATE_FENCE', '2', 'it stands inside the template fence of line 61'],
    [`${file}:9999`, 'UNRESOLVED', undefined, `${file} has ${LINES} lines, none of them 9999`],
    [`${file}:0`, 'UNRESOLVED', undefined, `${file} has ${LINES} lines, none of them 0`],
    [
      'Acme_Master_Spec_v01.01.md:10',
      'UNRESOLVED',
      undefined,
      'line 10 is one of Acme_Master_Spec_v01.01.md, and this is v01.02',
    ],
  ])('%s → %s', (anchor, status, section, reason) => {
    const result = resolveAnchor(index, anchor, { knownSpecFiles: [file] });
    expect([result.status, result.section?.number]).toEqual([status, section]);
    expect(result.reasons).toContain(reason);
  });
  it('a line of a version that is not at hand is flagged', () => {
    const { flags } = resolveAnchor(index, 'Acme_Master_Spec_v01.01.md:10', { knownSpecFiles: [file] });
    expect(flags).toEqual(['STALE_VERSION', 'SPEC_FILE_ABSENT']);
  });
  it('a module is known by its name and the version in its folder', () => {
    const modules = indexOf('# 1. A\n\n## 1.1 B\n', 'spec/master-spec-v02.186/spec-modules/01-a.md');
    const flags = (anchor: string): string[] => resolveAnchor(modules, anchor, { knownSpecFiles: [] }).flags;
    expect(flags('spec/master-spec-v02.186/spec-modules/01-a.md 1.1 B')).toEqual([]);
    expect(flags('spec/master-spec-v02.185/spec-modules/01-a.md 1.1 B')).toEqual([
      'STALE_VERSION',
      'SPEC_FILE_ABSENT',
    ]);
  });
});

it('however often a line is defined, the first that says it counts', () => {
  const many = 600_000;
  const index = indexOf(`# 1. Vision\n\n${'- **INV-AB-001:** It holds.\n'.repeat(many)}`);
  const { status, reasons } = resolveAnchor(index, 'INV-AB-001');
  expect(status).toBe('UNIQUE');
  expect(reasons).toContain(`${many} places define INV-AB-001`);
});
