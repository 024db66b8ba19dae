import { describe, expect, it } from 'vitest';
import { emit, type TypeNode } from '../../tools/contracts/index.ts';
import {
  alias,
  everyKind,
  field,
  irOf,
  list,
  literal,
  map,
  pattern,
  prim,
  record,
  ref,
  tuple,
  union,
  words,
} from './every-kind.ts';

/** The code of the definitions of one file, without their comments, by the name of the definition. */
function codeOf(types: TypeNode[], name: string): string {
  const { text } = emit(irOf(types), { out: 'out' })[0]!;
  const after = text.slice(text.search(new RegExp(`^export (?:interface|type) ${name}\\b`, 'm')));
  return after.slice(0, after.indexOf('\n\n') + 1);
}

const base = record('Base', [field('id', prim('uuid')), field('kind', prim('string'))]);
const stated = { bounds: { min: 0, max: 3, confidence: 'stated' as const } };
const inferred = { bounds: { min: 0, confidence: 'inferred' as const } };

describe('a definition is written as', () => {
  it.each<[string, TypeNode[], string, string]>([
    [
      'a record with bounds, of which the inferred ones are not enforced',
      [record('Limits', [field('a', prim('int'), stated), field('b?|null', prim('number'), inferred)])],
      'Limits',
      `export interface Limits {
  a: number;
  b?: number | null;
}
export const Limits = z.strictObject({
  a: z.int().min(0).max(3),
  b: z.exactOptional(z.nullable(z.number())),
}) satisfies z.ZodType<Limits>;
`,
    ],
    [
      'a record that extends another one',
      [record('Child', [field('own', prim('int'))], ['Base', 'Nowhere']), base],
      'Child',
      `export interface Child extends Base {
  own: number;
}
export const Child = z.strictObject({
  ...Base.shape,
  own: z.int(),
}) satisfies z.ZodType<Child>;
`,
    ],
    [
      'a record that says a field of its base in another way: written out',
      [record('Child', [field('kind', literal('child'))], ['Base']), base],
      'Child',
      `export interface Child {
  id: string;
  kind: 'child';
}
export const Child = z.strictObject({
  id: z.uuid(),
  kind: z.literal('child'),
}) satisfies z.ZodType<Child>;
`,
    ],
    [
      'a record of two bases that differ in a field: written out, the later one counts',
      [record('Child', [], ['Base', 'Other']), base, record('Other', [field('kind?', prim('string'))])],
      'Child',
      `export interface Child {
  id: string;
  kind?: string;
}
export const Child = z.strictObject({
  id: z.uuid(),
  kind: z.exactOptional(z.string()),
}) satisfies z.ZodType<Child>;
`,
    ],
    [
      'a record of a base that extends it in turn: written out',
      [record('One', [field('a', prim('int'))], ['Two']), record('Two', [field('b', prim('int'))], ['One'])],
      'Two',
      `export interface Two {
  a: number;
  b: number;
}
export const Two = z.strictObject({
  a: z.int(),
  b: z.int(),
}) satisfies z.ZodType<Two>;
`,
    ],
    [
      'a record that reaches itself',
      [record('Tree', [field('children', list(ref('Tree'))), field('up?|null', ref('Tree'))])],
      'Tree',
      `export interface Tree {
  children: Tree[];
  up?: Tree | null;
}
export const Tree = z.strictObject({
  get children(): z.ZodType<Tree[]> {
    return z.array(Tree);
  },
  get up(): z.ZodExactOptional<z.ZodType<Tree | null>> {
    return z.exactOptional(z.nullable(Tree));
  },
}) satisfies z.ZodType<Tree>;
`,
    ],
    [
      'a record that extends one with getters: written out',
      [record('Leaf', [], ['Tree']), record('Tree', [field('up|null', ref('Tree'))])],
      'Leaf',
      `export interface Leaf {
  up: Tree | null;
}
export const Leaf = z.strictObject({
  up: z.nullable(Tree),
}) satisfies z.ZodType<Leaf>;
`,
    ],
    [
      'a record on the way back of a circle',
      [record('Ping', [field('pong?', ref('Pong'))]), record('Pong', [field('ping', ref('Ping'))])],
      'Pong',
      `export interface Pong {
  ping: Ping;
}
export const Pong = z.strictObject({
  get ping(): z.ZodType<Ping> {
    return Ping;
  },
}) satisfies z.ZodType<Pong>;
`,
    ],
    [
      'an alias that reaches itself',
      [alias('Any', union(prim('string'), map(ref('Any'))))],
      'Any',
      `export type Any = string | { [key: string]: Any };
export const Any: z.ZodType<Any> = z.lazy(() => z.union([z.string(), map(Any)]));
`,
    ],
    [
      'numbers',
      [words('Code', -1, 2)],
      'Code',
      `export type Code = -1 | 2;
export const Code = z.literal([-1, 2]);
`,
    ],
    [
      'a tuple',
      [alias('Pair', tuple(prim('string'), prim('int')))],
      'Pair',
      `export type Pair = [string, number];
export const Pair = z.tuple([z.string(), z.int()]);
`,
    ],
    [
      'a pattern, read with the flag with which JSON Schema reads it',
      [alias('Path', pattern('^a/.$'))],
      'Path',
      `export type Path = string;
export const Path = z.string().regex(/^a\\/.$/u);
`,
    ],
    [
      'a union of nothing',
      [alias('Nothing', union())],
      'Nothing',
      `export type Nothing = never;
export const Nothing = z.never();
`,
    ],
    [
      'a record without the field that sets the prototype',
      [record('Trap', [field('__proto__', prim('string')), field('a', prim('int'))])],
      'Trap',
      `export interface Trap {
  a: number;
}
export const Trap = z.strictObject({
  a: z.int(),
}) satisfies z.ZodType<Trap>;
`,
    ],
  ])('%s', (_, types, name, code) => {
    expect(codeOf(types, name)).toBe(code);
  });
});

