import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LINE_WIDTH } from '../../tools/contracts/emit/layout.ts';
import { emit, type Field, generate, type Ir, type Type } from '../../tools/contracts/index.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec } from './spec-fixture.ts';

const { formatter, javascript } = JSON.parse(readFileSync(`${ROOT}biome.json`, 'utf8'));

/** The files of an IR, and the same as the formatter of this project writes them. */
function formatted(ir: Ir): [written: Record<string, string>, formatted: Record<string, string>] {
  const root = temporaryFolder();
  const written = Object.fromEntries(emit(ir, { out: '.' }).map(({ path, text }) => [path, text]));
  writeTree(root, { ...written, 'biome.json': JSON.stringify({ formatter, javascript }) });
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  execFileSync(process.execPath, [biome, 'format', '--write', '.'], { cwd: root, stdio: 'pipe' });
  const read = (path: string): [string, string] => [path, readFileSync(join(root, path), 'utf8')];
  return [written, Object.fromEntries(Object.keys(written).map(read))];
}

const string: Type = { kind: 'prim', name: 'string' };
const int: Type = { kind: 'prim', name: 'int' };
const words = (count: number): Type[] =>
  Array.from({ length: count }, (_, at) => ({ kind: 'literal', value: `word number ${at}` }));
const evidence = [{ file: 'S.md', line: 1, dialect: 'yaml' as const, confidence: 'stated' as const }];
const field = (name: string, type: Type, more: Partial<Field> = {}): Field => ({
  name,
  type,
  presence: 'required',
  nullable: false,
  doc: '',
  evidence,
  ...more,
});
const object: Type = { kind: 'object', fields: [field('x', int), field('y', string, { nullable: true })] };
const open = { presence: 'optional', nullable: true } as const;

/** Shapes that some spec may have, each in the ways in which a field may carry it. */
const SHAPES: Record<string, Type> = {
  short: { kind: 'union', of: words(2) },
  long: { kind: 'union', of: words(9) },
  longList: { kind: 'array', of: { kind: 'union', of: words(9) } },
  shortList: { kind: 'array', of: { kind: 'union', of: words(2) } },
  listOfLists: { kind: 'array', of: { kind: 'array', of: string } },
  object,
  objects: { kind: 'array', of: object },
  objectMap: { kind: 'map', of: object },
  either: { kind: 'union', of: [object, string] },
  deep: { kind: 'object', fields: [field('inner', { kind: 'array', of: object }, open)] },
  pair: { kind: 'tuple', of: [string, int] },
  pairWithObject: { kind: 'tuple', of: [string, object] },
  empty: { kind: 'object', fields: [] },
  pattern: { kind: 'pattern', pattern: `^(?:${'some-words/and, more|'.repeat(6)}the last [/(])$` },
  'quoted-name': { kind: 'literal', value: "it's" },
};

const AWKWARD: Ir = {
  schema: 'govkit.ir@1',
  spec: { source: 'S.md', version: 'v01', sha256: 'a'.repeat(64) },
  mentions: [],
  events: [],
  types: [
    {
      kind: 'record',
      name: 'Awkward',
      section: '1',
      fingerprint: '1:0',
      doc: `${'Words that go on and on '.repeat(8)}and end it */ here`,
      fields: Object.entries(SHAPES).flatMap(([name, type]) => [
        field(name, type, { doc: 'What it is' }),
        field(`${name}Open`, type, open),
      ]),
      evidence,
    },
    {
      kind: 'record',
      name: 'Tree',
      section: '1',
      fingerprint: '1:0',
      doc: '',
      fields: [
        field('children', { kind: 'array', of: { kind: 'ref', name: 'Tree' } }),
        field('parent', { kind: 'ref', name: 'Tree' }, open),
        field('share', int, { bounds: { min: 0, max: 1, confidence: 'stated' } }),
      ],
      evidence,
    },
    { kind: 'record', name: 'Empty', section: '1', fingerprint: '1:0', doc: '', fields: [], evidence },
    {
      kind: 'enum',
      name: 'Numbers',
      section: '1',
      fingerprint: '1:0',
      doc: '',
      members: Array.from({ length: 60 }, (_, value) => ({ value, doc: '' })),
      evidence,
    },
  ],
};

it('the generated TypeScript of the own spec is what the formatter would write', () => {
  const overlay = { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) };
  const [written, after] = formatted(generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), { overlay }).ir);
  expect(after).toEqual(written);
});

it('so is that of shapes which it does not have', () => {
  const [written, after] = formatted(AWKWARD);
  expect(after['types.ts']).toBe(written['types.ts']);
});

it('a long comment is folded, and cannot end itself', () => {
  const text = emit(AWKWARD).find(({ path }) => path.endsWith('types.ts'))!.text;
  const comment = /^\/\*\*\n(?: \*(?: .*)?\n)+ \*\/$/m.exec(text)?.[0];
  expect(comment).toContain('end it *\\/ here\n');
  expect(comment!.split('\n').every((line) => line.length <= LINE_WIDTH)).toBe(true);
});
