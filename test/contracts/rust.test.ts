import { describe, expect, it } from 'vitest';
import { readRustBlock } from '../../tools/contracts/dialects/rust.ts';
import type { EnumNode, Field, RecordNode } from '../../tools/contracts/index.ts';
import { rust } from './spec-fixture.ts';

function fieldOf(...lines: string[]): Field {
  const { types } = readRustBlock(rust('struct Thing {', ...lines, '}'));
  return types.find((node): node is RecordNode => node.kind === 'record')!.fields[0]!;
}

function messages(...lines: string[]): string[] {
  return readRustBlock(rust(...lines)).diagnostics.map(
    ({ finding }) => `${finding.place.line} ${finding.message}`,
  );
}

const prim = (name: string) => ({ kind: 'prim', name });
const ref = (name: string) => ({ kind: 'ref', name });
const list = (of: unknown) => ({ kind: 'array', of });

describe('types of a field, as serde writes them', () => {
  it.each([
    ['String', prim('string'), false],
    ["&'static str", prim('string'), false],
    ['u8', prim('int'), false],
    ['i64', prim('int'), false],
    ['usize', prim('int'), false],
    ['f32', prim('number'), false],
    ['bool', prim('bool'), false],
    ['Uuid', prim('uuid'), false],
    ['uuid::Uuid', prim('uuid'), false],
    ['DateTime<Utc>', prim('datetime'), false],
    ['chrono::DateTime<chrono::Utc>', prim('datetime'), false],
    ['Option<String>', prim('string'), true],
    ['Option<Vec<Uuid>>', list(prim('uuid')), true],
    ['Vec<Option<u32>>', list({ kind: 'union', of: [prim('int'), { kind: 'null' }] }), false],
    ['[f64; 3]', list(prim('number')), false],
    ['&[JobId]', list(ref('JobId')), false],
    ['HashSet<String>', list(prim('string')), false],
    ['BTreeMap<String, JobMetrics>', { kind: 'map', of: ref('JobMetrics') }, false],
    ['std::collections::HashMap<Uuid, u32>', { kind: 'map', of: prim('int') }, false],
    ['serde_json::Value', prim('json'), false],
    ['Box<Node>', ref('Node'), false],
    ['Arc<Option<Node>>', ref('Node'), true],
    ['(String, u32)', { kind: 'tuple', of: [prim('string'), prim('int')] }, false],
    ['()', { kind: 'null' }, false],
    ['r#type::Kind', ref('Kind'), false],
  ])('%s', (written, type, nullable) => {
    expect(fieldOf(`  pub a: ${written},`)).toMatchObject({
      name: 'a',
      type,
      nullable,
      presence: 'required',
    });
  });

  it.each([
    ['Vec<Box<dyn Gate>>'],
    ['HashMap<RefId, EntityRef>'],
    ['Box<dyn Fn(u32, u32) -> Result<u8, Error>>'],
    ['HashMap<dyn Key, Map<A, B>>'],
    ['Mutex<State>'],
  ])('%s is carried as it is written, and reported once', (written) => {
    const read = readRustBlock(rust('struct Thing {', `  a: ${written},`, '  b: u8,', '}'));
    expect(read.types).toMatchObject([
      { fields: [{ name: 'a', type: { kind: 'opaque', text: written } }, { name: 'b' }] },
    ]);
    expect(read.diagnostics.map(({ finding }) => [finding.message, finding.args])).toEqual([
      [`Unexpected type ${written} of Thing.a, expected one that the IR carries`, { name: 'Thing' }],
    ]);
  });
});

