import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../../tools/findings/index.ts';
import { edited, type LineEdit, replacing } from '../../../tools/gate/drift/edit.ts';
import { decode } from '../../../tools/text/index.ts';

const file = (text: string) => decode('a.md', new TextEncoder().encode(text));

describe('edits of a file', () => {
  it.each<[string, string, LineEdit[], string]>([
    ['none', 'one\ntwo\n', [], 'one\ntwo\n'],
    [
      'in any order',
      'one\ntwo\n',
      [
        { line: 2, column: 2, length: 1, text: 'WW' },
        { line: 1, column: 1, length: 3, text: 'ONE' },
      ],
      'ONE\ntWWo\n',
    ],
    [
      'two of one line',
      'a b c',
      [
        { line: 1, column: 5, length: 1, text: 'C' },
        { line: 1, column: 1, length: 1, text: 'AA' },
      ],
      'AA b C',
    ],
    [
      'with CRLF and a BOM',
      '\uFEFFone\r\ntwo\r\n',
      [{ line: 2, column: 1, length: 3, text: '2' }],
      '\uFEFFone\r\n2\r\n',
    ],
    ['with mixed line ends', 'a\r\nb\nc', [{ line: 3, column: 1, length: 1, text: 'C' }], 'a\r\nb\nC'],
  ])('%s', (_, text, edits, expected) => {
    expect(edited(file(text), edits)).toBe(expected);
  });

  it('that overlap are a bug, and not applied', () => {
    const edits = [1, 2].map((column) => ({ line: 1, column, length: 2, text: '' }));
    expect(() => edited(file('abc'), edits)).toThrow('two edits of a.md:1:2 overlap');
  });

  it('by the same text change nothing', () => {
    const lines = fc.array(fc.constantFrom('', 'a', 'b c', '  - d'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), fc.boolean(), (list, eol, bom) => {
        const text = (bom ? '\uFEFF' : '') + list.join(eol);
        const edits = list.map((line, index) => ({
          line: index + 1,
          column: 1,
          length: line.length,
          text: line,
        }));
        expect(edited(file(text), edits.slice(0, file(text).lines.length))).toBe(text);
      }),
    );
  });
});

describe('a file name is replaced', () => {
  const name = 'Spec_v1.md';
  const at = (text: string, place: Partial<Place> = {}): [number, number][] => {
    const lines = file(text).lines;
    const whole = {
      file: 'a.md',
      line: 1,
      column: 1,
      endLine: lines.length,
      endColumn: lines.at(-1)!.length + 1,
    };
    return replacing(file(text), { ...whole, ...place }, name, 'Spec_v2.md').map(({ line, column }) => [
      line,
      column,
    ]);
  };
  it.each([
    [
      'wherever it stands',
      'Spec_v1.md 1 + Spec_v1.md 2',
      [
        [1, 1],
        [1, 16],
      ],
    ],
    [
      'in every line of a folded value',
      '- Spec_v1.md 1\n   (see Spec_v1.md)',
      [
        [1, 3],
        [2, 9],
      ],
    ],
    ['in a path', 'docs/Spec_v1.md 1', [[1, 6]]],
    ['not in a longer name', 'Old_Spec_v1.md x-Spec_v1.md Spec_v1.mdx Spec_v1.md-2', []],
  ])('%s', (_, text, expected) => {
    expect(at(text)).toEqual(expected);
  });
  it('not outside its place', () => {
    const text = 'Spec_v1.md Spec_v1.md Spec_v1.md';
    expect(at(text, { column: 5, endColumn: 22 })).toEqual([[1, 12]]);
  });
  it('an edit that leaves its line is refused', () => {
    expect(() => edited(file('ab\ncd'), [{ line: 1, column: 2, length: 3, text: '' }])).toThrow(
      'an edit of a.md:1:2 leaves its line',
    );
  });
});
