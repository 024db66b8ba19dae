import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FORMATS } from '../../tools/contracts/emit/formats.ts';
import { emitJsonSchema } from '../../tools/contracts/emit/json-schema.ts';
import { fieldSchema, typeSchema } from '../../tools/contracts/emit/json-schema-type.ts';
import { scopeOf } from '../../tools/contracts/emit/scope.ts';
import { checkGenerated, type Field, type Type } from '../../tools/contracts/index.ts';
import {
  alias,
  everyKind,
  field,
  irOf,
  list,
  literal,
  map,
  object,
  pattern,
  prim,
  record,
  ref,
  tuple,
  union,
  words,
} from './every-kind.ts';

const scope = scopeOf(
  irOf([
    alias('Count', prim('int')),
    words('Level', 'low'),
    record('A/b~c', []),
    record('Config', [field('most', prim('int'), { default: { kind: 'value', value: 8 } })]),
  ]),
);
const safe = { minimum: -9007199254740991, maximum: 9007199254740991 };
const text = { type: 'string' };

describe('a type becomes', () => {
  it.each<[string, Type, unknown]>([
    ['string', prim('string'), text],
    ['int', prim('int'), { type: 'integer', ...safe }],
    ['number', prim('number'), { type: 'number' }],
    ['bool', prim('bool'), { type: 'boolean' }],
    ['json', prim('json'), {}],
    ['uuid', prim('uuid'), { type: 'string', pattern: FORMATS.uuid }],
    ['datetime', prim('datetime'), { type: 'string', pattern: FORMATS.datetime }],
    ['sha256', prim('sha256'), { type: 'string', pattern: '^[0-9a-f]{64}$' }],
    ['a literal', literal('x'), { const: 'x' }],
    ['null', { kind: 'null' }, { type: 'null' }],
    ['a reference', ref('Level'), { $ref: '#/$defs/Level' }],
    ['a reference with a slash and a tilde', ref('A/b~c'), { $ref: '#/$defs/A~1b~0c' }],
    ['a reference to nothing', ref('Nowhere'), {}],
    ['an array', list(prim('string')), { type: 'array', items: text }],
    ['words', union(literal('a'), literal('b')), { type: 'string', enum: ['a', 'b'] }],
    ['literals of several kinds', union(literal('a'), literal(1)), { enum: ['a', 1] }],
    ['no alternative at all', union(), { not: {} }],
    ['a union', union(prim('string'), { kind: 'null' }), { anyOf: [text, { type: 'null' }] }],
    [
      'a map',
      map(prim('string')),
      { type: 'object', propertyNames: { not: { const: '__proto__' } }, additionalProperties: text },
    ],
    [
      'a tuple',
      tuple(prim('string'), prim('bool')),
      { type: 'array', prefixItems: [text, { type: 'boolean' }], minItems: 2, items: false },
    ],
    ['an empty tuple', tuple(), { type: 'array', maxItems: 0 }],
    ['a pattern', pattern('^a/.+$'), { type: 'string', pattern: '^a/.+$' }],
    [
      'an object',
      object(field('a', prim('string')), field('b?', prim('bool'))),
      {
        type: 'object',
        properties: { a: text, b: { type: 'boolean' } },
        required: ['a'],
        additionalProperties: false,
      },
    ],
    ['an object of nothing', object(), { type: 'object', properties: {}, additionalProperties: false }],
    [
      'an object with a key that sets the prototype, which it refuses',
      object(field('__proto__', prim('string'))),
      { type: 'object', properties: {}, additionalProperties: false },
    ],
    ['untyped', { kind: 'untyped' }, {}],
    ['opaque', { kind: 'opaque', text: 'keyof T' }, { $comment: 'keyof T' }],
  ])('%s', (_, type, schema) => {
    expect(typeSchema(type, scope)).toEqual(schema);
  });
});

const bounds = (min: number | undefined, max: number | undefined, confidence: 'stated' | 'inferred') => ({
  bounds: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), confidence },
});

describe('a field becomes', () => {
  it.each<[string, Field, unknown]>([
    ['what its type is', field('a', prim('string')), text],
    ['nullable', field('a|null', prim('string')), { type: ['string', 'null'] }],
    [
      'a nullable reference',
      field('a|null', ref('Level')),
      { anyOf: [{ $ref: '#/$defs/Level' }, { type: 'null' }] },
    ],
    [
      'nullable words',
      field('a|null', union(literal('a'))),
      { anyOf: [{ type: 'string', enum: ['a'] }, { type: 'null' }] },
    ],
    ['any JSON, null included', field('a|null', prim('json')), {}],
    [
      'its description',
      field('a', prim('string'), { doc: 'who asks' }),
      { description: 'who asks', ...text },
    ],
    [
      'its default',
      field('a', prim('bool'), { default: { kind: 'value', value: true } }),
      { type: 'boolean', default: true },
    ],
    [
      'a default of another record',
      field('a', prim('int'), { default: { kind: 'from', record: 'Config', field: 'most' } }),
      { description: 'default from Config.most', type: 'integer', ...safe, default: 8 },
    ],
    [
      'a default of no record',
      field('a', prim('bool'), { default: { kind: 'from', record: 'Nowhere', field: 'most' } }),
      { description: 'default from Nowhere.most', type: 'boolean' },
    ],
    [
      'stated bounds',
      field('a', prim('int'), bounds(0, 3, 'stated')),
      { type: 'integer', minimum: 0, maximum: 3 },
    ],
    [
      'one stated bound',
      field('a|null', prim('number'), bounds(0.5, undefined, 'stated')),
      { type: ['number', 'null'], minimum: 0.5 },
    ],
    [
      'bounds of a named number',
      field('a', ref('Count'), bounds(1, undefined, 'stated')),
      { $ref: '#/$defs/Count', type: 'integer', minimum: 1, maximum: safe.maximum },
    ],
    [
      'an inferred bound, shown and not enforced',
      field('a', prim('int'), { doc: '0 = root', ...bounds(0, undefined, 'inferred') }),
      { description: '0 = root; at least 0 (inferred, not enforced)', type: 'integer', ...safe },
    ],
    [
      'bounds of no number',
      field('a', prim('string'), bounds(1, 9, 'stated')),
      { description: 'at least 1, at most 9 (stated of no number, not enforced)', ...text },
    ],
  ])('%s', (_, given, schema) => {
    expect(fieldSchema(given, scope)).toEqual(schema);
  });
});