describe('what stands beside a field', () => {
  it.each<[string[], Partial<Field>]>([
    [['  /// The owner.', '  a: String,'], { doc: 'The owner.' }],
    [['  a: u32, // default 8'], { doc: 'default 8', default: { kind: 'value', value: 8 } }],
    [['  a: String, // stable UUID'], { type: { kind: 'prim', name: 'uuid' } }],
    [['  a: String, // stable id; UUID or hash-based'], { type: { kind: 'prim', name: 'string' } }],
    [['  a: Option<u32>, // null = unlimited'], { nullable: true, nullMeaning: 'null = unlimited' }],
    [['  a: String // SHA-256 of the body'], { type: { kind: 'prim', name: 'sha256' } }],
    [['  #[serde(default)]', '  a: u32,'], { presence: 'optional' }],
    [
      ['  #[serde(skip_serializing_if = "Option::is_none")]', '  pub(crate) a: Option<u32>,'],
      { presence: 'optional', nullable: true },
    ],
    [['  #[serde(rename = "type")]', '  a: String,'], { name: 'type' }],
    [['  #[serde(rename(serialize = "b", deserialize = "c"))]', '  a: String,'], { name: 'b' }],
    [['  #[serde(skip)]', '  a: String,', '  b: u8,'], { name: 'b' }],
    [['  #[validate(length(min = 1))]', '  a: String,'], { name: 'a' }],
  ])('%s', (lines, expected) => {
    expect(fieldOf(...lines)).toMatchObject(expected);
  });

  it('a field knows its line, and what a comment adds is mined', () => {
    expect(fieldOf('', '  a: String, // ISO 8601').evidence).toEqual([
      { file: 'Spec_v01.md', line: 6, dialect: 'rust', confidence: 'stated' },
      { file: 'Spec_v01.md', line: 6, dialect: 'rust', confidence: 'mined' },
    ]);
  });

  it('a flattened struct is a base; a flattened map cannot be carried', () => {
    const [node] = readRustBlock(
      rust('struct Thing {', '  #[serde(flatten)]', '  base: Base,', '  b: u8,', '}'),
    ).types;
    expect(node).toMatchObject({ extends: ['Base'], fields: [{ name: 'b' }] });
    expect(messages('struct Thing {', '  #[serde(flatten)]', '  m: HashMap<String, u8>,', '}')).toEqual([
      '6 Unexpected type HashMap<String, u8> (serde flatten) of Thing.m, expected one that the IR carries',
    ]);
  });

  it('rename_all renames the fields of a struct', () => {
    const [node] = readRustBlock(
      rust('#[serde(rename_all = "camelCase")]', 'struct Thing { session_id: String, wp_id: u8 }'),
    ).types;
    expect(node).toMatchObject({ fields: [{ name: 'sessionId' }, { name: 'wpId' }] });
  });

  it('a second field of one name is reported', () => {
    expect(messages('struct Thing {', '  a: u8,', '  a: u16,', '}')).toEqual([
      '6 Unexpected second field a of Thing, expected it once',
    ]);
  });
});

describe('enums', () => {
  const enumOf = (...lines: string[]) =>
    readRustBlock(rust(...lines)).types.find((node): node is EnumNode => node.kind === 'enum');

  it('without a word of serde the casing is unstated, and members stay as written', () => {
    expect(
      enumOf('pub enum JobState {', '  Queued, // waits', '  /// Works.', '  Running = 3', '}'),
    ).toMatchObject({
      name: 'JobState',
      casing: 'unstated',
      members: [
        { value: 'Queued', doc: 'waits' },
        { value: 'Running', doc: 'Works.' },
      ],
    });
  });

  it.each([
    ['lowercase', 'fyi awaitinguser'],
    ['UPPERCASE', 'FYI AWAITINGUSER'],
    ['PascalCase', 'FYI AwaitingUser'],
    ['camelCase', 'fYI awaitingUser'],
    ['snake_case', 'f_y_i awaiting_user'],
    ['SCREAMING_SNAKE_CASE', 'F_Y_I AWAITING_USER'],
    ['kebab-case', 'f-y-i awaiting-user'],
    ['SCREAMING-KEBAB-CASE', 'F-Y-I AWAITING-USER'],
  ])('rename_all = "%s"', (rule, expected) => {
    const node = enumOf(`#[serde(rename_all = "${rule}")]`, 'enum E { FYI, AwaitingUser }')!;
    expect(node.members.map(({ value }) => value).join(' ')).toBe(expected);
    expect(node).not.toHaveProperty('casing');
  });

  it('a rename of one variant states that one alone', () => {
    expect(enumOf('enum E {', '  #[serde(rename = "x")]', '  A,', '  B,', '}')).toMatchObject({
      casing: 'unstated',
      members: [{ value: 'x' }, { value: 'B' }],
    });
    expect(enumOf('enum E {', '  #[serde(rename = "x")]', '  A,', '}')).not.toHaveProperty('casing');
  });

  it.each([
    ['enum E { A, B(u8) }', '4 Unexpected B in enum E, expected variants without a payload'],
    ['enum E { A { x: u8 }, B }', '4 Unexpected A in enum E, expected variants without a payload'],
    ['enum E { A, ... }', '4 Unexpected . in enum E, expected variants without a payload'],
    [
      '#[serde(tag = "t")] enum E { A }',
      '4 Unexpected a tag of serde in enum E, expected variants without a payload',
    ],
  ])('%s is no contract', (line, message) => {
    expect(enumOf(line)).toBeUndefined();
    expect(messages(line)).toEqual([message]);
  });
});

