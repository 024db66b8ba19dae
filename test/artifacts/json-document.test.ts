import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonDocument, openJson, openJsonLines } from '../../tools/artifacts/json/json-document.ts';
import { JsonNode } from '../../tools/artifacts/json/json-node.ts';
import { DEEPEST } from '../../tools/artifacts/json/json-spans.ts';
import { fileOf, textAt } from './memory.ts';

const open = (text: string): JsonDocument => openJson(fileOf('a.json', text));
const problems = ({ findings }: JsonDocument): string[] =>
  findings.map(({ rule, message, place }) => `${place.line}:${place.column} ${rule} ${message}`);

describe('what is no JSON is one finding at its place', () => {
  it.each([
    ['', '1:1 artifact/malformed Unexpected end of the file, expected a value'],
    ['\n \n', '1:1 artifact/malformed Unexpected end of the file, expected a value'],
    ['{\n  "a": [1, 2\n\n', '2:13 artifact/malformed Unexpected end of the file, expected "]"'],
    ['{"a": 1', '1:8 artifact/malformed Unexpected end of the file, expected "}"'],
    ['{"a" 1}', '1:6 artifact/malformed Unexpected "1", expected ":"'],
    ['{"a": 1 "b": 2}', '1:9 artifact/malformed Unexpected "\\"b\\"", expected ","'],
    ['{"a": 1,\n}', '2:1 artifact/malformed Unexpected "}", expected a key in double quotes'],
    ['[1,]', '1:4 artifact/malformed Unexpected "]", expected a value'],
    ["{'a': 1}", '1:2 artifact/malformed Unexpected "\'a\'", expected JSON'],
    ['{"a": undefined}', '1:7 artifact/malformed Unexpected "undefined", expected JSON'],
    ['{}\n{}', '2:1 artifact/malformed Unexpected "{", expected the end of the file'],
    ['{} // x', '1:4 artifact/malformed Unexpected "// x", expected JSON without comments'],
    ['["a\nb"]', '1:2 artifact/malformed Unexpected "\\"a", expected a closing quote'],
    [
      '["a\tb"]',
      '1:2 artifact/malformed Unexpected "\\"a\\tb\\"", expected control characters to be escaped',
    ],
    ['["\\x"]', '1:2 artifact/malformed Unexpected "\\"\\\\x\\"", expected an escape that JSON knows'],
    ['["\\u12"]', '1:2 artifact/malformed Unexpected "\\"\\\\u12\\"", expected \\u and four hex digits'],
    ['[1.]', '1:2 artifact/malformed Unexpected "1.", expected a digit'],
    ['[01]', '1:3 artifact/malformed Unexpected "1", expected ","'],
    ['[-]', '1:2 artifact/malformed Unexpected "-", expected JSON'],
    ['[1e999]', '1:2 artifact/malformed Unexpected number 1e999, expected one that can be read'],
    ['\u0000PNG\u0001', '1:1 artifact/malformed Unexpected "\\u0000PNG\\u0001", expected JSON'],
  ])('%j', (text, expected) => {
    const document = open(text);
    expect([document.root, problems(document)]).toEqual([undefined, [expected]]);
    for (const { found, place } of document.findings) {
      if (found !== undefined) expect(textAt(document.file, place)).toBe(found);
    }
  });

  it('nesting that no document has: at the first level that is too deep', () => {
    expect(problems(open('['.repeat(50_000)))).toEqual([
      '1:51 artifact/malformed Unexpected nesting of more than 50 levels, expected a governed document',
    ]);
  });

  it('a long token is shown by its beginning', () => {
    const [finding] = open(`{"a": ${'x'.repeat(100_000)}`).findings;
    expect(finding?.message).toBe(`Unexpected "${'x'.repeat(40)}", expected JSON`);
  });
});

