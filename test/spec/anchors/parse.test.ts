import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnchor } from '../../../tools/spec/index.ts';

const FILE = 'Some_Master_Spec_v02.137.md';

/** Only what differs from a query that says nothing. */
function parsed(text: string): Record<string, unknown> {
  const { text: _text, ...query } = parseAnchor(text);
  return Object.fromEntries(
    Object.entries(query).filter(
      ([, value]) => value !== false && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

const named = { file: FILE, version: 'v02.137' };

describe('parseAnchor', () => {
  const cases: [text: string, expected: Record<string, unknown>][] = [
    [`${FILE} 2.3.11 Data Retention (Normative)`, { ...named, number: '2.3.11', title: 'Data Retention' }],
    [`\`${FILE}\` 2.3.11 Data`, { ...named, number: '2.3.11', title: 'Data' }],
    [`- ${FILE} §2.3.11 Data`, { ...named, number: '2.3.11', title: 'Data' }],
    [`docs/${FILE}#2.3.11`, { ...named, file: `docs/${FILE}`, number: '2.3.11' }],
    ['2.3.15.3 Mechanical Operations', { number: '2.3.15.3', title: 'Mechanical Operations' }],
    ['AÂ§2.6.8.10 Role Mailbox (Normative)', { number: '2.6.8.10', title: 'Role Mailbox' }],
    ['A§2.6.8.10 Role Mailbox', { number: '2.6.8.10', title: 'Role Mailbox' }],
    ['§9 Skills', { number: '9', title: 'Skills' }],
    ['9. Skills', { number: '9', title: 'Skills' }],
    [`${FILE} Â§6.3 / Â§11.8 (Tool Bus)`, { ...named, number: '6.3', others: ['11.8'] }],
    [`${FILE}:7.5.4 (Kernel: gated)`, { ...named, number: '7.5.4', title: 'Kernel: gated', noted: true }],
    [
      `${FILE} §2.3.14 (AI-Ready Data) (Normative)`,
      { ...named, number: '2.3.14', title: 'AI-Ready Data', noted: true },
    ],
    [`${FILE} 7.2.0.5 (updated in v02.137 note)`, { ...named, number: '7.2.0.5' }],
    [`${FILE} 7.2.0.5 (Normative) [ADD v02.137]`, { ...named, number: '7.2.0.5' }],
    [`${FILE} 7.2.5 + 6.0.1`, { ...named, number: '7.2.5', others: ['6.0.1'] }],
    [
      `${FILE} 10.11.A .x/workspace.json schema (v1.0)`,
      { ...named, number: '10.11.A', title: 'x/workspace.json schema' },
    ],
    [
      `${FILE} 11.9.1.X Session-Scoped [ADD v02.137]`,
      { ...named, number: '11.9.1.X', title: 'Session-Scoped' },
    ],
    [
      `${FILE} 2.8.v02.13 ANS-001 Invocation`,
      { ...named, number: '2.8.v02.13', title: 'ANS-001 Invocation' },
    ],
    [
      `${FILE} 4.3.9.15.* Spawn events (FR-*)`,
      { ...named, number: '4.3.9.15', wildcard: true, title: 'Spawn events' },
    ],
    ['4.3.9.12–4.3.9.21 Sessions', { number: '4.3.9.12', rangeEnd: '4.3.9.21', title: 'Sessions' }],
    ['4.3.9.12-.21', { number: '4.3.9.12', rangeEnd: '4.3.9.21' }],
    ['4.3.9.12-21 Sessions', { number: '4.3.9.12', rangeEnd: '4.3.9.21', title: 'Sessions' }],
    ['4.3.9 - 12 rules', { number: '4.3.9', title: '12 rules' }],
    ['4.3.9 – Title', { number: '4.3.9', title: 'Title' }],
    [`${FILE} Addendum: 2.4 ViewMode (SFW)`, { ...named, number: '2.4', addendum: true, title: 'ViewMode' }],
    [
      `${FILE} Addendum: 4.3 Tier1 default (HARD) + Addendum: 14.3 Validators (X)`,
      {
        ...named,
        number: '4.3',
        addendum: true,
        others: ['14.3'],
        otherTitles: { '14.3': 'Validators' },
        title: 'Tier1 default',
      },
    ],
    ['11.5 Event Shapes & Retention -> FR-EVT-007', { number: '11.5', title: 'Event Shapes & Retention' }],
    ['2.6.8.12 Protocol (A) (Normative) [ADD v02.120] (a note)', { number: '2.6.8.12', title: 'Protocol' }],
    ['2.3.10 Artifact System (incl. 2.3.10.9 / 2.3.10.8)', { number: '2.3.10', title: 'Artifact System' }],
    ['Cloud leakage rules (ModelTier)', { title: 'Cloud leakage rules' }],
    ['10 Gotchas', { title: '10 Gotchas' }],
    ['3D rendering', { title: '3D rendering' }],
    [`${FILE}:Role Mailbox export`, { ...named, title: 'Role Mailbox export' }],
    ['', {}],
    // One row for every shape that stubs and refinements are known to use, beside those above.
    [`${FILE} §2.3 Store`, { ...named, number: '2.3', title: 'Store' }],
    [`${FILE} Â§6.3 / Â§11.8 (Bus: a/b)`, { ...named, number: '6.3', others: ['11.8'] }],
    ['§7.5.4.8–§7.5.4.9', { number: '7.5.4.8', rangeEnd: '7.5.4.9' }],
    [`${FILE} 10.11.X`, { ...named, number: '10.11.X' }],
    [
      `${FILE} 2.6.6.7.14.6(B) (Query; exact)`,
      { ...named, number: '2.6.6.7.14.6', title: 'Query; exact', noted: true },
    ],
    [`${FILE} 11.10.4 (2) Register`, { ...named, number: '11.10.4', title: 'Register' }],
    [`${FILE} 6`, { ...named, number: '6' }],
    [`${FILE} Engine: A (B) -> \`a.b\``, { ...named, title: 'Engine: A' }],
    [
      '.GOV/spec/master-spec-v02.185/spec-modules/07-user.md 7.1 Panes',
      {
        file: '.GOV/spec/master-spec-v02.185/spec-modules/07-user.md',
        version: 'v02.185',
        number: '7.1',
        title: 'Panes',
      },
    ],
    // After a colon a dotted number is a section, a whole one a line.
    [`${FILE}:35191`, { ...named, line: 35_191 }],
    [`${FILE}:35191-35210 (window)`, { ...named, line: 35_191 }],
    [`${FILE}#L12`, { ...named, line: 12 }],
    [`${FILE}:35191 Recorder (always on)`, { ...named, line: 35_191, title: 'Recorder' }],
    [`${FILE}:46633 11.7.4 Order`, { ...named, line: 46_633, number: '11.7.4', title: 'Order' }],
    [`${FILE}:46633 7 gates`, { ...named, line: 46_633, title: '7 gates' }],
    // Identifiers.
    ['INV-SPAWN-001', { identifier: 'INV-SPAWN-001' }],
    ['`TRUST-003`', { identifier: 'TRUST-003' }],
    ['[CX-573F]', { identifier: 'CX-573F' }],
    ['[ADD v02.137]', { identifier: 'ADD v02.137' }],
    [`${FILE} INV-SPAWN-001 Depth check`, { ...named, identifier: 'INV-SPAWN-001', title: 'Depth check' }],
    [`${FILE} [CX-224] STORE (a)`, { ...named, identifier: 'CX-224', title: 'STORE' }],
    ['2B) Hygiene [CX-573E]', { identifier: 'CX-573E', title: '2B) Hygiene' }],
    ['FR-EVT-SESS-*', { identifier: 'FR-EVT-SESS', wildcard: true }],
    ['TRUST-001/002', { identifier: 'TRUST-001', others: ['TRUST-002'] }],
    ['INV-WS-001, INV-WS-003', { identifier: 'INV-WS-001', others: ['INV-WS-003'] }],
    [
      'FR-EVT-CLOUD-001..003 Events',
      { identifier: 'FR-EVT-CLOUD-001', others: ['FR-EVT-CLOUD-002', 'FR-EVT-CLOUD-003'], title: 'Events' },
    ],
    ['11.5 FR-EVT-001 (X)', { number: '11.5', identifier: 'FR-EVT-001', title: 'FR-EVT-001' }],
    ['2.3.12.1 Pillar 4 [CX-DBP-013]', { number: '2.3.12.1', identifier: 'CX-DBP-013', title: 'Pillar 4' }],
    ['11.5 Shapes (FR-EVT-001)', { number: '11.5', title: 'Shapes' }],
    ['4.3 Title (Normative) [ADD v02.137]', { number: '4.3', title: 'Title' }],
    ['SHA-256 and UTF-8', { title: 'SHA-256 and UTF-8' }],
    ['MT-VAL-003 unique', { identifier: 'MT-VAL-003', title: 'unique' }],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });
});

describe('parseAnchor: laws', () => {
  const numbers = fc
    .array(fc.oneof(fc.integer({ min: 1, max: 40 }).map(String), fc.constantFrom('X', 'A', 'v02')), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => ['2', ...parts].join('.'));
  const pieces = fc.constantFrom(
    ...[
      FILE,
      ' ',
      ':',
      '#',
      '§',
      'Â§',
      'A§',
      '.*',
      '–',
      '-',
      '.21',
      ' + ',
      ' / ',
      ', ',
      ' -> ',
      '..',
      '/002',
    ],
    ...['Addendum: ', '(note)', '(', ')', '[', ']', '`', '**', '[ADD v02.137]', '(Normative)', '35191', '6'],
    ...['INV-SPAWN-001', 'FR-EVT-SESS-*', 'CX-573F', '[CX-101]', 'Title', 'of', '\ud800', '\u00c2', '\n'],
  );
  const written = fc.array(fc.oneof(pieces, numbers, fc.string({ maxLength: 6 })), { maxLength: 9 });

  it('never throws, whatever it is given, and keeps the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          written.map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => {
          expect(parseAnchor(text).text).toBe(text);
        },
      ),
      { numRuns: 2000 },
    );
  });
  it('a long anchor of brackets, numbers and ids ends: nothing in it is read twice over', () => {
    for (const part of ['(', '[', '1.2 / ', 'INV-A-', 'FR-EVT-A-', '- ', '`', ' + 1.2']) {
      const text = part.repeat(30_000);
      expect(parseAnchor(text).text).toBe(text);
    }
  });
  it('another version changes the file and nothing else that was said', () => {
    const next = 'Some_Master_Spec_v02.138.md';
    fc.assert(
      fc.property(numbers, written, (number, parts) => {
        const text = `${FILE} ${number} ${parts.filter((part) => part !== FILE).join('')}`;
        const { text: _old, file: _file, version: _version, ...before } = parseAnchor(text);
        const { text: _new, file, version, ...after } = parseAnchor(text.replaceAll(FILE, next));
        expect(after).toEqual(before);
        expect([file, version]).toEqual([next, 'v02.138']);
      }),
    );
  });
});

describe('an anchor without end', () => {
  it.each([
    ['notes', ' (a)', 'Title'],
    ['tags', ' [ADD v1]', 'Title'],
    ['blanks', ' ', 'Title'],
    ['tabs', '\t', 'Title'],
    ['arrows', ' ->', 'Title'],
    ['further numbers', ' / 1.3', 'Title'],
  ])('of %s is read as far as 4 KB', (_name, part, title) => {
    const text = `1.2 Title${part.repeat(20_000)}`;
    const query = parseAnchor(text);
    expect([query.text, query.number, query.title]).toEqual([text, '1.2', title]);
  });
  it('of ids in brackets', () => {
    expect(parseAnchor(`Words${' [CX-101]'.repeat(20_000)}`).identifier).toBe('CX-101');
    expect(parseAnchor(`Words${' [CX-101]'.repeat(440)} (`).identifier).toBeUndefined();
  });
  it('blanks before it do not count', () => {
    expect(parseAnchor(`${' '.repeat(20_000)}1.2 Title`).number).toBe('1.2');
  });
});
