import { describe, expect, it } from 'vitest';
import { type ScanOptions, scan } from '../../tools/markdown/index.ts';

/** `3 h2 Title @1`: line, level, text, container; `!1`: hidden by. */
function headings(lines: readonly string[], options?: ScanOptions): string[] {
  return scan(lines, options).headings.map(
    ({ line, level, text, container, hiddenBy }) =>
      `${line} h${level} ${text}${container === undefined ? '' : ` @${container}`}${hiddenBy === undefined ? '' : ` !${hiddenBy}`}`,
  );
}

/** `1-3 yaml`: lines, language; `?`: never closed; `#1`: depth; the container it stands in. */
function fences(lines: readonly string[], options?: ScanOptions): string[] {
  return scan(lines, options).fences.map(
    ({ line, endLine, lang, closed, depth, within }) =>
      `${line}-${endLine} ${lang}${closed ? '' : '?'}${depth === 0 ? '' : ` #${depth}`}${within === undefined ? '' : ` ${within}`}`,
  );
}

function repairs(lines: readonly string[]): string[] {
  return scan(lines, { repair: true, recurse: true }).repairs.map(({ line, rule }) => `${line} ${rule}`);
}

describe('headings, strict', () => {
  const cases: [name: string, lines: string[], expected: string[]][] = [
    ['levels one to six', ['# a', '###### b', '####### c'], ['1 h1 a', '2 h6 b']],
    ['closing hashes go', ['## a ##', '## a#', '# #', '##'], ['1 h2 a', '2 h2 a#', '3 h1 ', '4 h2 ']],
    ['three spaces are an indent, four are code', ['   # a', '    # b', '\t# c'], ['1 h1 a']],
    ['a tab may follow the hashes, a word may not', ['#\ta', '#a', '#!/bin/sh'], ['1 h1 a']],
    ['a heading interrupts a paragraph', ['text', '# a'], ['2 h1 a']],
    ['none in a comment over several lines', ['<!--', '# a', '-->', '# b'], ['4 h1 b']],
    ['a comment on one line hides nothing', ['<!-- BEGIN -->', '# a', '<!-- END -->'], ['2 h1 a']],
    ['an HTML block ends at a blank line', ['<div>', '# a', '', '# b'], ['4 h1 b']],
    ['none in list items, quotes and footnotes', ['- # a', '  # b', '> # c', '[^n]: # d', '# e'], ['5 h1 e']],
    ['a lazy line does not end its list item', ['- a', 'lazy', '  # b'], []],
    ['nor does a lone tag on one, whose HTML ends with the item', ['- a', '<b>', '  # b', '# c'], ['4 h1 c']],
    ['front matter is skipped, line numbers are kept', ['---', '# a', '---', '# b'], ['4 h1 b']],
    ['an unclosed front matter is none', ['---', '# a'], ['2 h1 a']],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    expect(headings(lines)).toEqual(expected);
  });
});

describe('fences, strict', () => {
  const cases: [name: string, lines: string[], expected: string[]][] = [
    ['a closer is as long as its opener, or longer', ['````a', '```', '`````'], ['1-3 a']],
    ['a closer has no info', ['```a', '```b', '```'], ['1-3 a']],
    ['a closer is of the same character', ['~~~', '```', '~~~'], ['1-3 ']],
    ['no backtick in a backtick info', ['```a`b', '~~~ a`b', '~~~'], ['2-3 a`b']],
    ['language: first word, lower case', ['```  YAML title=x', '```'], ['1-2 yaml']],
    ['three spaces are an indent, four are none', ['    ```', '   ```', 'x', '    ```', '  ```'], ['2-5 ']],
    ['unclosed: to the end', ['```', 'a', 'b'], ['1-3 ?']],
    ['in a list item, closed by its end', ['- ```js', '  x', 'y'], ['1-2 js? item']],
    ['in a quote', ['> ```js', '> ```'], ['1-2 js quote']],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    expect(fences(lines)).toEqual(expected);
  });
});

