import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAscii } from '../../tools/artifacts/json/canonical-ascii.ts';
import { openJson } from '../../tools/artifacts/json/json-document.ts';
import { printCanonical, printEdited } from '../../tools/artifacts/json/json-print.ts';
import { fileOf } from './memory.ts';

const print = (text: string, content: unknown): string =>
  printEdited(openJson(fileOf('a.json', text)), content);

/** JSON cannot tell -0 from 0. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
const key = fc.constantFrom('wpId', 'type', 'a b', '', '__proto__', '0', 'ü"\\');
const object = fc
  .array(fc.tuple(key, json), { maxLength: 4 })
  .map((entries): Record<string, unknown> => Object.fromEntries(entries));

describe('a change of a document', () => {
  const long = '12345678901234567890';
  const log = `\ufeff{\r\n  "gate_logs": [\r\n    {"wpId": "A",  "n": ${long}, "x": 1.0}\r\n  ],\r\n  "y":  [ 1.50 ]\r\n}`;
  const content = (...gate_logs: unknown[]): unknown => ({ gate_logs, y: [1.5] });
  const entry = { wpId: 'A', n: Number(long), x: 1 };

  it('leaves the rest as it was: BOM, line ends, blanks, digits beyond a number', () => {
    expect(print(log, content({ ...entry, wpId: 'B' }))).toBe(log.replace('"A"', '"B"'));
  });

  it('lays out the line that it extends, and keeps its digits', () => {
    expect(print(log, content(entry, { wpId: 'B' })).split('\r\n')).toEqual([
      '\ufeff{',
      '  "gate_logs": [',
      '    {',
      '      "wpId": "A",',
      `      "n": ${long},`,
      '      "x": 1.0',
      '    },',
      '    {',
      '      "wpId": "B"',
      '    }',
      '  ],',
      '  "y":  [ 1.50 ]',
      '}',
    ]);
  });

  it.each([
    ['a key added', { a: 1 }, { a: 1, b: [2] }],
    ['a key taken away', { a: 1, b: 2 }, { b: 2 }],
    ['the first of a list', { a: [] }, { a: [{ b: 1 }] }],
    ['the last of a list taken away', { a: [1] }, { a: [] }],
    ['another kind of value', { a: [1] }, { a: { b: null } }],
    ['all of it', { a: 1 }, [1]],
  ])('%s: as if it had been written so', (_, before, after) => {
    expect(print(JSON.stringify(before, null, 2), after)).toBe(JSON.stringify(after, null, 2));
    expect(print(`${JSON.stringify(before, null, 2)}\n`, after)).toBe(`${JSON.stringify(after, null, 2)}\n`);
  });

  it.each([
    ['{"a": 1', 'Unexpected end of the file, expected "}"'],
    ['{"a": 1, "a": 2}', 'Unexpected second "a", expected each key once: only the last one counts'],
  ])('of %s is refused, with what is wrong with it', (text, message) => {
    expect(() => print(text, { a: 3 })).toThrow(message);
    const document = openJson(fileOf('a.json', text));
    expect(printEdited(document, document.root?.value)).toBe(text);
    expect(() => printCanonical(document, { a: 3 }, canonicalAscii)).toThrow(message);
  });
});

describe('the laws', () => {
  const style = fc.record({
    bom: fc.constantFrom('', '\ufeff'),
    end: fc.constantFrom('\n', '\r\n'),
    last: fc.constantFrom('', '\n'),
    indent: fc.constantFrom(undefined, 2, 4, '\t'),
  });

  it('unchanged, a document gives back its bytes', () => {
    fc.assert(
      fc.property(fc.oneof(json, object), style, (value, { bom, end, last, indent }) => {
        const text = bom + (JSON.stringify(value, null, indent) + last).replaceAll('\n', end);
        const document = openJson(fileOf('a.json', text));
        expect(printEdited(document, document.root?.value)).toBe(text);
        expect(printCanonical(document, document.root?.value, canonicalAscii)).toBe(text);
      }),
    );
  });

  it('changed, it holds what it was changed to, also where the value itself was changed', () => {
    fc.assert(
      fc.property(fc.array(object), fc.array(object), style, (before, after, { bom, end, last, indent }) => {
        const text = bom + (JSON.stringify({ list: before }, null, indent) + last).replaceAll('\n', end);
        const document = openJson(fileOf('a.json', text));
        const content = document.root?.value as { list: unknown[] };
        content.list = after;
        const printed = printEdited(document, content);
        const back = openJson(fileOf('a.json', printed));
        expect(back.findings).toEqual([]);
        expect(back.root?.value).toEqual({ list: after });
        expect([printed.startsWith(bom), printed.endsWith(last)]).toEqual([true, true]);
        if (text.includes('\r\n')) expect(printed.replaceAll('\r\n', '')).not.toContain('\n');
      }),
      { numRuns: 300 },
    );
  });

  it('in the form of JSON.stringify, a change gives that form again', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 3 }), fc.array(object, { maxLength: 3 }), (before, after) => {
        const printed = print(JSON.stringify({ list: before }, null, 2), { list: [...before, ...after] });
        expect(printed).toBe(JSON.stringify({ list: [...before, ...after] }, null, 2));
      }),
    );
  });
});

describe('canonicalAscii', () => {
  it.each([
    [{ b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
    [{ 10: 1, 9: 2, '': 3 }, '{"":3,"10":1,"9":2}'],
    ['Umfang – § 3', '"Umfang \\u2013 \\u00A7 3"'],
    ['\u{1f600}\ud800', '"\\uD83D\\uDE00\\uD800"'],
    ['\n\t\b\u001f\u007f/', '"\\n\\t\\b\\u001F\u007f/"'],
    // A backslash and "u00e9" are six characters, and no escape.
    ['\\u00e9', '"\\\\u00e9"'],
    [{ 'ä\\': 'é' }, '{"\\u00E4\\\\":"\\u00E9"}'],
  ])('%j', (value, expected) => {
    expect(canonicalAscii(value)).toBe(expected);
  });

  it('is JSON of the same value, ASCII on one line, and its own canonical form', () => {
    fc.assert(
      fc.property(fc.oneof(json, object, fc.string({ unit: 'binary' })), (value) => {
        const text = canonicalAscii(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(text).toMatch(/^[\u0020-\u007f]*$/);
        expect(canonicalAscii(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('does not depend on the order of the keys', () => {
    fc.assert(
      fc.property(object, (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalAscii(turned)).toBe(canonicalAscii(value));
      }),
    );
  });
});
