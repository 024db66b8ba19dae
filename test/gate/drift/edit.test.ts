import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edited, type LineEdit, replacing } from '../../../tools/gate/drift/edit.ts';
import { decode, spanPlace } from '../../../tools/text/index.ts';

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

it('every occurrence of a word is replaced, where it stands', () => {
  const place = spanPlace('a.md', 3, 5, 10);
  expect(
    replacing('x.md 1 + x.md 2', place, 'x.md', 'y.md').map(({ line, column }) => [line, column]),
  ).toEqual([
    [3, 5],
    [3, 14],
  ]);
});
