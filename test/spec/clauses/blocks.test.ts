import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcedEnd, sentencesOf, textBlocks } from '../../../tools/spec/clauses/blocks.ts';

const blocksIn = (lines: string[], skipped: number[] = []) =>
  textBlocks(lines, 1, lines.length, (line) => skipped.includes(line));

describe('textBlocks', () => {
  const cases: [name: string, lines: string[], expected: string[]][] = [
    ['a paragraph of two lines', ['One', 'two.', '', 'Three.'], ['1-2 One two.', '4-4 Three.']],
    [
      'items, nested and continued',
      ['- a', '  more', '  - b', '1. c'],
      ['1-2 - a more', '3-3 - b', '4-4 - c'],
    ],
    ['a quote', ['> It holds.'], ['1-1 It holds.']],
    [
      'tables, rules, headings and comments hold no prose',
      ['| a |', '---', '## H', '<!-- c -->', 'x'],
      ['5-5 x'],
    ],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    const told = blocksIn(lines).map(
      ({ line, endLine, item, texts }) =>
        `${line}-${endLine} ${item ? '- ' : ''}${texts.map(({ text }) => text).join(' ')}`,
    );
    expect(told).toEqual(expected);
  });
  it('skipped lines end a block', () => {
    expect(blocksIn(['a', 'b', 'c'], [2]).map(({ line }) => line)).toEqual([1, 3]);
  });
});

describe('announcedEnd', () => {
  const cases: [name: string, lines: string[], end: number][] = [
    ['the list behind a paragraph', ['It MUST:', '', '- a', '- b', '', 'Text'], 4],
    ['not a second list behind a blank line', ['It MUST:', '- a', '- b', '', '- **Other**'], 3],
    ['a loose list', ['It MUST:', '', '1. a', '', '2. b', '', 'Text'], 5],
    ['what is nested in an item, and not its neighbour', ['- It MUST:', '  - a', '    - b', '- c'], 3],
    ['nothing', ['It MUST:', '', 'Text'], 1],
    ['nothing across code', ['It MUST:', '', '', '', '- a'], 1],
  ];
  it.each(cases)('%s', (_name, lines, end) => {
    expect(announcedEnd(blocksIn(lines), 0)).toBe(end);
  });
});

describe('sentencesOf', () => {
  const cases: [lines: string[], expected: string[]][] = [
    [['One. Two.'], ['1 One.', '1 Two.']],
    [
      ['One ends', 'here. Two ends', 'there.'],
      ['1 One ends here.', '2 Two ends there.'],
    ],
    [['See e.g. Tool Gate, i.e. X, etc. More'], ['1 See e.g. Tool Gate, i.e. X, etc. More']],
    [['It is v02.133). Next one'], ['1 It is v02.133).', '1 Next one']],
    [['Is it? `It` is! (Yes.) **No.** End'], ['1 Is it?', '1 `It` is!', '1 (Yes.)', '1 **No.**', '1 End']],
    [['a. b. c'], ['1 a. b. c']],
    [['Ends so:'], ['1 Ends so: announces']],
    [['Ends so: no'], ['1 Ends so: no']],
    [['**Ends so:**'], ['1 **Ends so:** announces']],
  ];
  it.each(cases)('%j', (lines, expected) => {
    const told = sentencesOf(blocksIn(lines)[0]!).map(
      ({ line, text, announces }) => `${line} ${text}${announces ? ' announces' : ''}`,
    );
    expect(told).toEqual(expected);
  });
  it('loses no word and stays in the lines of its block', () => {
    const words = fc.constantFrom(
      'It',
      'MUST',
      'hold.',
      'e.g.',
      '(so',
      'on).',
      '`a.b`',
      'End:',
      'x?',
      '**Y.**',
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(words, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        (lines) => {
          const [block] = blocksIn(lines.map((line) => line.join(' ')));
          const sentences = sentencesOf(block!);
          expect(sentences.map(({ text }) => text).join(' ')).toBe(lines.flat().join(' '));
          for (const { line, endLine } of sentences) {
            expect(line).toBeGreaterThanOrEqual(block!.line);
            expect(endLine).toBeLessThanOrEqual(block!.endLine);
            expect(line).toBeLessThanOrEqual(endLine);
          }
        },
      ),
    );
  });
});
