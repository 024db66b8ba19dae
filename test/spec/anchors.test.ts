import { describe, expect, it } from 'vitest';
import { parseAnchor } from '../../tools/spec/index.ts';

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
    [`${FILE}:7.5.4 (Kernel: gated)`, { ...named, number: '7.5.4', title: 'Kernel: gated' }],
    [`${FILE} §2.3.14 (AI-Ready Data) (Normative)`, { ...named, number: '2.3.14', title: 'AI-Ready Data' }],
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
      { ...named, number: '4.3', addendum: true, others: ['14.3'], title: 'Tier1 default' },
    ],
    ['11.5 Event Shapes & Retention -> FR-EVT-007', { number: '11.5', title: 'Event Shapes & Retention' }],
    ['2.6.8.12 Protocol (A) (Normative) [ADD v02.120] (a note)', { number: '2.6.8.12', title: 'Protocol' }],
    ['2.3.10 Artifact System (incl. 2.3.10.9 / 2.3.10.8)', { number: '2.3.10', title: 'Artifact System' }],
    ['Cloud leakage rules (ModelTier)', { title: 'Cloud leakage rules' }],
    ['10 Gotchas', { title: '10 Gotchas' }],
    ['3D rendering', { title: '3D rendering' }],
    [`${FILE}:Role Mailbox export`, { ...named, title: 'Role Mailbox export' }],
    ['', {}],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });
});
