import { describe, expect, it } from 'vitest';
import { readField, readFields, scan, splitNote, visibleLines } from '../../tools/markdown/index.ts';
import { fileOf, textAt } from './memory.ts';

describe('readField', () => {
  it.each([
    ['- WP_ID: WP-1-Demo-v1', 'WP_ID', 'WP-1-Demo-v1', undefined],
    ['WP_ID: x', 'WP_ID', 'x', undefined],
    ['* **Status:** Done', 'Status', 'Done', undefined],
    ['**STATUS**: Done [VALIDATED]', 'STATUS', 'Done [VALIDATED]', undefined],
    ['- STUB_STATUS: STUB (NOT READY FOR DEV)', 'STUB_STATUS', 'STUB', 'NOT READY FOR DEV'],
    ['- BASE_WP_ID: X (stable (really); see `a`)', 'BASE_WP_ID', 'X', 'stable (really); see `a`'],
    ['- KEY: a (b) (c)', 'KEY', 'a', 'b; c'],
    ['- KEY: call(x)', 'KEY', 'call(x)', undefined],
    ['- KEY: (only a note)', 'KEY', '(only a note)', undefined],
    ['- KEY: an open ) end)', 'KEY', 'an open ) end)', undefined],
    ['- KEY:', 'KEY', '', undefined],
    ['- KEY:   ', 'KEY', '', undefined],
    ['__STATUS__: Done', 'STATUS', 'Done', undefined],
    ['__STATUS:__ Done', 'STATUS', 'Done', undefined],
    ['- KEY  :  a b', 'KEY', 'a b', undefined],
    ['- **KEY (q)**: x', 'KEY', 'x', undefined],
    ['- ROADMAP_POINTER (non-authoritative): a: b', 'ROADMAP_POINTER', 'a: b', undefined],
  ])('%s', (line, key, value, note) => {
    const field = readField('f.md', 1, line)!;
    expect([field.key, field.value, field.note]).toEqual([key, value, note]);
    expect(textAt(fileOf('f.md', line), field.keyPlace)).toBe(key);
    expect(textAt(fileOf('f.md', line), field.place)).toBe(field.raw);
  });

  it.each(['no colon', '**ARCHIVED: do not activate**', '`KEY`: x', '- [ ] KEY: x', ''])(
    '"%s" is no field',
    (line) => {
      expect(readField('f.md', 1, line)).toBeUndefined();
    },
  );

  it('ten thousand lines of blanks are read in one pass each', () => {
    // As one expression this took 17 s: beyond the time that a test has.
    const line = `- a${' '.repeat(150)}!:`;
    const fields = readFields(
      'f.md',
      Array.from({ length: 10_000 }, () => line),
      1,
      10_000,
    );
    expect(fields).toEqual([]);
    expect(splitNote(`x${' (y)'.repeat(20_000)}`).value).toBe('x');
  });

  it('an empty value never takes the next line', () => {
    const fields = readFields('f.md', ['- A:', '- B: 2'], 1, 2);
    expect(fields.map(({ key, value }) => [key, value])).toEqual([
      ['A', ''],
      ['B', '2'],
    ]);
  });

  it('a note is taken off a value and kept', () => {
    expect(splitNote('x (y)')).toEqual({ value: 'x', note: 'y' });
  });
});

describe('visibleLines', () => {
  const hidden = (text: string): string[] => {
    const lines = text.split('\n');
    return visibleLines(lines, scan(lines).fences);
  };

  it.each([
    ['a fence', '```md\n- A: 1\n```\n- B: 2', ['', '', '', '- B: 2']],
    ['a tilde fence', '~~~\n- A: 1\n~~~', ['', '', '']],
    ['an open fence', '- A: 1\n```\n- B: 2', ['- A: 1', '', '']],
    ['a comment', 'a <!-- - A: 1 --> b', [`a${' '.repeat(17)}b`]],
    ['a comment of many lines', '<!--\n- A: 1\n--> - B: 2', ['    ', '      ', '    - B: 2']],
    ['a processing instruction', '<?php\n- A: 1\n?>\n- B: 2', ['', '', '', '- B: 2']],
    ['a script', 'x\n<script>\n- A: 1\n\n- A: 2\n</script>\n- B: 2', ['x', '', '', '', '', '', '- B: 2']],
    ['a style on one line', '<style>a: b</style>\n- B: 2', ['', '- B: 2']],
    ['a pre in a list', '- A: 0\n  <pre>\n  - A: 1\n- B: 2', ['- A: 0', '', '', '- B: 2']],
    ['a tag that is shown', '<div>\n- A: 1', ['<div>', '- A: 1']],
    ['a mark in a code span', 'see `<!--` and\n- A: 1', ['see `<!--` and', '- A: 1']],
  ])('%s', (_, text, expected) => {
    expect(hidden(text)).toEqual(expected);
  });
});
