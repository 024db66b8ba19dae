import { describe, expect, it } from 'vitest';
import { parseHeading, sharedWords } from '../../tools/spec/index.ts';

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
