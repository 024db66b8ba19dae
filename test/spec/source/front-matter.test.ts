import { expect, it } from 'vitest';
import { buildIndex, fingerprintOf, specFileOf } from '../../../tools/spec/index.ts';
import { readFrontMatter } from '../../../tools/spec/source/front-matter.ts';

const read = (text: string): [version: string | undefined, findings: string[], bodyLine: number] => {
  const file = specFileOf('a.md', new TextEncoder().encode(text));
  const { version, findings } = readFrontMatter(file);
  return [version, findings.map(({ place, message }) => `${place.line} ${message}`), file.bodyLine];
};

it.each<[name: string, text: string, version: string | undefined, findings: string[], bodyLine: number]>([
  [
    'of a module',
    '---\nschema: handshake.indexed_spec.module@1\nspec_version: v02.195\nmodule_id: m\n---\n\n# 1. A\n',
    'v02.195',
    [],
    7,
  ],
  ['a version in quotes', '---\nspec_version: "02.195"\n---\n# A\n', 'v02.195', [], 4],
  [
    'a version that YAML takes for a number keeps its digits',
    '---\nspec_version: 02.10\n---\n',
    'v02.10',
    [],
    4,
  ],
  ['the version under its short name', '---\nversion: v2\n---\n', 'v2', [], 4],
  ['a version that is none', '---\nversion: latest\n---\n', undefined, [], 4],
  ['without a version', '---\ntitle: x\n---\n', undefined, [], 4],
  ['empty', '---\n---\n# A\n', undefined, [], 3],
  ['CRLF and BOM', '\ufeff---\r\nversion: v2\r\n---\r\n# A\r\n', 'v2', [], 4],
  ['none', '# A\n', undefined, [], 1],
  ['a rule across the page', '---\n\n# A\n', undefined, [], 1],
  ['blank lines only', '\n\n', undefined, [], 3],
  [
    'no YAML',
    '---\na: b\nc: [\n---\n# A\n',
    undefined,
    [
      '3 Unexpected front matter (Flow sequence in block collection must be sufficiently indented and end with a ]), expected YAML',
    ],
    5,
  ],
  [
    'a key twice',
    '---\nversion: v1\nversion: v2\n---\n',
    undefined,
    ['3 Unexpected front matter (Map keys must be unique), expected YAML'],
    5,
  ],
  [
    'a list',
    '---\n- a\n---\n',
    undefined,
    ['2 Unexpected front matter without keys, expected lines of KEY: VALUE'],
    4,
  ],
  [
    'text between two rules',
    '---\n# 1. A\n---\n',
    undefined,
    ['2 Unexpected front matter without keys, expected lines of KEY: VALUE'],
    4,
  ],
  [
    'not closed',
    '---\nschema: x\n# 1. A\n',
    undefined,
    ['1 Unexpected front matter without an end, expected a line --- that ends it'],
    1,
  ],
])('%s', (_name, text, version, findings, bodyLine) => {
  expect(read(text)).toEqual([version, findings, bodyLine]);
});

it('is no text of a section, and lines count from the top of the file', () => {
  const of = (text: string) => buildIndex('a.md', [specFileOf('a.md', new TextEncoder().encode(text))]);
  const plain = of('# 1. A\ntext\n');
  const fronted = of('---\n# 9. no heading: x\nv: 1\n---\n\n# 1. A\ntext\n');
  expect(fronted.sections.map(({ number, line, endLine }) => [number, line, endLine])).toEqual([['1', 6, 7]]);
  expect(fingerprintOf(fronted, fronted.sections[0]!)).toBe(fingerprintOf(plain, plain.sections[0]!));
});

it('20,000 keys are read, and one that stands twice is told', () => {
  const keys = Array.from({ length: 20_000 }, (_, at) => `k${at}: 1\n`).join('');
  expect(read(`---\n${keys}version: v2\n---\n`)).toEqual(['v2', [], 20_004]);
  expect(read(`---\n${keys}k7: 2\n---\n`)).toEqual([
    undefined,
    ['20002 Unexpected front matter (Map keys must be unique), expected YAML'],
    20_004,
  ]);
  expect(read('---\na:\n  b: 1\n  b: 2\n---\n')[1]).toEqual([
    '4 Unexpected front matter (Map keys must be unique), expected YAML',
  ]);
});