describe('the file', () => {
  const files = emitJsonSchema(everyKind, 'out');
  const schema = JSON.parse(files[0]!.text);
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  const faults = (value: unknown) =>
    validate(value) ? [] : validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`);
  const event = {
    fr_event_id: 'FR-EVT-A-002',
    type: 'a.second',
    event_id: '019b76da-a800-7446-8257-c2a11a47acc8',
    timestamp: '2026-01-01T00:00:00Z',
    actor: 'human',
    job_id: 'j',
    payload: {
      session_id: '019b76da-a800-7446-8257-c2a11a47acc8',
      level: null,
      job_id: '019b76da-a800-7446-8257-c2a11a47acc8',
    },
  };

  it('is one, always the same, with the header of a generated file', async () => {
    expect(files.map(({ path }) => path)).toEqual(['out/contracts.schema.json']);
    expect(emitJsonSchema(everyKind, 'out')).toEqual(files);
    expect(Object.keys(schema)[0]).toBe('$comment');
    const written = new TextEncoder().encode(files[0]!.text.replace('"integer"', '"number"'));
    const found = await checkGenerated(files, async () => written);
    expect(found.map(({ rule }) => rule)).toEqual(['codegen/generated-edited']);
  });

  it('defines every type, payload and event, each with its clause and fingerprint', () => {
    expect(Object.keys(schema.$defs)).toEqual([
      ...everyKind.types.map(({ name }) => name),
      ...everyKind.events.map(({ payloadName }) => payloadName),
      ...everyKind.events.map(({ frId }) => frId),
    ]);
    for (const { description } of Object.values<{ description: string }>(schema.$defs))
      expect(description).toMatch(/Clause 1\.2, fingerprint 1:0{64}\.$/);
  });

  it('explains the members of an enum that the spec explains', () => {
    const level = words('Level', 'low', 'high');
    level.members[1]!.doc = 'wakes the operator';
    const { $defs } = JSON.parse(emitJsonSchema(irOf([level]), 'out')[0]!.text);
    expect($defs.Level.description).toMatch(/^Clause .*\. high: wakes the operator\.$/);
  });

  it('writes the fields of a base into the record that extends it', () => {
    const { Grandchild, Narrowed } = schema.$defs;
    expect(Object.keys(Grandchild.properties)).toEqual(['id', 'kind', 'note', 'own']);
    expect(Grandchild.required).toEqual(['id', 'kind', 'own']);
    expect(Narrowed.properties.kind).toEqual({ const: 'narrow' });
  });

  it('without an envelope has types and no events', () => {
    const { envelope: _, ...open } = everyKind;
    const bare = JSON.parse(emitJsonSchema(open, 'out')[0]!.text);
    expect(Object.keys(bare)).toEqual(['$comment', '$schema', 'title', '$defs']);
    expect(Object.keys(bare.$defs)).toEqual(everyKind.types.map(({ name }) => name));
  });

  it.each<[string, unknown, string[]]>([
    ['a valid event', event, []],
    ['no object', [], [' must be object']],
    ['no id', { type: 'a.second' }, [" must have required property 'fr_event_id'"]],
    [
      'an unknown id',
      { ...event, fr_event_id: 'FR-EVT-A-009' },
      ['/fr_event_id must be equal to one of the allowed values'],
    ],
    [
      'the type of another event',
      { ...event, type: 'a.first' },
      ['/type must be equal to constant', ' must match "then" schema'],
    ],
    [
      'a key too many',
      { ...event, extra: 1 },
      [' must NOT have additional properties', ' must match "then" schema'],
    ],
    [
      'an optional field that this event requires',
      { ...event, job_id: undefined },
      [" must have required property 'job_id'", ' must match "then" schema'],
    ],
    [
      'a time that is not UTC',
      { ...event, timestamp: '2026-01-01T00:00:00+01:00' },
      [`/timestamp must match pattern "${FORMATS.utc}"`, ' must match "then" schema'],
    ],
    [
      'a payload field of another kind',
      { ...event, payload: { ...event.payload, session_id: 7 } },
      ['/payload/session_id must be string', ' must match "then" schema'],
    ],
  ])('says what is wrong with %s', (_, value, messages) => {
    expect(faults(JSON.parse(JSON.stringify(value)))).toEqual(messages);
  });
});

describe('formats', () => {
  it('uuid is the one of zod', () => {
    expect(z.uuid().def.pattern?.source).toBe(FORMATS.uuid);
  });

  it.each(Object.entries(FORMATS))(
    '%s means the same with the flag u, with which validators read it',
    (_, format) => {
      expect(new RegExp(format, 'u').source).toBe(new RegExp(format).source);
    },
  );
});
