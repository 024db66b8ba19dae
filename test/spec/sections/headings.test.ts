import { describe, expect, it } from 'vitest';
import {
  buildIndex,
  type MatrixRow,
  parseHeading,
  sameTitle,
  sharedWords,
  specFileOf,
} from '../../../tools/spec/index.ts';
import { matrixRow } from '../../../tools/spec/sections/matrix.ts';

describe('parseHeading', () => {
  const cases: [text: string, number: string | undefined, title: string, tags: string[]][] = [
    ['4.3.9.15 Session Spawn', '4.3.9.15', 'Session Spawn', []],
    ['2. System Architecture', '2', 'System Architecture', []],
    ['6.4. Trailing dot', '6.4', 'Trailing dot', []],
    ['11.9.1.X Session-Scoped [ADD v02.137]', '11.9.1.X', 'Session-Scoped', ['[ADD v02.137]']],
    ['10.11.X.1 Session List', '10.11.X.1', 'Session List', []],
    ['10.11.A — `workspace.json` schema', '10.11.A', '`workspace.json` schema', []],
    ['2.8.v02.13 ANS-001', '2.8.v02.13', 'ANS-001', []],
    ['§8 Compliance', '8', 'Compliance', []],
    ['Â§8 Compliance', '8', 'Compliance', []],
    ['1.2 A (Normative) [ADD v02.1]', '1.2', 'A', ['(Normative)', '[ADD v02.1]']],
    ['1.2 A (NON-NORMATIVE)', '1.2', 'A', ['(NON-NORMATIVE)']],
    ['1.2 A (normative, minimum)', '1.2', 'A', ['(normative, minimum)']],
    ['1.2 A (v0.1)', '1.2', 'A (v0.1)', []],
    ['10 Gotchas (Avoid These)', undefined, '10 Gotchas (Avoid These)', []],
    ['2024-01-15 Report', undefined, '2024-01-15 Report', []],
    ['Title', undefined, 'Title', []],
    ['', undefined, '', []],
  ];
  it.each(cases)('%s', (text, number, title, tags) => {
    const parts = parseHeading(text);
    expect([parts.number, parts.title, parts.tags]).toEqual([number, title, tags]);
  });
  it('knows an appendix by its name, unless it has a number', () => {
    expect(parseHeading('Appendix A: Flow').appendix).toBe(true);
    expect(parseHeading('2.3.14.A Appendix A: Types').appendix).toBe(false);
  });
});

describe('sharedWords', () => {
  const cases: [a: string, b: string, shared: boolean][] = [
    ['Mutation Traceability', 'Definitions', false],
    ['Capability Registry', 'Capabilities & Consent', true],
    ['LlmClient trait', 'LLM Client Adapter', true],
    ['the spec of it', 'the spec of that', false],
  ];
  it.each(cases)('%s · %s', (a, b, shared) => {
    expect(sharedWords(a, b) > 0).toBe(shared);
    expect(sharedWords(b, a) > 0).toBe(shared);
  });
});

describe('sameTitle: may the heading be what the anchor means?', () => {
  const cases: [anchor: string, heading: string, same: boolean, why: string][] = [
    ['', 'Purpose', true, 'an anchor without words cannot be wrong'],
    ['of the spec', 'Purpose', true, 'nor can one of stop words'],
    ['Purpose', '', true, 'a heading without a title says nothing'],
    ['Purpose', 'With', false, 'a title of one stop word is a title'],
    ['With', 'With', true, 'and its own'],
    ['Mutation Traceability', 'Definitions', false, 'nothing is shared'],
    ['Workspace Rules', 'Rules for Agents', false, 'a generic word alone does not tell'],
    ['Memory Schema', 'Consent Schema', false, 'a generic word alone does not tell'],
    ['Data event schemas', 'EVT-DATA (Data Events)', true, 'a word for a subject does, however common'],
    ['Phase 1', 'Tier 1', false, 'a digit does not tell'],
    ['Loom v1', 'Stage v1', false, 'nor does a version'],
    ['Memory Schema', 'Schema', true, 'the anchor says more than the heading'],
    ['Schema', 'Memory Schema', true, 'the anchor says less'],
    ['Overview', 'Overview', true, 'all of it is shared'],
    ['Events', 'Purpose', false, 'two generic words, and not the same'],
    ['Loom events', 'Loom Surface', true, 'a word of its own is shared'],
    ['`devcc.db` schema', '`devcc.db` SQLite schema (v1) DDL', true, 'backticks do not matter'],
    ['LlmClient trait', 'LLM Client Adapter', true, 'one word against two'],
    ['Überblick Sitzung', 'Sitzung im Überblick', true, 'letters outside ASCII'],
    ['Cafe\u0301 rules', 'Caf\u00e9 lights', true, 'composed or not'],
    ['概要', '目的', false, 'scripts without blanks'],
    ['State ↔ Job Mapping', 'State Job Mapping', true, 'an arrow is no word'],
    ['↔', '→', true, 'and cannot be wrong'],
  ];
  it.each(cases)('%s · %s → %s: %s', (anchor, heading, same) => {
    expect(sameTitle(anchor, heading)).toBe(same);
  });
});

describe('a heading without end', () => {
  const many = 50_000;
  it('of tags is taken apart', () => {
    const { number, title, tags } = parseHeading(`1.2 A ${'[ADD v1] '.repeat(many)}`);
    expect([number, title, tags.length, new Set(tags)]).toEqual(['1.2', 'A', many, new Set(['[ADD v1]'])]);
  });
  it('of brackets has no tag', () => {
    for (const text of ['['.repeat(many), '(must '.repeat(many), '[A'.repeat(many)]) {
      expect(parseHeading(`${text}]`).title).toBe(
        text === '[A'.repeat(many) ? '[A'.repeat(many - 1) : `${text}]`,
      );
      expect(parseHeading(`${text})`).tags.length).toBeLessThanOrEqual(1);
    }
  });
  it('of parts is a number, and the deepest listed one of its first 32 says where it belongs', () => {
    const number = `1${'.1'.repeat(many)}`;
    const { sections } = buildIndex('a.md', [
      specFileOf('a.md', new TextEncoder().encode(`# 1. A\n## ${number} B\n## ${number} C\n`)),
    ]);
    expect(sections.map(({ number: own, authority }) => [own?.length, authority])).toEqual([
      [1, 'UNKNOWN'],
      [number.length, 'UNKNOWN'],
      [number.length, 'UNKNOWN'],
    ]);
    const row: MatrixRow = { number: '1.1', title: '', authority: 'YES', phases: [], file: 'a.md', line: 1 };
    expect(matrixRow(new Map([['1.1', row]]), number)).toBe(row);
    expect(matrixRow(new Map([[number, row]]), number)).toBe(row);
    expect(matrixRow(new Map([['2', row]]), number)).toBeUndefined();
    expect(matrixRow(new Map(), number)).toBeUndefined();
  });
});
