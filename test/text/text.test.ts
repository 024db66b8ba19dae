import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  countedLines,
  decode,
  fingerprint,
  NotUtf8,
  sha256,
  splitLines,
} from '../../tools/text/index.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('decode', () => {
  it.each([
    ['LF', bytes('a\nb\n'), { bom: false, eol: '\n', lines: ['a', 'b'] }],
    ['CRLF', bytes('a\r\nb\r\n'), { bom: false, eol: '\r\n', lines: ['a', 'b'] }],
    ['mixed ends', bytes('a\r\nb\n'), { bom: false, eol: 'mixed', lines: ['a', 'b'] }],
    ['BOM', bytes([0xef, 0xbb, 0xbf], '# T\n'), { bom: true, eol: '\n', lines: ['# T'] }],
    ['BOM and CRLF', bytes([0xef, 0xbb, 0xbf], 'a\r\n'), { bom: true, eol: '\r\n', lines: ['a'] }],
    ['no final line end', bytes('a\nb'), { bom: false, eol: '\n', lines: ['a', 'b'] }],
    ['empty', bytes(''), { bom: false, eol: '\n', lines: [] }],
  ])('%s', (_name, data, expected) => {
    expect(decode('f.md', data)).toMatchObject({ ...expected, sha256: sha256(data) });
  });

  it.each([
    ['a lone continuation byte', bytes('ab\nc', [0x96], 'd'), 2, 2, 0x96],
    ['a truncated sequence at the end', bytes('ab', [0xe2, 0x82]), 1, 3, 0xe2],
    ['UTF-16', bytes([0xff, 0xfe], 'a'), 1, 1, 0xff],
  ])('invalid UTF-8 has a place: %s', (_name, data, line, column, byte) => {
    expect(() => decode('f.md', data)).toThrowError(new NotUtf8('f.md', line, column, byte));
  });
});

describe('fingerprint', () => {
  it.each([
    ['trailing blanks', ['a  ', 'b\t'], ['a', 'b']],
    ['runs of blank lines', ['a', '', '', '', 'b'], ['a', '', 'b']],
    ['blank lines around', ['', 'a', ''], ['a']],
  ])('%s do not count', (_name, one, other) => {
    expect(fingerprint(one)).toBe(fingerprint(other));
  });

  it.each([
    ['indentation', ['  a'], ['a']],
    ['comments', ['a # default 3'], ['a # default 4']],
    ['order', ['a', 'b'], ['b', 'a']],
  ])('%s counts', (_name, one, other) => {
    expect(fingerprint(one)).not.toBe(fingerprint(other));
  });

  it('names its recipe', () => {
    expect(fingerprint(['a'])).toMatch(/^1:[0-9a-f]{64}$/);
  });
});

describe('countedLines', () => {
  const cases: [name: string, lines: string[], text: string[], at: number[]][] = [
    ['every line where none is blank', ['a', 'b'], ['a', 'b'], [0, 1]],
    [
      'of blank lines the first of each run, none at the ends',
      ['', 'a', ' ', '', 'b', ''],
      ['a', '', 'b'],
      [1, 2, 4],
    ],
    ['trailing blanks', ['a \t', '  b'], ['a', '  b'], [0, 1]],
    ['only blank lines', ['', ' ', '\t'], [], []],
    ['nothing', [], [], []],
  ];
  it.each(cases)('%s', (_name, lines, text, at) => {
    expect(countedLines(lines)).toEqual({ text, at });
    expect(fingerprint(text)).toBe(fingerprint(lines));
  });
});

describe('canonicalJson (RFC 8785)', () => {
  it('orders keys and drops white space', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'é'] })).toBe('{"a":[true,null,"é"],"b":1}');
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson(undefined)).toThrow('no canonical JSON');
  });
});

it('splitLines does not open a line after the last end', () => {
  expect(splitLines('a\r\n\nb\n')).toEqual(['a', '', 'b']);
});
