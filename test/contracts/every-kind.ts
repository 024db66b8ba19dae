import type {
  AliasNode,
  EnumNode,
  EventNode,
  Evidence,
  Field,
  Ir,
  Prim,
  RecordNode,
  Type,
} from '../../tools/contracts/index.ts';

const evidence: Evidence[] = [{ file: 'Spec_v01.md', line: 1, dialect: 'yaml', confidence: 'stated' }];
const from = { section: '1.2', fingerprint: `1:${'0'.repeat(64)}`, doc: '', evidence };

export const prim = (name: Prim): Type => ({ kind: 'prim', name });
export const ref = (name: string): Type => ({ kind: 'ref', name });
export const list = (of: Type): Type => ({ kind: 'array', of });
export const map = (of: Type): Type => ({ kind: 'map', of });
export const tuple = (...of: Type[]): Type => ({ kind: 'tuple', of });
export const union = (...of: Type[]): Type => ({ kind: 'union', of });
export const literal = (value: string | number | boolean): Type => ({ kind: 'literal', value });
export const object = (...fields: Field[]): Type => ({ kind: 'object', fields });
export const pattern = (text: string): Type => ({ kind: 'pattern', pattern: text });

/** `name`, `name?` for one that may be absent, `name|null` for one that may be null, `name?|null` for both. */
export function field(written: string, type: Type, more: Partial<Field> = {}): Field {
  const [, name = '', optional, nullable] = /^(.*?)(\?)?(\|null)?$/.exec(written) ?? [];
  return {
    name,
    type,
    presence: optional === undefined ? 'required' : 'optional',
    nullable: nullable !== undefined,
    doc: '',
    evidence,
    ...more,
  };
}

export const record = (name: string, fields: Field[], bases?: string[]): RecordNode => ({
  ...from,
  kind: 'record',
  name,
  fields,
  ...(bases ? { extends: bases } : {}),
});
export const words = (name: string, ...values: (string | number)[]): EnumNode => ({
  ...from,
  kind: 'enum',
  name,
  members: values.map((value) => ({ value, doc: '' })),
});
export const alias = (name: string, type: Type, nullable = false): AliasNode => ({
  ...from,
  kind: 'alias',
  name,
  type,
  nullable,
});

function event(frId: string, type: string, payload: Field[], more: Partial<EventNode> = {}): EventNode {
  const payloadName = `${type
    .split('.')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')}Payload`;
  return {
    ...from,
    kind: 'event',
    frId,
    type,
    discriminator: 'type',
    family: frId.replace(/-\d+$/, ''),
    payloadName,
    payload,
    correlation: null,
    ...more,
  };
}

export const irOf = (types: Ir['types'], events: EventNode[] = []): Ir => ({
  schema: 'govkit.ir@1',
  spec: { source: 'Spec_v01.md', version: 'v01', sha256: 'a'.repeat(64) },
  types,
  events,
  mentions: [],
  envelope: {
    discriminator: 'type',
    accepts: [],
    idField: 'fr_event_id',
    utc: ['timestamp'],
    fields: [
      field('event_id', prim('uuid')),
      field('timestamp', prim('datetime')),
      field('actor', union(literal('human'), literal('system'))),
      field('job_id?', prim('string')),
      field('model_session_id?', prim('string')),
      field('wsids?', list(prim('string'))),
    ],
    evidence,
  },
});

const stated = (min?: number, max?: number) => ({
  bounds: {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    confidence: 'stated' as const,
  },
});

