import { describe, expect, it } from 'vitest';
import { readFieldTables } from '../../tools/contracts/dialects/field-table.ts';
import type { Field, TypeNode } from '../../tools/contracts/index.ts';
import { specOf } from './spec-fixture.ts';

const HEAD = ['| Field | Type | Required | Description |', '|---|---|---|---|'];

function read(...lines: string[]) {
  const reads = readFieldTables(specOf(lines.join('\n')));
  return {
    types: reads.flatMap(({ types }) => types),
    messages: reads.flatMap(({ diagnostics }) =>
      diagnostics.map(({ finding }) => `${finding.place.line} ${finding.message}`),
    ),
  };
}

const table = (...rows: string[]) => read('## 1.2 Thing', '', ...HEAD, ...rows);

function fieldOf(row: string): Field {
  const [node] = table(row).types.filter(({ kind }) => kind === 'record');
  return node?.kind === 'record' ? node.fields[0]! : expect.fail('no record');
}

const names = (types: TypeNode[]) => types.map(({ kind, name }) => `${kind} ${name}`);
const prim = (name: string) => ({ kind: 'prim', name });
const ref = (name: string) => ({ kind: 'ref', name });

describe('rows', () => {
  it.each<[string, Partial<Field>]>([
    [
      '| `a` | string | ✓ | x |',
      { name: 'a', type: prim('string') as Field['type'], presence: 'required', doc: 'x' },
    ],
    ['| a | UUID | | x |', { type: prim('uuid') as Field['type'], presence: 'optional' }],
    ['| `a` | Timestamp | ✓ | |', { type: prim('datetime') as Field['type'], doc: '' }],
    ['| `a` | Boolean | ✓ | |', { type: prim('bool') as Field['type'] }],
    ['| `a` | JobId | ✓ | |', { type: ref('JobId') as Field['type'] }],
    ['| `a` | [EntityRef] | ✓ | |', { type: { kind: 'array', of: ref('EntityRef') as Field['type'] } }],
    [
      '| `a` | string[]? | ✓ | |',
      { type: { kind: 'array', of: prim('string') as Field['type'] }, presence: 'optional' },
    ],
    [
      '| `a` | EntityRef \\| SourceRef | ✓ | |',
      { type: { kind: 'union', of: [ref('EntityRef'), ref('SourceRef')] as Field['type'][] } },
    ],
    [
      '| `a` | enum | ✓ | High-level origin (e.g. `x`, `y`). |',
      { type: prim('string') as Field['type'], open: ['x', 'y'] },
    ],
    ['| `a` | enum? | ✓ | `x` \\| `y` |', { type: ref('ThingA') as Field['type'], presence: 'optional' }],
  ])('%s', (row, expected) => {
    expect(fieldOf(row)).toMatchObject(expected);
  });

  it('a field is proven by its row, the record by its header', () => {
    const [node] = table('| `a` | string | ✓ | |').types;
    expect(node!.evidence).toEqual([
      { file: 'Spec_v01.md', line: 3, dialect: 'field-table', confidence: 'stated' },
    ]);
    expect(fieldOf('| `a` | string | ✓ | |').evidence[0]!.line).toBe(5);
  });

  it.each([
    [
      '| `a` | Map of things | ✓ | |',
      '5 Unexpected type "Map of things" of Thing.a, expected one that the IR carries',
    ],
    [
      '| `a` | string | ✓ for `nsfw` | |',
      '5 Unexpected condition "✓ for `nsfw`" of Thing.a, expected ✓ or nothing; it is optional',
    ],
  ])('%s is reported', (row, message) => {
    expect(table(row).messages).toEqual([message]);
  });

  it('a second field of one name is reported', () => {
    expect(table('| `a` | string | ✓ | |', '| `a` | int | ✓ | |').messages).toEqual([
      '6 Unexpected second field a of Thing, expected it once',
    ]);
  });
});

describe('values that a description begins with', () => {
  it.each([
    ['`strict`, `normal`, or `experimental`', ['strict', 'normal', 'experimental']],
    ['`single_step` or `multi_step`', ['single_step', 'multi_step']],
    ['`a_only` (read-only), `b_only` (propose only)', ['a_only', 'b_only']],
    ['`x`, `y`. Governs the rest.', ['x', 'y']],
  ])('%s', (doc, values) => {
    const { types } = table(`| \`m\` | Mode | ✓ | ${doc} |`);
    expect(types.find(({ kind }) => kind === 'enum')).toMatchObject({
      name: 'Mode',
      section: '1.2',
      evidence: [{ line: 5 }],
      members: values.map((value) => ({ value })),
    });
  });

  it.each([
    ['Logical type (e.g., `doc_edit`, `canvas_cluster`)'],
    ['Allowed layers: `read`, `write`'],
    ['`x` alone'],
    ['`x`, `y` and more of the kind'],
    ['`x`, `y`, e.g. for tests'],
  ])('none: %s', (doc) => {
    expect(names(table(`| \`m\` | Mode | ✓ | ${doc} |`).types)).toEqual(['record Thing']);
  });
});

describe('names', () => {
  it('the tables of a core schema are one record', () => {
    const { types } = read(
      '### 2.6 AI Job Model (Global)',
      '#### 2.6.2 Core Schema',
      '##### 2.6.2.1 Identity',
      ...HEAD,
      '| `a` | string | ✓ | |',
      '##### 2.6.2.2 State',
      ...HEAD,
      '| `b` | string | ✓ | |',
    );
    expect(types).toMatchObject([
      { name: 'AiJobCore', section: '2.6.2', fields: [{ name: 'a' }, { name: 'b' }] },
    ]);
  });

  it('fields of a profile are named after it', () => {
    const three = ['| Field | Type | Description |', '|---|---|---|', '| `a` | string | x |'];
    expect(
      read('### 2.5 Charts & Decks AI Job Profile', '#### 2.5.1 Profile-specific fields', ...three).types,
    ).toMatchObject([{ name: 'ChartsDecksAiJobFields', fields: [{ presence: 'required' }] }]);
  });

  it('a second table of one heading has a number', () => {
    const one = [...HEAD, '| `a` | string | ✓ | |', ''];
    expect(names(read('## 1.2 Thing', ...one, ...one, ...one).types)).toEqual([
      'record Thing',
      'record Thing2',
      'record Thing3',
    ]);
  });
});

describe('what is no field table', () => {
  it.each([
    ['another header', ['| Field | Type | Values | Description |', '|---|---|---|---|', '| a | b | c | d |']],
    ['no delimiter row', ['| Field | Type | Description |', '| `a` | string | x |']],
    ['a block of code', ['```text', ...HEAD, '| `a` | string | ✓ | |', '```']],
  ])('%s', (_, lines) => {
    expect(read('## 1 Thing', '', ...lines).types).toEqual([]);
  });

  it.each([
    ['many rows', Array.from({ length: 20_000 }, (_, at) => `| \`a${at}\` | string | ✓ | |`)],
    ['a long cell', [`| \`a\` | string | ✓ | ${'`x`, '.repeat(50_000)} |`]],
    ['many pipes', [`| \`a\` ${'| '.repeat(50_000)}`]],
    ['many types', [`| \`a\` | ${'A \\| '.repeat(50_000)} | ✓ | |`]],
  ])('%s are read to their end', (_, rows) => {
    expect(() => table(...rows)).not.toThrow();
  });
});
