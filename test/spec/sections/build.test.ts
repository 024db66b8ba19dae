import { describe, expect, it } from 'vitest';
import { fingerprintOf, resolveAnchor, type SpecSection, sectionLines } from '../../../tools/spec/index.ts';
import { fixtureIndex, lineOf, SPEC } from '../spec-fixture.ts';

const index = fixtureIndex();

function at(heading: string): SpecSection {
  const section = index.sections.find((candidate) => candidate.line === lineOf(heading));
  if (!section) throw new Error(`no section at "${heading}"`);
  return section;
}

describe('sections', () => {
  const ranges: [heading: string, endsBefore: string][] = [
    ['# 1. Vision', '# 7. Work'],
    ['## 1.1 Purpose', '## 1.2 Sessions'],
    ['### 1.1.1 Scope [', '### 1.1.1 Scope again'],
    ['### 1.2.2 Spawn', '## 1.3 Hidden half'],
    ['## 1.3 Hidden half', '# 7. Work'],
    ['## 7.5 Templates', '## 7.6 Development'],
  ];
  it.each(ranges)('%s ends before %s', (heading, next) => {
    expect(at(heading).endLine).toBe(lineOf(next) - 1);
  });
  it('a section inside a template ends with the template', () => {
    expect(at('#### 1.2.5 Pasted').endLine).toBe(lineOf('### 7.5.1') - 2);
    expect(at('#### 1.2.5 Pasted').container).toBe(lineOf('````md'));
  });
  it('the physical parent crosses the fence', () => {
    expect(index.sections[at('# Codex').parent ?? -1]).toBe(at('## 7.5 Templates'));
  });
  it('a level 1 heading without number, tag or name is converted code', () => {
    expect(index.sections.map((section) => section.line)).not.toContain(lineOf('# ADD v01.02'));
    expect(index.sections[0]?.title).toBe('Acme Master Specification v01.02');
  });
  it('the last section ends with the file', () => {
    expect(index.sections.at(-1)?.endLine).toBe(SPEC.split('\n').length - 1);
  });
});

describe('authority', () => {
  const cases: [heading: string, number: string, place: string, kind: string, inPlace: boolean][] = [
    ['### 1.1.1 Scope [', 'YES', 'YES', 'body', true],
    ['#### 2.3.4 Lost', 'UNKNOWN', 'YES', 'body', false],
    ['#### 1.2.5 Pasted', 'YES', 'NO', 'body', false],
    ['### 7.5.1', 'NO', 'NO', 'body', true],
    ['### 7.6.3', 'UNKNOWN', 'UNKNOWN', 'roadmap', true],
    ['## 11.5 Events', 'UNKNOWN', 'UNKNOWN', 'body', true],
    ['### 9.3', 'UNKNOWN', 'UNKNOWN', 'appendix', true],
    ['### 11.5 Events of old', 'UNKNOWN', 'UNKNOWN', 'appendix', false],
  ];
  it.each(cases)('%s: number %s, place %s, %s, in place %s', (heading, number, place, kind, inPlace) => {
    const section = at(heading);
    expect([section.authority, section.placeAuthority, section.kind, section.inPlace]).toEqual([
      number,
      place,
      kind,
      inPlace,
    ]);
  });
  it('the matrix is read with its phases', () => {
    expect(index.matrix?.map((row) => `${row.number} ${row.authority} ${row.phases.join('+')}`)).toEqual([
      '1.1 YES P1+P2',
      '1.2 YES P1',
      '1.2.2 YES P1',
      '1.3 YES P1',
      '7.5 NO P1',
    ]);
  });
});

describe('blocks', () => {
  it('carry language, section and container', () => {
    const blocks = index.blocks.map(
      (block) => `${block.line} ${block.lang} ${block.section?.number ?? '-'} ${block.container ?? '-'}`,
    );
    expect(blocks).toEqual([
      `${lineOf('```ts')} ts 1.2.X -`,
      `${lineOf('```yaml')} yaml 1.3.1 -`,
      `${lineOf('````md')} md 7.5 -`,
      `${lineOf('Pasted:') - 1} yaml 1.2.5 ${lineOf('````md')}`,
    ]);
    expect(index.blocks.at(-1)?.lines).toEqual(['Pasted:', '  id: uuid']);
  });
});

describe('findings and fingerprints', () => {
  it('every repair is a warning with its line', () => {
    expect(index.findings.map((finding) => [finding.rule, finding.severity, finding.place.line])).toEqual([
      ['spec/broken-fence', 'warning', lineOf('### 1.3.1') - 1],
      ['spec/in-template-fence', 'warning', lineOf('#### 1.2.5 Pasted')],
    ]);
    expect(index.findings[0]?.message).toBe(
      `Unexpected fence: a stray fence without an opener: line ${lineOf('### 1.3.1')} would be inside it, expected an opening fence before it (read by repair rule R1; without it 1 heading from line ${lineOf('### 1.3.1')} on is lost)`,
    );
  });
  it('lines are the whole physical range', () => {
    expect(sectionLines(index, at('### 1.2.2 Spawn'))).toEqual([
      '### 1.2.2 Spawn',
      '#### 1.2.2.1 Request',
      '#### 1.2.2.2 Response',
    ]);
  });
  it('a fingerprint forgets trailing blanks and double encoding, not indentation', () => {
    const print = (text: string): string | undefined =>
      resolveAnchor(fixtureIndex(text), '1.1.1 Scope').fingerprint;
    const base = (line: string): string => `# 1. A\n## 1.1 B\n### 1.1.1 Scope\n${line}\n`;
    expect(print(base('see §4 – x'))).toBe(print(base('see Â§4 – x  ')));
    expect(print(base('  a: 1'))).not.toBe(print(base('a: 1')));
    expect(print(base('a: 1'))).not.toBe(print(base('a: 1 # default')));
  });
  it('the same section has the same fingerprint wherever it stands', () => {
    const moved = fixtureIndex(`\n\n${SPEC}`);
    const section = moved.sections.find((candidate) => candidate.number === '1.2.2');
    expect(section && fingerprintOf(moved, section)).toBe(fingerprintOf(index, at('### 1.2.2 Spawn')));
  });
  it('the version comes from the name', () => {
    expect(index.version).toBe('v01.02');
  });
});