/** A specification that uses every kind of the IR, and what is awkward about each. */
export const everyKind: Ir = irOf(
  [
    record('Prims', [
      field('text', prim('string'), { doc: 'any text */ even this' }),
      field('whole', prim('int')),
      field('real', prim('number')),
      field('flag', prim('bool')),
      field('open', prim('json')),
      field('id', prim('uuid')),
      field('moment', prim('datetime')),
      field('hash', prim('sha256')),
    ]),
    record('Presences', [
      field('must', prim('string')),
      field('may?', prim('string')),
      field('nil|null', prim('sha256')),
      field('both?|null', prim('int')),
      field('any?|null', prim('json')),
      field('word|null', union(literal('a'), literal('b'))),
      field('named?|null', ref('Level')),
      field('inline|null', object(field('a', prim('int')))),
      field('constant|null', literal('fixed')),
    ]),
    record('Names', [
      field('a-b', prim('int')),
      field("it's", prim('int')),
      field('default', prim('int')),
      field('constructor', prim('string')),
      field('__proto__', prim('string')),
    ]),
    record('Bounds', [
      field('depth', prim('int'), { ...stated(0, 3), default: { kind: 'value', value: 2 } }),
      field('least', prim('int'), stated(1)),
      field('most?|null', prim('number'), stated(undefined, 0.5)),
      field('named', ref('Count'), stated(0, 10)),
      field('guess', prim('int'), { bounds: { min: 0, confidence: 'inferred' } }),
      field('none', prim('string'), stated(1, 2)),
      field('taken', prim('int'), { default: { kind: 'from', record: 'Bounds', field: 'depth' } }),
    ]),
    alias('Count', ref('Whole')),
    alias('Whole', prim('int')),
    alias('Maybe', prim('uuid'), true),
    alias('Anything', prim('json'), true),
    words('Level', 'low', "it's high"),
    words('Code', -1, 0, 2),
    words('Mixed', 'one', 1),
    record('Shapes', [
      field('constants', tuple(literal('a'), literal(1), literal(false))),
      field('mixed', union(literal('a'), literal(1), literal(true))),
      field('either', union(prim('int'), ref('Prims'), { kind: 'null' })),
      field('nothing', { kind: 'null' }),
      field('grid', list(list(union(prim('number'), { kind: 'null' })))),
      field('counts', map(prim('int'))),
      field('records?', map(ref('Presences'))),
      field('pair', tuple(prim('string'), ref('Level'))),
      field('empty', tuple()),
      field('path', pattern('^artifact:\\/\\/[a-z]{2,4}\\/\\d+(?:\\.\\d+)?$')),
      field('inner', object(field('deep?', object(field('code', ref('Code')))))),
      field('untyped', { kind: 'untyped' }),
      field('opaque', { kind: 'opaque', text: 'keyof Prims' }),
      field('undefined', ref('NotDefined')),
      field('maybe', ref('Maybe')),
      field('anything', ref('Anything')),
      field('one', ref('Mixed')),
    ]),
    record('Empty', []),
    record('Base', [field('id', prim('uuid')), field('kind', prim('string'))]),
    record('Other', [field('note?', prim('string'))]),
    record('Child', [field('own', prim('int'))], ['Base', 'Other', 'NotDefined']),
    record('Grandchild', [field('id', prim('uuid'))], ['Child']),
    record('Narrowed', [field('kind', literal('narrow'))], ['Base']),
    record('Tree', [
      field('name', prim('string')),
      field('children', list(ref('Tree'))),
      field('parent?|null', ref('Tree')),
      field('at-once', map(object(field('tree?', ref('Tree'))))),
    ]),
    record('Leaf', [field('colour', prim('string'))], ['Tree']),
    record('Ping', [field('pong?', ref('Pong'))]),
    record('Pong', [field('ping|null', ref('Ping'))]),
    alias('AnyValue', union(ref('AnyObject'), ref('AnyArray'), prim('string'), prim('bool'))),
    alias('AnyArray', list(ref('AnyValue'))),
    alias('AnyObject', map(ref('AnyValue'))),
  ],
  [
    event('FR-EVT-A-001', 'a.first', [field('tree', ref('Tree')), field('counts?', map(prim('int')))]),
    event(
      'FR-EVT-A-002',
      'a.second',
      [field('session_id', prim('uuid')), field('level|null', ref('Level')), field('job_id', prim('uuid'))],
      {
        correlation: { field: 'session_id', evidence: evidence[0]! },
        narrows: [field('job_id', prim('string')), field('actor', { kind: 'literal', value: 'human' })],
      },
    ),
    event('FR-EVT-A-003', 'a.third', []),
  ],
);
