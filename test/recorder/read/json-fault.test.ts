import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../../tools/recorder/read/json-fault.ts';

const WHOLE = 'the end of the line';

describe('where a text stops being JSON', () => {
  it.each([
    ['', 0, 'a value', true],
    ['{"a":1', 6, 'a number', true],
    ['{"a":""', 7, '"," or "}"', true],
    ['{"a":x}', 5, 'a value', false],
    ['{"a":1}}', 7, WHOLE, false],
    ['{"a":"b', 7, 'the end of a string', true],
    ['{"a":"\\u00', 10, 'the end of a string', true],
    ['{"a":"\\q"}', 6, 'an escape that JSON has', false],
    ['{"a":"\u0007"}', 6, 'a character of a string', false],
    ['{"a":tru', 8, 'true', true],
    ['{"a":-', 6, 'a number', true],
    ['{"a":1,}', 7, 'a key', false],
    ['{a:1}', 1, 'a key or "}"', false],
    ['{"a" 1}', 5, '":"', false],
    ["{'a':1}", 1, 'a key or "}"', false],
    ['[1,]', 3, 'a value', false],
    ['[01]', 2, '"," or "]"', false],
  ])('%j', (text, offset, expected, cut) => {
    expect(jsonFault(text)).toEqual({ offset, expected, cut });
  });

  it('finds none exactly where JSON.parse finds none', () => {
    const spoiled = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), fc.nat(3))
      .map(([text, place, more, less]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + more + text.slice(at + less);
      });
    fc.assert(
      fc.property(spoiled, (text) => {
        const { cut, expected } = jsonFault(text);
        expect([text, cut && expected === WHOLE]).toEqual([text, parses(text)]);
      }),
      { numRuns: 700 },
    );
  });

  it('knows every beginning of an object for one', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (inner, place) => {
        const text = `{"a":${inner}}`;
        const beginning = text.slice(0, 1 + (place % (text.length - 1)));
        expect([beginning, jsonFault(beginning).cut]).toEqual([beginning, true]);
      }),
      { numRuns: 700 },
    );
  });

  it('reads what is nested without end', () => {
    const deep = '['.repeat(1_000_000);
    expect(jsonFault(deep)).toEqual({ offset: deep.length, expected: 'a value or "]"', cut: true });
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