describe('blocks', () => {
  it('what says nothing about the wire is passed by without a word', () => {
    const read = readRustBlock(
      rust(
        'use std::fmt;',
        'pub struct Marker;',
        'pub struct Id(pub Uuid);',
        'pub struct Page<T> { items: Vec<T> }',
        'pub trait Gate { type Out; fn check(&self) -> bool; }',
        'impl Gate for Id { fn check(&self) -> bool { struct Inner { a: u8 } true } }',
        'const RE: &str = r#"enum X { A }"#; // \'',
        'pub async fn run(x: u8) -> Result<(), Error> { match x { _ => Ok(()) } }',
        '/* enum Y { /* nested */ A } */',
        "fn one() -> char { '}' }",
        'pub type RoleId = String;',
        '/// Seen.',
        'pub struct Last { a: u8 }',
      ),
    );
    expect(read.diagnostics).toEqual([]);
    expect(read.types.map(({ kind, name, doc }) => `${kind} ${name} ${doc}`)).toEqual([
      'alias RoleId ',
      'record Last Seen.',
    ]);
  });

  it('a placeholder body defines nothing', () => {
    expect(readRustBlock(rust('pub struct PlannedOperation { ... }')).types).toEqual([]);
    expect(messages('pub struct PlannedOperation { ... }')).toEqual([
      '4 Unexpected ... in PlannedOperation, expected fields',
    ]);
  });

  it('an attribute changes the fingerprint, a comment above does not', () => {
    const print = (...lines: string[]) => readRustBlock(rust(...lines)).types[0]!.fingerprint;
    const plain = print('enum E { A }');
    expect(print('// why', 'enum E { A }')).toBe(plain);
    expect(print('#[serde(rename_all = "lowercase")]', 'enum E { A }')).not.toBe(plain);
  });

  it.each([
    ['an open brace', 'struct A { a: '],
    ['an open attribute', 'struct A { #[serde(default'],
    ['an open string', 'struct A { a: "'],
    ['an open comment', 'struct A { /* a: u8'],
    ['nothing but angles', `struct A { a: ${'Vec<'.repeat(20_000)}`],
    ['nothing but brackets', `struct A { a: ${'['.repeat(50_000)}`],
    ['nothing but tuples', `struct A { a: ${'('.repeat(50_000)}`],
    ['nothing but quotes', `struct A { ${"'".repeat(50_000)}`],
    ['nothing but closers', `enum A ${'}'.repeat(50_000)}`],
    ['many fields', `struct A { ${Array.from({ length: 20_000 }, (_, at) => `a${at}: u8,`).join('')} }`],
    ['many pubs', `struct A { ${'pub '.repeat(50_000)} }`],
  ])('%s is read to its end', (_, text) => {
    expect(() => readRustBlock(rust(text))).not.toThrow();
  });
});
