import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Range } from '../../tools/findings/index.ts';
import { applyFixes, decode } from '../../tools/text/index.ts';

const finding = (...fix: { range: Range; text: string }[]): Finding => ({
  rule: 'demo/rule',
  severity: 'error',
  place: { file: 'a.md', ...fix[0]!.range },
  message: '',
  args: {},
  fix,
});

/** `line:column-line:column` → text. */
function edit(range: string, text: string): { range: Range; text: string } {
  const [line, column, endLine, endColumn] = range.split(/[:-]/).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return { range: { line, column, endLine, endColumn }, text };
}

const file = (text: string) => decode('a.md', Buffer.from(text));

const bytesOf = ({ bom, text }: { bom: boolean; text: string }): string => (bom ? '\ufeff' : '') + text;

describe('applyFixes', () => {
  it.each([
    ['replaces a stretch', 'one two', [edit('1:5-1:8', 'three')], 'one three'],
    ['puts in', 'ab', [edit('1:2-1:2', 'x')], 'axb'],
    ['takes out', 'abc', [edit('1:2-1:3', '')], 'ac'],
    ['puts in at the end of a file without a line end', 'ab', [edit('1:3-1:3', 'c')], 'abc'],
    ['adds a line after the last', 'a\n', [edit('2:1-2:1', 'b\n')], 'a\nb\n'],
    ['replaces over lines', 'a\nb\nc', [edit('1:2-3:1', '-')], 'a-c'],
    ['keeps CRLF around it', 'a\r\nb\r\n', [edit('2:1-2:2', 'x')], 'a\r\nx\r\n'],
    [
      'ends new lines as the line does',
      'a\r\nb\n',
      [edit('1:2-1:2', '\nx'), edit('2:2-2:2', '\ny')],
      'a\r\nx\r\nb\ny\n',
    ],
    ['ends new lines as the line before does', 'a\r\nb', [edit('2:2-2:2', '\nx')], 'a\r\nb\r\nx'],
    ['counts UTF-16 units', '👩b', [edit('1:3-1:4', 'x')], '👩x'],
    ['takes the BOM for no column', '\ufeffab', [edit('1:1-1:2', 'x')], '\ufeffxb'],
  ])('%s', (_name, text, edits, expected) => {
    const read = file(text);
    const { text: fixed, left } = applyFixes(
      read,
      edits.map((each) => finding(each)),
    );
    expect([bytesOf({ ...read, text: fixed }), left]).toEqual([expected, []]);
  });

  it.each([
    ['they share a character', [edit('1:1-1:3', 'x'), edit('1:2-1:4', 'y')]],
    ['one lies in the other', [edit('1:1-1:4', 'x'), edit('1:2-1:3', 'y')]],
    ['they begin at one place', [edit('1:1-1:1', 'x'), edit('1:1-1:2', 'y')]],
  ])('of two fixes the first wins where %s', (_name, [first, second]) => {
    const [one, two] = [finding(first!), finding(second!)];
    const { applied, left } = applyFixes(file('abcd'), [two, one]);
    expect(new Set([...applied, ...left])).toEqual(new Set([one, two]));
    expect([applied.length, left.length]).toEqual([1, 1]);
  });

  it('fixes that only touch do not meet', () => {
    const { text } = applyFixes(file('abcd'), [finding(edit('1:1-1:3', 'x')), finding(edit('1:3-1:5', 'y'))]);
    expect(text).toBe('xy');
  });

  it('applies all edits of a finding or none', () => {
    const both = finding(edit('1:1-1:2', 'x'), edit('1:3-1:4', 'y'));
    expect(applyFixes(file('abc'), [both]).text).toBe('xbx'.replace(/x$/, 'y'));
    const blocked = [finding(edit('1:1-1:2', 'z'), edit('1:3-1:4', 'q')), finding(edit('1:2-1:4', 'w'))];
    expect(applyFixes(file('abc'), blocked)).toMatchObject({ text: 'zbq', left: [blocked[1]] });
  });

  it.each(['3:1-3:1', '1:5-1:6', '1:0-1:1', '2:1-1:1'])('a place %s that is not there is left', (range) => {
    const bad = finding(edit(range, 'x'));
    expect(applyFixes(file('abc\n'), [bad])).toEqual({ text: 'abc\n', applied: [], left: [bad] });
  });

  it('findings without a fix change nothing', () => {
    const { fix: _, ...plain } = finding(edit('1:1-1:2', 'x'));
    expect(applyFixes(file('abc'), [plain])).toEqual({ text: 'abc', applied: [], left: [] });
  });

  it('100,000 fixes take no time worth telling', () => {
    const text = 'a\n'.repeat(100_000);
    const findings = Array.from({ length: 100_000 }, (_, at) =>
      finding(edit(`${at + 1}:1-${at + 1}:2`, 'b')),
    );
    expect(applyFixes(file(text), findings.reverse()).text).toBe('b\n'.repeat(100_000));
  });
});