describe('underlined headings, strict', () => {
  const cases: [name: string, lines: string[], expected: string[]][] = [
    ['= makes level 1, - level 2', ['a', '===', 'b', '-'], ['1-2 h1 a', '3-4 h2 b']],
    ['all lines of the paragraph are the text', ['a', '  b ', '===  '], ['1-3 h1 a+b']],
    ['an underline may be indented by three spaces', ['a', '   ===', 'b', '    ==='], ['1-2 h1 a']],
    ['an underline has no gaps', ['a', '= ='], []],
    ['dashes under nothing are a rule', ['', '---'], []],
    ['dashes under a heading are a rule', ['# a', '---'], []],
    ['dashes under a table are a rule, and = is a row', ['|a|', '|-|', '---', '|a|', '|-|', '==='], []],
    ['an escaped pipe divides no cells', ['| \\| |', '|-|', '==='], []],
    ['a delimiter row of another width is text', ['|a|b|', '|-|', '==='], ['1-3 h1 |a|b|+|-|']],
    ['link definitions are no text', ['[a]: b', "'c", "d'", '---'], []],
    ['what follows them is', ['[a]: <b c> (d)', '[e]: f', 'g', '---'], ['3-4 h2 g']],
    ['nor a definition without an end', ['[a]: b "c', '==='], ['1-2 h1 [a]: b "c']],
    ['an underline is not lazy', ['> a', '===', '- b', '---'], []],
    ['none in list items and quotes', ['- a', '  ===', '> b', '> ---'], []],
    [
      'none in fences, comments and front matter',
      ['---', 'a', '---', '```', 'b', '===', '```', '<!--', 'c', '==='],
      [],
    ],
    ['indented code is none, its second line neither', ['    a', '===', '    b', '==='], ['2-4 h1 ===+b']],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    const found = scan(lines).setext.map(
      ({ line, endLine, level, text }) => `${line}-${endLine} h${level} ${text.replaceAll('\n', '+')}`,
    );
    expect(found).toEqual(expected);
  });
  it('carry their container and the fence that hides them', () => {
    const lines = ['```', '## 1.2 A', '1.3 B', '---', '```md', '1.4 C', '===', '```'];
    const { setext } = scan(lines, { repair: true, recurse: true });
    expect(setext).toEqual([
      { line: 3, endLine: 4, level: 2, text: '1.3 B', hiddenBy: 1 },
      { line: 6, endLine: 7, level: 1, text: '1.4 C', container: 5 },
    ]);
  });
});

describe('blanks are spaces and tabs', () => {
  it('a no-break space is text', () => {
    expect(headings(['# \u00a0a\u00a0', '-\u00a0', '<div\u00a0>', '# b'])).toEqual([
      '1 h1 \u00a0a\u00a0',
      '4 h1 b',
    ]);
  });
  it('a footnote may have brackets in its label, and any gap behind it', () => {
    expect(headings(['[^a\\]b]:      # a', '    # b', '# c'])).toEqual(['3 h1 c']);
  });
});

describe('repair', () => {
  const stray = ['text', '```', '## 1.2 Hidden', '```yaml', 'a: 1', '```', '## 1.3 Sound'];
  it('R1: a bare fence before a numbered heading was a stray closer', () => {
    expect(headings(stray)).toEqual(['7 h2 1.3 Sound']);
    expect(headings(stray, { repair: true })).toEqual(['3 h2 1.2 Hidden !2', '7 h2 1.3 Sound']);
    expect(repairs(stray)).toEqual(['2 R1']);
  });
  it('R1: a bare fence before an opener was a stray closer', () => {
    expect(fences(['```', 'x', '```js', '```'], { repair: true })).toEqual(['3-4 js']);
  });
  it('R1: a longer bare fence may hold a shorter opener', () => {
    expect(repairs(['````', '```js', '```', '````'])).toEqual([]);
  });
  it('R1: a numbered comment of one part is no heading', () => {
    expect(repairs(['```', '# 1. Install', '```'])).toEqual([]);
  });
  const nested = ['```md', '# A', '```yaml', '# no', '```', '# B', '```', '# C'];
  it('R2: a fence of the same length inside md nests', () => {
    expect(headings(nested)).toEqual(['6 h1 B']);
    expect(headings(nested, { repair: true })).toEqual(['8 h1 C !7']);
    expect(repairs(nested)).toEqual(['3 R2']);
  });
  it('R3: shorter fences inside a longer md fence need no repair', () => {
    const lines = ['````md', '```js', '```', '````'];
    expect(fences(lines, { repair: true, recurse: true })).toEqual(['1-4 md', '2-3 js #1']);
    expect(repairs(lines)).toEqual([]);
  });
  it('R4: headings inside md fences carry their container', () => {
    expect(headings(nested, { repair: true, recurse: true })).toEqual([
      '2 h1 A @1',
      '6 h1 B @1',
      '8 h1 C !7',
    ]);
  });
  it('R4: md inside md carries the nearer container', () => {
    const lines = ['`````md', '````markdown', '# A', '````', '`````'];
    expect(headings(lines, { repair: true, recurse: true })).toEqual(['3 h1 A @2']);
  });
  it('R4: an indented md fence gives its indent to its body', () => {
    expect(headings(['   ````md', '    # A', '   ````'], { recurse: true })).toEqual(['2 h1 A @1']);
  });
  it('R5: the end of the text closes', () => {
    expect(repairs(['```js', 'x'])).toEqual(['1 R5']);
  });
});

