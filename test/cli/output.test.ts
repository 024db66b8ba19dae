import { describe, expect, it } from 'vitest';
import { count, createOutput, cut, pad, visible, wrap } from '../../tools/cli/output.ts';
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

  it('show what would steer a terminal instead of sending it', () => {
    const { out, text } = capture();
    printFindings(out, [
      finding({ place: { ...finding().place, file: 'a\u001b[2Jb\n.md' }, message: 'x\u0007y' }),
    ]);
    expect(text()).toBe('a\\u001b[2Jb\\u000a.md\n  1:2  error    anchor/unresolved  x\\u0007y\n');
  });
});
