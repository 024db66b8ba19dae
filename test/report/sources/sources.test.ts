import { describe, expect, it } from 'vitest';
import { type SourcePlace, sourcesOf } from '../../../tools/report/index.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at + 1}`);
const texts = (files: Record<string, readonly string[]>) => new Map(Object.entries(files));

/** The pieces of a file, as `from-to`. */
function spans(places: SourcePlace[], lines: number, most?: number): string[] {
  const file = sourcesOf(places, texts({ a: numbered(lines) }), most).a;
  return (file?.pieces ?? []).map(({ from, text }) => `${from}-${from + text.length - 1}`);
}
const at = (line: number, endLine?: number): SourcePlace => ({
  file: 'a',
  line,
  ...(endLine !== undefined && { endLine }),
});

describe('the lines around a place', () => {
  it('are five above and eight below, as they stand in the file', () => {
    const { a } = sourcesOf([at(20)], texts({ a: numbered(100) }));
    expect(a).toEqual({ lines: 100, pieces: [{ from: 15, text: numbered(28).slice(14) }] });
  });

  it.each([
    ['the first line', [at(1)], 100, ['1-9']],
    ['the last line', [at(100)], 100, ['95-100']],
    ['a file of one line', [at(1)], 1, ['1-1']],
    ['a range, whole', [at(20, 30)], 100, ['15-38']],
    ['a range of a hundred lines, forty of it', [at(20, 120)], 300, ['15-67']],
    ['a range that ends before it begins', [at(20, 3)], 100, ['15-28']],
    ['a range that goes on behind the file', [at(95, 200)], 100, ['90-100']],
    ['two that overlap', [at(20), at(30)], 100, ['15-38']],
    ['two that touch', [at(20), at(34)], 100, ['15-42']],
    ['two that do not', [at(20), at(35)], 100, ['15-28', '30-43']],
    ['one inside another', [at(20, 50), at(25)], 100, ['15-58']],
    ['the same twice, in any order', [at(35), at(20), at(35)], 100, ['15-28', '30-43']],
    ['a line that the file does not have', [at(101)], 100, []],
    ['line 0', [at(0)], 100, []],
    ['a line of an empty file', [at(1)], 0, []],
  ])('%s', (_, places, lines, expected) => {
    expect(spans(places, lines)).toEqual(expected);
  });

  it('of a file that nobody has read are none, and it is not named', () => {
    expect(sourcesOf([{ file: 'b', line: 1 }, at(1)], texts({ a: ['x'] }))).toEqual({
      a: { lines: 1, pieces: [{ from: 1, text: ['x'] }] },
    });
  });

  it('stand by the name of their file, whatever the order of the places', () => {
    const all = texts({ b: ['b'], a: ['a'], Z: ['Z'] });
    const places = ['b', 'a', 'Z'].map((file) => ({ file, line: 1 }));
    const there = JSON.stringify(sourcesOf(places, all));
    expect(there).toBe(JSON.stringify(sourcesOf(places.reverse(), all)));
    expect(Object.keys(sourcesOf(places, all))).toEqual(['Z', 'a', 'b']);
  });

  it('of a file called __proto__ are there too', () => {
    const sources = sourcesOf([{ file: '__proto__', line: 1 }], new Map([['__proto__', ['x']]]));
    expect(JSON.stringify(sources)).toBe('{"__proto__":{"lines":1,"pieces":[{"from":1,"text":["x"]}]}}');
  });

  it('are hostile where they are: the page escapes them', () => {
    const hostile = '<script>alert(1)</script>\u2028<!--';
    expect(sourcesOf([at(1)], texts({ a: [hostile] })).a!.pieces[0]!.text).toEqual([hostile]);
  });
});

describe('a long line', () => {
  it('of 400 characters is whole, and of 401 ends with …', () => {
    const { a } = sourcesOf([at(1)], texts({ a: ['x'.repeat(400), 'y'.repeat(401)] }));
    expect(a!.pieces[0]!.text).toEqual(['x'.repeat(400), `${'y'.repeat(399)}…`]);
  });

  it('is not cut within a character', () => {
    const { a } = sourcesOf([at(1)], texts({ a: [`${'x'.repeat(398)}😀😀`] }));
    expect(a!.pieces[0]!.text).toEqual([`${'x'.repeat(398)}…`]);
  });
});

describe('a block that would be too large', () => {
  const far = [at(100), at(200), at(300)];

  it.each([
    [42 * 12, ['95-108', '195-208', '295-308'], undefined],
    [300, ['98-103', '198-203', '298-303'], true],
    [150, ['99-101', '199-201', '299-301'], true],
    [50, ['100-100', '200-200', '300-300'], true],
    [1, ['100-100', '200-200', '300-300'], true],
  ])('of %i bytes has %j, and says so', (most, expected, scarce) => {
    expect(spans(far, 400, most)).toEqual(expected);
    expect(sourcesOf(far, texts({ a: numbered(400) }), most).a!.scarce).toBe(scarce);
  });

  it('cuts lines last, and loses no place', () => {
    const lines = Array.from({ length: 400 }, () => 'x'.repeat(300));
    const { a } = sourcesOf(far, texts({ a: lines }), 10);
    expect(a!.pieces).toEqual([100, 200, 300].map((from) => ({ from, text: [`${'x'.repeat(79)}…`] })));
  });

  it('counts bytes, and not characters', () => {
    expect(sourcesOf([at(10)], texts({ a: Array(20).fill('€€€') }), 14 * 12).a!.scarce).toBeUndefined();
    expect(sourcesOf([at(10)], texts({ a: Array(20).fill('€€€') }), 14 * 12 - 1).a!.scarce).toBe(true);
  });
});