describe('hostile input', () => {
  // Steps, not seconds: what would be quadratic would not end within the test's time limit.
  const many = 100_000;
  const cases: [name: string, lines: string[]][] = [
    ['openers that nest', new Array<string>(many).fill('```md')],
    ['list markers on one line, then blank lines', ['- '.repeat(many), ...new Array<string>(many).fill('')]],
    ['quotes', ['>'.repeat(many), ...new Array<string>(1000).fill('>'.repeat(100))]],
    ['ever shorter openers', Array.from({ length: 400 }, (_, at) => '`'.repeat(403 - at)).concat('## 1.2 x')],
    ['an endless tag', [`<a ${' '.repeat(many)}`, `<a ${'b '.repeat(many)}`]],
    ['a heading of blanks and hashes', [`# ${' '.repeat(many)}x${' #'.repeat(many)} x`]],
    ['a thematic break that is none', [`${'* '.repeat(many)}x`]],
    ['definitions whose titles never end', [...new Array<string>(many).fill('[a]: b (c'), '===']],
    ['definitions, each underlined', new Array<string>(many).fill('[a]: b').flatMap((line) => [line, '==='])],
    ['a delimiter row of many cells', ['|a'.repeat(many), '|-'.repeat(many), 'x', '|- '.repeat(many)]],
  ];
  it.each(cases)('%s', (_name, lines) => {
    expect(scan(lines, { repair: true, recurse: true }).headings.length).toBeLessThanOrEqual(1);
  });
});

describe('many broken fences', () => {
  it('of falling length, with text behind them, are all strays', () => {
    const openers = Array.from({ length: 1500 }, (_, at) => '`'.repeat(1502 - at));
    const lines = [...openers, ...new Array<string>(200_000).fill('x'), '## 1.1 T'];
    const { headings: found, repairs: mended } = scan(lines, { repair: true, recurse: true });
    expect(found.map(({ line, text }) => [line, text])).toEqual([[201_501, '1.1 T']]);
    expect(mended.filter(({ rule }) => rule === 'R1')).toHaveLength(1500);
  });
  it('each before a heading: every second heading is hidden, by the fence above it', () => {
    const many = 80_000;
    const lines = Array.from({ length: many }, (_, at) => ['text', '```', '', `## 1.${at} T`]).flat();
    const { headings: found, repairs: mended } = scan(lines, { repair: true, recurse: true });
    expect([found.length, mended.length]).toEqual([many, many]);
    const hidden = found.filter(({ hiddenBy }) => hiddenBy !== undefined);
    expect(hidden).toHaveLength(many / 2);
    expect(hidden.every(({ line, hiddenBy }) => hiddenBy === line - 2)).toBe(true);
    expect(mended.flatMap(({ hides }) => hides)).toEqual(hidden);
  });
  it('nested in one of Markdown belong to that one', () => {
    const many = 20_000;
    const nested = Array.from({ length: many }, () => ['```ts', 'x', '```']).flat();
    const lines = ['```md', ...nested, '```', '# 1. A', '```md', ...nested, '```', '# 2. B'];
    const { repairs: mended, headings: found } = scan(lines, { repair: true, recurse: true });
    expect(mended.filter(({ rule }) => rule === 'R2')).toHaveLength(2 * many);
    expect(found.map(({ text }) => text)).toEqual(['1. A', '2. B']);
  });
});