describe('a key that stands twice', () => {
  const document = open('{\r\n  "a": {"b": 1, "\\u0062": 2, "b": 3}\r\n}');

  it('is a finding for each repetition, and the last one counts', () => {
    expect(problems(document)).toEqual([
      '2:17 artifact/repeated-key Unexpected second "\\u0062", expected each key once: only the last one counts',
      '2:30 artifact/repeated-key Unexpected second "b", expected each key once: only the last one counts',
    ]);
    expect(document.root?.value).toEqual({ a: { b: 3 } });
    const b = document.root?.at('a')?.at('b');
    expect([b?.value, b?.place.column]).toEqual([3, 35]);
  });
});

describe('places', () => {
  const file = fileOf('a.json', '\ufeff{\r\n  "list": [1, {"k": "v\\n"}],\r\n  "__proto__": null\r\n}');
  const { root } = openJson(file);

  it('of values and of keys, without the BOM', () => {
    expect([root?.place.line, root?.place.column, root?.place.endLine]).toEqual([1, 1, 4]);
    const text = root?.list('list')[1]?.text('k');
    expect([text?.text, text?.source, text && textAt(file, text.place)]).toEqual(['v\n', '"v\\n"', '"v\\n"']);
    expect(Array.from(root?.members() ?? [], ({ key }) => [key.text, textAt(file, key.place)])).toEqual([
      ['list', '"list"'],
      ['__proto__', '"__proto__"'],
    ]);
    expect(root?.at('__proto__')?.value).toBe(null);
  });

  it('what is not there is undefined, whatever stands in its stead', () => {
    expect([root?.at('toString'), root?.at('list')?.at('0'), root?.text('list')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([root?.items(), root?.list('nothing')]).toEqual([[], []]);
  });

  it('of JSON lines: each line alone, blank ones passed over', () => {
    const lines = openJsonLines(fileOf('a.jsonl', '{"a":1}\r\n\n{"b":\n{"c":2}'));
    expect(lines.map(({ root }) => root?.place.line)).toEqual([1, undefined, 4]);
    expect(lines.flatMap(problems)).toEqual([
      '3:6 artifact/malformed Unexpected end of the line, expected a value',
    ]);
  });
});

/** JSON with its blanks, and JSON that was damaged somewhere. */
const sound = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2, '\t'))
  .map(([value, indent]) => JSON.stringify(value, null, indent));
const damaged = fc
  .tuple(
    sound,
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom('', '"', ',', '}', ']', '{', '\\', '0', '\t', 'é', '-'),
  )
  .map(([text, at, gone, put]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + put + text.slice(from + gone);
  });

/** `1e999` is JSON, and no number that could be written again. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      if (value === Infinity || value === -Infinity) throw new RangeError();
      return value;
    });
  } catch {
    return undefined;
  }
}

describe('the laws', () => {
  it('a text is JSON exactly where JSON.parse says so, and has its value', () => {
    fc.assert(
      fc.property(fc.oneof(sound, damaged), (text) => {
        expect(open(text).root?.value).toEqual(parsed(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('every value stands at its place', () => {
    const walk = (node: JsonNode): void => {
      expect(JSON.parse(node.source)).toEqual(node.value);
      for (const item of node.items()) walk(item);
      for (const { key, node: value } of node.members()) {
        expect(JSON.parse(key.source)).toBe(key.text);
        expect(node.at(key.text)?.place).toEqual(value.place);
        walk(value);
      }
    };
    fc.assert(
      fc.property(sound, fc.constantFrom('', '\ufeff'), fc.constantFrom('\n', '\r\n'), (text, bom, end) => {
        const file = fileOf('a.json', bom + text.replaceAll('\n', end));
        const { root } = openJson(file);
        expect(root).toBeInstanceOf(JsonNode);
        if (root) walk(root);
        if (root && end === '\n') expect(textAt(file, root.place)).toBe(text);
      }),
    );
  });

  it('as deep as it may be is read, one level deeper is not', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(open(nested(DEEPEST)).findings).toEqual([]);
    expect(open(nested(DEEPEST + 1)).root).toBe(undefined);
  });

  it('hostile text takes time in proportion to its length', () => {
    for (const piece of ['"', '\\', '{"', '"a":', '{"a":[', '//', '/*', '-', '\n']) {
      expect(open(piece.repeat(200_000 / piece.length)).findings).toHaveLength(1);
    }
  });
});