const piece = fc.constantFrom('a', 'xyz', 'é', '👩‍💻', '漢', '§', ' ', '\n', '\r\n', '# T', '');

/** A text with a BOM or without, of mixed line ends; cut points in it, two for an edit each. */
const document = fc
  .record({ bom: fc.boolean(), text: fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')) })
  .chain(({ bom, text }) =>
    fc.record({
      bom: fc.constant(bom),
      text: fc.constant(text),
      cuts: fc.uniqueArray(fc.nat(text.length), { maxLength: 12 }).map((cuts) => cuts.sort((a, b) => a - b)),
      put: fc.constantFrom('', 'new', '漢👩', 'x y'),
    }),
  );

/** The place of an offset; one between CR and LF is none that an editor shows. */
function placeOf(text: string, offset: number): [number, number] | undefined {
  if (text[offset] === '\n' && text[offset - 1] === '\r') return undefined;
  const before = text.slice(0, offset).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}

describe('of any text', () => {
  it('every byte outside the ranges stays, and every range is replaced', () => {
    fc.assert(
      fc.property(document, ({ bom, text, cuts, put }) => {
        const findings: Finding[] = [];
        let expected = '';
        let at = 0;
        for (let index = 0; index + 1 < cuts.length; index += 2) {
          const [from, to] = [cuts[index]!, cuts[index + 1]!];
          const [start, end] = [placeOf(text, from), placeOf(text, to)];
          if (start === undefined || end === undefined) continue;
          findings.push(
            finding({
              range: { line: start[0], column: start[1], endLine: end[0], endColumn: end[1] },
              text: put,
            }),
          );
          expected += text.slice(at, from) + put;
          at = to;
        }
        expected += text.slice(at);
        const read = file((bom ? '\ufeff' : '') + text);
        const { text: fixed, applied } = applyFixes(read, [...findings].reverse());
        expect(fixed).toBe(expected);
        expect(applied).toHaveLength(findings.length);
      }),
    );
  });

  it('of fixes in any order and place, those that are applied never meet', () => {
    const edits = fc.array(fc.tuple(fc.nat(60), fc.nat(12), fc.constantFrom('', 'x', '漢')), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(document, edits, ({ text }, wanted) => {
        const findings = wanted.flatMap(([from, length, put]) => {
          const start = placeOf(text, Math.min(from, text.length));
          const end = placeOf(text, Math.min(from + length, text.length));
          if (!start || !end) return [];
          return [
            finding({
              range: { line: start[0], column: start[1], endLine: end[0], endColumn: end[1] },
              text: put,
            }),
          ];
        });
        const { text: fixed, applied, left } = applyFixes(file(text), findings);
        expect(applied.length + left.length).toBe(findings.length);
        // Applied alone, the same ones give the same text: nothing of what was left came in.
        expect(applyFixes(file(text), applied)).toEqual({ text: fixed, applied, left: [] });
      }),
    );
  });
});
