import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SpecIndex, sectionsByNumber } from '../../tools/spec/index.ts';
import { cutLines, indexOf, type Layout, laidOut, meaningOf } from '../spec/sections/layout.ts';
import { corpusRoot } from '../support/corpus.ts';

describe('the Master Spec v02.137 in other layouts', () => {
  const text = readFileSync(join(corpusRoot, 'Handshake_Master_Spec_v02.137.md'), 'utf8');
  const whole = indexOf(laidOut(text));
  const chapters = cutLines(whole, [1]);
  const sections = cutLines(whole, [1, 2]);
  const expected = meaningOf(whole);
  const six = sectionsByNumber(whole, '6').find(({ level }) => level === 1)!.line;

  it('is cut at 10 chapters (not at 6: the proof of a stray fence before it would be lost) and 90 sections', () => {
    expect([chapters.length, sections.length, chapters.includes(six)]).toEqual([10, 100, false]);
  });

  const layouts: [name: string, layout: Layout][] = [
    ['CRLF', { eol: '\r\n' }],
    ['BOM', { bom: true }],
    ['CRLF and BOM', { eol: '\r\n', bom: true }],
    ['front matter', { frontMatter: true }],
    ['in chapters', { cuts: chapters, frontMatter: true }],
    ['in chapters, CRLF and BOM', { cuts: chapters, frontMatter: true, eol: '\r\n', bom: true }],
    ['in sections, mixed line ends', { cuts: sections, frontMatter: true, eol: 'mixed', bom: true }],
  ];
  it.each(layouts)('%s: the same index and fingerprints', (_name, layout) => {
    expect(meaningOf(indexOf(laidOut(text, layout)))).toEqual(expected);
  });

  it('cut at 6 too, it has the same sections and fingerprints, and the stray fence hides none of them', () => {
    const cuts = [...chapters, six].sort((a, b) => a - b);
    const index = indexOf(laidOut(text, { cuts, frontMatter: true }));
    expect(meaningOf(index)).toMatchObject({ sections: (expected as { sections: unknown[] }).sections });
    const hidden = (one: SpecIndex): unknown[] =>
      sectionsByNumber(one, '6.0.2').map(({ hiddenBy }) => hiddenBy);
    expect([hidden(whole), hidden(index)]).toEqual([[22_296], [undefined]]);
  });
});
