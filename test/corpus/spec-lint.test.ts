import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { lintSpec, loadSpec, type SpecIndex } from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';

describe('gov spec lint on v02.137', () => {
  let index: SpecIndex;
  let findings: Finding[];
  beforeAll(async () => {
    index = await loadSpec(worktreeSnapshot(corpusRoot), { root: corpusRoot });
    findings = lintSpec(index);
  });
  const of = (rule: string): Finding[] => findings.filter((finding) => finding.rule === rule);
  const at = (rule: string): [number, unknown][] =>
    of(rule).map(({ place, args }) => [place.line, args.number]);

  it('counts per rule', () => {
    const counts: Record<string, number> = {};
    for (const { rule, severity } of findings) {
      const key = `${rule} ${severity}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    expect(counts).toEqual({
      'spec/accidental-heading warning': 5,
      'spec/broken-fence warning': 22,
      'spec/dangling-reference warning': 24,
      'spec/duplicate-number warning': 22,
      'spec/false-heading info': 5,
      'spec/in-template-fence warning': 11,
      'spec/level info': 6,
      'spec/local-numbers info': 8,
      'spec/matrix-missing warning': 1,
      'spec/matrix-title info': 1,
      'spec/misplaced-section warning': 74,
      'spec/order info': 4,
    });
  });

  it('no lone carriage return, and no byte order mark within', () => {
    expect([...of('spec/lone-cr'), ...of('spec/inner-bom')]).toEqual([]);
  });

  // 195 numbered headings outside fences are no extensions of their nearest numbered ancestor (198 by a line
  // count that took letters for numbers). 10 stand in the appendix, 111 count chapters of a pasted document.
  it('spec/misplaced-section: 195 = 74 + 111 chapters of pasted documents + 10 in the appendix', () => {
    const elsewhere = index.sections.filter(
      ({ number, container, inPlace }) => number !== undefined && container === undefined && !inPlace,
    );
    const misplaced = new Set(of('spec/misplaced-section').map(({ place }) => place.line));
    const appendix = elsewhere.filter(({ kind }) => kind === 'appendix');
    const local = elsewhere.filter(({ line, kind }) => kind !== 'appendix' && !misplaced.has(line));
    expect([elsewhere.length, misplaced.size, local.length, appendix.length]).toEqual([195, 74, 111, 10]);
    // All but `0.1` and the dotted chapters of 2.6.8.13, which stand beside their chapter instead of below it.
    const dotted = local.filter(({ number }) => number?.includes('.'));
    expect(dotted.every(({ line }) => line > 16_568 && line < 17_580)).toBe(true);
    expect(at('spec/misplaced-section')).toEqual(
      expect.arrayContaining([
        [5706, '2.3.15'],
        [10_089, '4.6'],
        [10_284, '2.6.6.7'],
        [11_198, '2.6.6.8'],
        [16_568, '2.6.8.13'],
        [45_678, '11.7.5'],
        [59_726, '10.12'],
        [60_679, '10.13'],
        [62_302, '10.14'],
      ]),
    );
  });

  // Of the pairs that stand at one level, 6.4, 6.5, 9.4, 12.1 and 12.2 belong to different pasted documents.
  it('spec/duplicate-number: each number that stands twice in one numbering', () => {
    expect(at('spec/duplicate-number')).toEqual([
      [1528, '2.2.3'],
      [1540, '2.2.3.1'],
      [1587, '2.2.3.2'],
      [1654, '2.2.3.3'],
      [1749, '2.2.3.4'],
      [2958, '2.3.11.1'],
      [2968, '2.3.11.2'],
      [3130, '2.3.11.4.4'],
      [19_239, '4.3.3.4.5'],
      [20_262, '4.6'],
      [20_277, '4.5'],
      [27_921, '6.3.3.5.7.11'],
      [27_976, '6.3.3.5.7.12'],
      [27_995, '6.3.3.5.7.13'],
      [47_774, '8.6'],
      [53_946, '2.0.4'],
      [55_479, '10.4.2'],
      [55_559, '10.5'],
      [56_724, '10.5.7.1'],
      [59_012, '10.11.10'],
      [63_964, '11.4'],
      [65_274, '11.7.5'],
    ]);
    const phases = of('spec/duplicate-number').find(({ args }) => args.number === '10.11.10');
    expect([phases?.args.headings, phases?.related?.map(({ place }) => place.line)]).toEqual([
      5,
      [59_010, 59_018, 59_025, 59_031],
    ]);
  });

  it('spec/local-numbers: eight sections hold a document that numbers itself', () => {
    expect(
      of('spec/local-numbers').map(({ args }) => [args.owner, args.from, args.to, args.numbers]),
    ).toEqual([
      ['2.6.8.13', '0', '10', 37],
      ['9', '1', '4', 27],
      ['10.4.1', '0', '12', 77],
      ['10.6.1', '1', '13', 32],
      ['10.12', '1', '15', 55],
      ['10.13', '1', '15', 83],
      ['11.3', '1', '3', 3],
      ['11.8', '0', '10', 15],
    ]);
  });

  it('spec/in-template-fence: 4.3.9.12 to .21 with their 42 parts, and 5.6.1', () => {
    expect(
      of('spec/in-template-fence').map(({ place, args }) => [place.line, args.number, args.subsections]),
    ).toEqual([
      [30_456, '4.3.9.12', 6],
      [30_556, '4.3.9.13', 5],
      [30_632, '4.3.9.14', 4],
      [30_684, '4.3.9.15', 6],
      [30_780, '4.3.9.16', 4],
      [30_857, '4.3.9.17', 5],
      [30_903, '4.3.9.18', 5],
      [30_981, '4.3.9.19', 5],
      [31_035, '4.3.9.20', 2],
      [31_056, '4.3.9.21', 0],
      [34_492, '5.6.1', 4],
    ]);
  });

  it('the Coverage Matrix: 10.14 has no row, that of 10.12 lacks a tag, and no row is without its section', () => {
    expect(at('spec/matrix-missing')).toEqual([[62_302, '10.14']]);
    expect(of('spec/matrix-title').map(({ message }) => message)).toEqual([
      'Unexpected title "Loom (Heaper-style Library Surface)" in the row of 10.12, expected "Loom (Heaper-style Library Surface) [ADD v02.130]" as in the heading',
    ]);
    expect(of('spec/matrix-unknown')).toEqual([]);
  });

  // A plain comparison within each X.Y gives 13: five of those stand in the wrong place, one follows such a heading,
  // one carries a number twice, three follow `10.11.X`, `2.8.v02.13` and `8.6.v02.13`, which have no order among
  // numbers; three are these. 2.0.3 is a number of the calendar document in 10.4.1.
  it('spec/order: four places where numbers fall', () => {
    expect(of('spec/order').map(({ args }) => `${args.after} ${args.number}`)).toEqual([
      '2.2.1.13 2.2.1.1',
      '4.2.3.2 4.2.2.3',
      '2.0.4 2.0.3',
      '11.4.3 11.4.1',
    ]);
  });

  it('spec/level: the sections whose headings skip a level', () => {
    expect(of('spec/level').map(({ args }) => [args.parent, args.headings])).toEqual([
      ['1.1', 5],
      ['3.1', 3],
      ['3.3', 2],
      ['9', 2],
      ['11.4', 2],
      ['11.5', 11],
    ]);
  });

  it('spec/false-heading: the five comments of converted code', () => {
    expect(of('spec/false-heading').map(({ place }) => place.line)).toEqual([
      18_636, 21_545, 21_625, 22_213, 22_276,
    ]);
  });

  it('spec/dangling-reference: of 888 references 24, to 20 numbers that nothing carries', () => {
    const references = index.files[0]?.lines.join('\n').match(/§\s?\d+\.[\dA-Z]/g);
    expect(references).toHaveLength(888);
    const numbers = of('spec/dangling-reference').map(({ args }) => args.number);
    expect([numbers.length, new Set(numbers).size]).toEqual([24, 20]);
    expect(numbers).toEqual(expect.arrayContaining(['2.3.14.14.3.1', '2.4.6', '7.6.3.8', '10.6.1.4.1']));
  });
});
