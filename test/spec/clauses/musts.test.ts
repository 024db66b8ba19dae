import { describe, expect, it } from 'vitest';
import { type Must, mustsOf, sectionsByNumber } from '../../../tools/spec/index.ts';
import { indexOf } from '../identifiers/fixture.ts';

const HEAD = ['# 1. Vision', '', '## 1.1 Rules', ''];

/** What is found below `## 1.1 Rules`. */
function mustsIn(...lines: string[]): readonly Must[] {
  return mustsOf(indexOf([...HEAD, ...lines].join('\n')));
}

describe('mustsOf: what obliges', () => {
  const cases: [text: string, expected: string[]][] = [
    ['It MUST hold.', ['MUST']],
    ['It MUST NOT fail.', ['MUST NOT']],
    ['It **MUST NOT** fail.', ['MUST NOT']],
    ['It SHALL hold. It SHALL NOT fail.', ['MUST', 'MUST NOT']],
    ['A reason is REQUIRED.', ['MUST']],
    ['It SHOULD hold. It SHOULD NOT fail. It is RECOMMENDED.', ['SHOULD', 'SHOULD NOT', 'SHOULD']],
    ['It MAY stay.', ['MAY']],
    ['It MAY stay, but MUST be logged.', ['MUST']],
    ['It SHOULD sample, and MUST NOT lose.', ['MUST NOT']],
    ['It must hold, and may stay.', []],
    ['**Rules (MUST)**', []],
    ['Rules (MUST, HARD):', []],
    ['The word `MUST` is code.', []],
    ['A MUST-have.', []],
    ['It holds (and MUST hold).', ['MUST']],
    ['| It MUST hold | x |', []],
    ['A session MUST be ACTIVE (INV-SESS-003).', ['MUST']],
    ['- **INV-SESS-001:** It MUST hold.', []],
    ['- **TRUST-001:** It MUST carry:\n  - what MUST be.', []],
    ['**[HSK-WF-001] T:**\nIt MUST hold.', []],
    ['##### INV-MM-001: T\n\nIt MUST hold.', []],
    ['##### Gate [CX-DBP-001]\n\nIt MUST hold.', ['MUST']],
    ['#### FR-EVT-006 (L)\n\nIt MUST hold.', ['MUST']],
    ['- **FR-EVT-001 (E)**\n\nIt MUST hold.', ['MUST']],
    ['```\nIt MUST hold.\n```', []],
    ['```yaml\na: 1 # It MUST hold.\n```\n\nIt MAY stay.', ['MAY']],
    ['````md\n### 1.1.5 Pasted\n\nIt MUST hold.\n````', ['MUST']],
    ['### 1.1.1 Notes (Informative)\n\nIt MUST hold.\n\n#### 1.1.1.1 Deeper\n\nIt MUST hold.', []],
    ['### 1.1.1 Notes (non-normative)\n\nIt MUST hold.', []],
    ['## 1.2 Development Roadmap\n\nIt MUST hold.', []],
    ['## Appendix A\n\nIt MUST hold.', []],
  ];
  it.each(cases)('%j', (text, expected) => {
    expect(mustsIn(...text.split('\n')).map(({ modality }) => modality)).toEqual(expected);
  });
});

describe('mustsOf: the key', () => {
  const keys = (...lines: string[]): string[] => mustsIn(...lines).map(({ key }) => key);

  it('is the section number, the word and a hash of the sentence', () => {
    expect(keys('It MUST hold.', '', 'It MAY stay.')).toEqual(['1.1#must-f67e8c', '1.1#may-0e2f42']);
  });
  it('survives what comes before it, a new layout, and markup', () => {
    const [key] = keys('It MUST hold at all times.');
    expect(
      keys('New text. It SHOULD rest.', '', '- It **MUST** hold', '  at all times. [ADD v01.03]')[1],
    ).toBe(key);
  });
  it('is another one for other words and in another section', () => {
    const [key] = keys('It MUST hold.');
    expect(keys('It MUST last.')[0]).not.toBe(key);
    expect(keys('### 1.1.4 More', '', 'It MUST hold.')).toEqual([key!.replace('1.1#', '1.1.4#')]);
  });
  it('takes the number of the section around where its own has none', () => {
    const [key] = keys('It MUST hold.');
    expect(keys('### Unnumbered', '', 'It MUST hold.')).toEqual([key]);
  });
  it('of a sentence that is said twice has its turn behind it', () => {
    const [key] = keys('It MUST hold.');
    expect(keys('It MUST hold.', '', 'It MUST hold.')).toEqual([key, `${key}-2`]);
  });
});

describe('mustsOf: place and fingerprint', () => {
  it('a sentence has its own lines, and those of the list that it announces', () => {
    const musts = mustsIn(
      'First one. It MUST',
      'hold.',
      '',
      'It MUST NOT hold:',
      '',
      '- a',
      '- b MAY',
      '',
      'Text',
    );
    expect(musts.map(({ line, endLine, text }) => [line, endLine, text])).toEqual([
      [5, 6, 'It MUST hold.'],
      [8, 11, 'It MUST NOT hold:'],
      [11, 11, 'b MAY'],
    ]);
    expect(musts[0]?.section.number).toBe('1.1');
  });
  it('the fingerprint is of the sentence and its list, not of its neighbours', () => {
    const print = (...lines: string[]): string =>
      mustsIn(...lines).find(({ text }) => text.startsWith('It'))!.fingerprint;
    const own = print('It MUST hold:', '- a');
    expect(print('Before.', '', 'It MUST hold:', '- a', '', 'Behind.')).toBe(own);
    expect(print('It MUST hold:', '- b')).not.toBe(own);
    expect(print('It MUST hold.')).not.toBe(own);
  });
  it('double encoding is no change', () => {
    const [sound] = mustsIn('It MUST hold – always.');
    const [broken] = mustsIn('It MUST hold â€“ always.');
    expect([broken?.key, broken?.fingerprint, broken?.text]).toEqual([
      sound?.key,
      sound?.fingerprint,
      sound?.text,
    ]);
  });
  it('of one section gives those in it and below it', () => {
    const index = indexOf(
      [...HEAD, 'A MUST.', '', '### 1.1.1 B', '', 'B MUST.', '', '## 1.2 C', '', 'C MUST.'].join('\n'),
    );
    const texts = (number: string): string[] =>
      mustsOf(index, sectionsByNumber(index, number)[0]).map(({ text }) => text);
    expect(texts('1.1')).toEqual(['A MUST.', 'B MUST.']);
    expect(texts('1.1.1')).toEqual(['B MUST.']);
    expect(mustsOf(index)).toHaveLength(3);
  });
});

it('a paragraph of 50,000 sentences gives each its line', () => {
  const musts = mustsIn(...new Array<string>(50_000).fill('It MUST do.'));
  expect(musts.length).toBe(50_000);
  expect(musts.every(({ line, endLine }, at) => line === at + 5 && endLine === line)).toBe(true);
});