describe('types.ts', () => {
  const { text } = emit(everyKind, { out: 'out' })[0]!;

  it('has each definition once, and before its use wherever recursion lets it', () => {
    const names = [...text.matchAll(/^export const (\w+)(?:: | = )/gm)].map((match) => match[1]!);
    const own = everyKind.types.map(({ name }) => name);
    expect(names.filter((name) => own.includes(name)).sort()).toEqual([...own].sort());
    const order = (name: string) => names.indexOf(name);
    expect(order('Prims')).toBeLessThan(order('Shapes'));
    expect(order('Whole')).toBeLessThan(order('Count'));
    expect(order('Base')).toBeLessThan(order('Child'));
    expect(order('Child')).toBeLessThan(order('Grandchild'));
  });

  it('has the map only where a map is', () => {
    expect(text).toContain('export const map = ');
    expect(emit(irOf([base]), { out: 'out' })[0]!.text).not.toContain('map');
  });

  it('a chain of types as long as a spec is put in order', () => {
    const long = Array.from({ length: 20_000 }, (_, at) => alias(`T${at}`, ref(`T${at + 1}`)));
    const names = [...emit(irOf(long), { out: 'out' })[0]!.text.matchAll(/^export type T(\d+)/gm)];
    expect(names.map((match) => Number(match[1]))).toEqual(long.map((_, at) => long.length - 1 - at));
  });
});

describe('what a definition says of itself', () => {
  /** The comment above `One`. */
  const above = (node: Partial<TypeNode>): string => {
    const { text } = emit(irOf([{ ...record('One', [field('a', prim('int'))]), ...node } as TypeNode]), {
      out: 'out',
    })[0]!;
    const start = text.lastIndexOf('/**', text.indexOf('export interface One'));
    return text.slice(start, text.indexOf('export interface One'));
  };
  const print = `1:${'0'.repeat(64)}`;

  it.each<[string, Partial<TypeNode>, string]>([
    ['its clause alone', {}, `/** Clause 1.2, fingerprint ${print}. */\n`],
    [
      'its text, and the clause below it',
      { doc: 'Opaque; compared byte for byte.' },
      `/**\n * Opaque; compared byte for byte.\n *\n * Clause 1.2, fingerprint ${print}.\n */\n`,
    ],
    [
      'the title where the section has no number',
      { section: 'Parts' },
      `/** Clause "Parts", fingerprint ${print}. */\n`,
    ],
    ['that there is none', { section: '' }, `/** Clause (none), fingerprint ${print}. */\n`],
    ['a lettered clause', { section: '2.3.14.A' }, `/** Clause 2.3.14.A, fingerprint ${print}. */\n`],
  ])('%s', (_, node, comment) => {
    expect(above(node)).toBe(comment);
  });
});
