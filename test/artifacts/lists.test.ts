import { describe, expect, it } from 'vitest';
import { readBullets, readTables, readTasks, walkBullets } from '../../tools/markdown/index.ts';
import { fileOf, textAt } from './memory.ts';

describe('readBullets', () => {
  const text = [
    '- one',
    '  goes on',
    '  - nested `FR-EVT-*`',
    '* two',
    '1. three',
    '',
    'prose',
    '- four',
  ].join('\n');
  const file = fileOf('f.md', text);
  const bullets = readBullets('f.md', file.lines, 1, file.lines.length);

  it('reads lists of every marker as a tree', () => {
    expect(bullets.map((bullet) => [bullet.text, bullet.children.map((child) => child.text)])).toEqual([
      ['one goes on', ['nested `FR-EVT-*`']],
      ['two', []],
      ['three', []],
      ['four', []],
    ]);
  });

  it('says where each text stands', () => {
    const places = [...walkBullets(bullets)].map(({ place }) => textAt(file, place));
    expect(places).toEqual(['one', 'nested `FR-EVT-*`', 'two', 'three', 'four']);
  });
});

describe('readTasks', () => {
  const text = [
    '# X',
    '- [ ] Obtain `A` and FR-EVT-*, FR-*.',
    '- [x] Done',
    '  over two lines',
    '',
    '1. First',
    '2. Second with `code`',
  ].join('\n');
  const file = fileOf('f.md', text);
  const tasks = readTasks('f.md', file.lines, 2, file.lines.length)!;

  it('keeps stars, boxes, numbered steps and code spans', () => {
    expect(tasks.map(({ text: each, checked, codeSpans }) => [each, checked, codeSpans])).toEqual([
      ['Obtain `A` and FR-EVT-*, FR-*.', false, ['A']],
      ['Done over two lines', true, []],
      ['First', undefined, []],
      ['Second with `code`', undefined, ['code']],
    ]);
  });

  it('counts positions in the file', () => {
    expect(tasks.map(({ place }) => textAt(file, place))).toEqual([
      'Obtain `A` and FR-EVT-*, FR-*.',
      'Done\n  over two lines',
      'First',
      'Second with `code`',
    ]);
  });
});

describe('a checklist that no person wrote', () => {
  // remark took ten seconds over these, and four times as long over twice as many.
  it.each([
    ['boxes', '- [ ] tick me'],
    ['steps', '1. do it'],
    ['boxes with more below', '- [x] tick me\n  - a part\n\n  a paragraph'],
  ])('of 30,000 %s has them all', (_, item) => {
    const lines = `${item}\n`.repeat(30_000).split('\n');
    expect(readTasks('f.md', lines, 1, lines.length)).toHaveLength(30_000);
  });
});

describe('what is nested beyond reading', () => {
  it.each([
    ['lists on one line', '- '.repeat(4000)],
    ['quotes', '> '.repeat(4500)],
    ['brackets', `- ${'![a'.repeat(2000)}${'](b)'.repeat(2000)}`],
    ['lists over many lines', Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n')],
  ])('%s are no tasks', (_, text) => {
    const lines = text.split('\n');
    expect(readTasks('f.md', lines, 1, lines.length)).toBeUndefined();
  });

  it('bullets are read all the same, a hundred levels deep; what is deeper is text of the last', () => {
    const lines = Array.from({ length: 2000 }, (_, i) => `${'  '.repeat(i)}- x${i}`);
    const bullets = [...walkBullets(readBullets('f.md', lines, 1, lines.length))];
    expect(bullets).toHaveLength(100);
    expect(bullets.at(-1)!.text).toMatch(/^x99 - x100 - x101 .* - x1999$/);
  });
});

describe('readTables', () => {
  const text = [
    '| A | B |',
    '|--:|---|',
    '| 1 \\| 2 | |',
    '| x | `y` | z |',
    '',
    'no | table',
    'A | B',
    '--- | ---',
    '1 | 2',
  ].join('\n');
  const file = fileOf('f.md', text);
  const tables = readTables('f.md', file.lines);

  it('reads cells between pipes', () => {
    expect(
      tables.map(({ header, rows }) =>
        [header, ...rows.map(({ cells }) => cells)].map((row) => row.map((cell) => cell.text)),
      ),
    ).toEqual([
      [
        ['A', 'B'],
        ['1 | 2', ''],
        ['x', '`y`', 'z'],
      ],
      [
        ['A', 'B'],
        ['1', '2'],
      ],
    ]);
  });

  it('says where each cell stands', () => {
    expect(tables[0]!.rows[1]!.cells.map(({ place }) => textAt(file, place))).toEqual(['x', '`y`', 'z']);
  });
});
