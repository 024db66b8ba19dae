import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { count, createOutput, cut, cutStart, fold, pad, visible, wrap } from '../../tools/cli/output.ts';
import { printFindings } from '../../tools/cli/reporters/findings.ts';
import type { Finding } from '../../tools/findings/index.ts';

const capture = (
  options: { columns?: number; isTTY?: boolean; env?: Record<string, string>; color?: boolean } = {},
) => {
  let text = '';
  const stdout = {
    write: (chunk: string) => {
      text += chunk;
    },
    ...(options.columns !== undefined && { columns: options.columns }),
    ...(options.isTTY !== undefined && { isTTY: options.isTTY }),
  };
  const out = createOutput(
    { stdout, stderr: { write: () => {} }, env: options.env ?? {} },
    { color: options.color ?? true },
  );
  return { out, text: () => text };
};

const finding = (change: Partial<Finding> = {}): Finding => ({
  rule: 'anchor/unresolved',
  severity: 'error',
  place: { file: 'a.md', line: 1, column: 2, endLine: 1, endColumn: 3 },
  message: 'Unexpected anchor 9.9, expected a section of v02.137',
  args: {},
  ...change,
});

describe('text', () => {
  it.each([
    ['a\u001b[31mred', 'a\\u001b[31mred'],
    ['two\nlines\r', 'two\\u000alines\\u000d'],
    ['\u202eevil', '\\u202eevil'],
    ['a\u00adb\u061cc\u200bd\u200ee\u200ff\ufeff', 'a\\u00adb\\u061cc\\u200bd\\u200ee\\u200ff\\ufeff'],
    ['joined 👩\u200d💻', 'joined 👩\u200d💻'],
    ['plain § – 漢', 'plain § – 漢'],
  ])('visible %j', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it.each([
    ['short', 10, 'short'],
    ['too long by far', 8, 'too lon…'],
    ['漢字漢字', 5, '漢字…'],
  ])('cut %s to %i', (text, limit, expected) => {
    expect(cut(text, limit)).toBe(expected);
  });

  it('pads by columns, not by letters', () => {
    expect(pad('漢字', 6)).toBe('漢字  ');
  });

  it('wraps between words', () => {
    expect(wrap('one two three', 8, '  ')).toEqual(['one two', '  three']);
  });

  it.each([
    ['short.md', 10, 'short.md'],
    ['.GOV/very/deep/file.md', 12, '…eep/file.md'],
    ['漢字漢字', 5, '…漢字'],
  ])('cuts the start of %s to %i', (text, limit, expected) => {
    expect(cutStart(text, limit)).toBe(expected);
  });

  it.each([
    ['one two three', 8, ['one two', 'three']],
    ['a wordthatistoolong b', 8, ['a', 'wordthat', 'istoolon', 'g b']],
    ['漢字漢字漢', 4, ['漢字', '漢字', '漢']],
  ])('folds %s to %i', (text, width, expected) => {
    expect(fold(text, width)).toEqual(expected);
  });

  it('counts', () => {
    expect([count(1, 'error'), count(0, 'error'), count(2, 'alias', 'aliases')]).toEqual([
      '1 error',
      '0 errors',
      '2 aliases',
    ]);
  });
});

describe('colour', () => {
  it.each([
    ['a terminal', { isTTY: true }, true],
    ['no terminal', { isTTY: false }, false],
    ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, false],
    ['--no-color', { isTTY: true, color: false }, false],
    ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }, false],
  ])('%s', (_name, options, colored) => {
    expect(capture(options).out.red('x') !== 'x').toBe(colored);
  });
});

describe('findings', () => {
  it('stand in one line where nothing cuts', () => {
    const { out, text } = capture();
    printFindings(out, [finding()]);
    expect(text()).toBe(
      'a.md\n  1:2  error    anchor/unresolved  Unexpected anchor 9.9, expected a section of v02.137\n',
    );
  });

  it('never are wider than the terminal', () => {
    const { out, text } = capture({ columns: 60, isTTY: true, env: { NO_COLOR: '1' } });
    printFindings(out, [finding(), finding({ message: 'word '.repeat(60).trim() })]);
    for (const line of text().split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(text().match(/word/g)).toHaveLength(60);
  });

  it('keep to a screen and a half, errors first, and say how many are left', () => {
    const { out, text } = capture();
    const many = Array.from({ length: 200 }, (_, i) =>
      finding({
        severity: i === 199 ? 'error' : 'warning',
        place: { file: `f${i}.md`, line: 1, column: 1, endLine: 1, endColumn: 1 },
      }),
    );
    printFindings(out, many);
    const lines = text().trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(76);
    expect(text()).toContain('f199.md');
    expect(lines.at(-1)).toMatch(/^ {2}… and \d+ more \(--json has all\)$/);
  });

  const at = (line: number, change: Partial<Finding> = {}): Finding =>
    finding({ place: { file: 'a.md', line, column: 1, endLine: line, endColumn: 2 }, ...change });

  it('of a rule that repeats in a file show the first three, and how many more there are', () => {
    const { out, text } = capture();
    const many = Array.from({ length: 118 }, (_, line) => at(line + 1, { rule: 'text/double-encoded' }));
    printFindings(out, [...many, at(50, { rule: 'b/other' })]);
    expect(
      text()
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(0, 33).trimEnd()),
    ).toEqual([
      'a.md',
      '  1:1   error    text/double-enco',
      '  2:1   error    text/double-enco',
      '  3:1   error    text/double-enco',
      '  50:1  error    b/other',
      '  + 115 more text/double-encoded',
    ]);
  });

  it('a fourth one is shown: a line that counts it would be as long', () => {
    const { out, text } = capture();
    printFindings(
      out,
      [1, 2, 3, 4].map((line) => at(line)),
    );
    expect(text().trimEnd().split('\n')).toHaveLength(5);
    expect(text()).not.toContain('more');
  });

  it('of one rule show the errors before the warnings', () => {
    const { out, text } = capture();
    const lines = [1, 2, 3, 4, 5].map((line) => at(line, { severity: line === 5 ? 'error' : 'warning' }));
    printFindings(out, lines);
    expect(text()).toContain('  5:1  error ');
    expect(text()).toContain('  + 2 more anchor/unresolved\n');
  });

  it.each([60, 80])('in %i columns nothing overflows: long words, wide letters, long paths', (columns) => {
    const { out, text } = capture({ columns, isTTY: true, env: { NO_COLOR: '1' } });
    const file = `.GOV/${'漢字/'.repeat(40)}file.md`;
    printFindings(out, [
      finding({ message: 'x'.repeat(300) }),
      finding({ message: '漢'.repeat(100) }),
      finding({ place: { ...finding().place, file } }),
    ]);
    for (const line of text().split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  });

  it('a message that quotes a document of a million letters is cut', () => {
    const { out, text } = capture();
    printFindings(out, [finding({ message: `Unexpected "${'x'.repeat(1_000_000)}"` })]);
    expect(text().length).toBeLessThan(500);
  });

  it('show what would steer a terminal instead of sending it', () => {
    const { out, text } = capture();
    printFindings(out, [
      finding({ place: { ...finding().place, file: 'a\u001b[2Jb\n.md' }, message: 'x\u0007y' }),
    ]);
    expect(text()).toBe('a\\u001b[2Jb\\u000a.md\n  1:2  error    anchor/unresolved  x\\u0007y\n');
  });
});
