import type { Field, Ir } from '../../../tools/contracts/index.ts';
import { alias, envelope, event, field, record, t } from './model.ts';

/** A planted change in two type models, and all that may be told of it. */
type ModelCase = [name: string, from: Partial<Ir>, to: Partial<Ir>, expected: string[]];

const job = (...fields: Field[]): Partial<Ir> => ({ types: [record('Job', fields)] });
const bound = (
  min: number | undefined,
  max: number | undefined,
  confidence: 'stated' | 'inferred' = 'stated',
) => ({
  bounds: { ...(min !== undefined && { min }), ...(max !== undefined && { max }), confidence },
});

export const MODEL_CASES: ModelCase[] = [
  [
    'an optional field more',
    job(field('id', t.uuid)),
    job(field('id', t.uuid), field('lane?', t.string)),
    ['field-added-optional Job.lane -- >2: nothing → optional string'],
  ],
  [
    'an optional field less: consumers could do without',
    job(field('id', t.uuid), field('lane?', t.string)),
    job(field('id', t.uuid)),
    ['field-removed Job.lane P- 2>: optional string → nothing'],
  ],
  [
    'an optional field with another name',
    job(field('lane?', t.string)),
    job(field('track?', t.string)),
    ['field-renamed Job.lane P- 2>2: lane: optional string → track: optional string'],
  ],
  [
    'required now',
    job(field('lane?', t.string)),
    job(field('lane', t.string)),
    ['field-became-required Job.lane P- 2>2: optional string → string'],
  ],
  [
    'optional now',
    job(field('lane', t.string)),
    job(field('lane?', t.string)),
    ['field-became-optional Job.lane -C 2>2: string → optional string'],
  ],
  [
    'a bound that is enforced, tighter',
    job(field('n', t.int, bound(0, 10))),
    job(field('n', t.int, bound(1, 10))),
    ['bound-tightened Job.n P- 2>2: int, at least 0, at most 10 → int, at least 1, at most 10'],
  ],
  [
    'looser',
    job(field('n', t.int, bound(0, 10))),
    job(field('n', t.int, bound(0, undefined))),
    ['bound-loosened Job.n -C 2>2: int, at least 0, at most 10 → int, at least 0'],
  ],
  [
    'moved: tighter on one side, looser on the other',
    job(field('n', t.int, bound(0, 10))),
    job(field('n', t.int, bound(5, 20))),
    [
      'bound-loosened Job.n -C 2>2: int, at least 0, at most 10 → int, at least 5, at most 20',
      'bound-tightened Job.n P- 2>2: int, at least 0, at most 10 → int, at least 5, at most 20',
    ],
  ],
  [
    'a default that comes from another record',
    job(field('n', t.int, { default: { kind: 'from', record: 'A', field: 'x' } })),
    job(field('n', t.int, { default: { kind: 'from', record: 'A', field: 'y' } })),
    ['default-changed Job.n -C 2>2: int, default from A.x → int, default from A.y'],
  ],
  [
    'a union of literals is an enum',
    job(field('n', t.union(t.literal('a'), t.literal('b')))),
    job(field('n', t.union(t.literal('a'), t.literal('b'), t.literal('c')))),
    ['enum-member-added Job.n.c -C 2>2: nothing → c'],
  ],
  [
    'a constant that became one of two',
    job(field('n', t.literal('a'))),
    job(field('n', t.union(t.literal('a'), t.literal('b')))),
    ['enum-member-added Job.n.b -C 2>2: nothing → b'],
  ],
  [
    'one more type in a union',
    job(field('n', t.union(t.int, t.ref('A')))),
    job(field('n', t.union(t.int, t.ref('A'), t.string))),
    ['field-widened Job.n -C 2>2: int | A → int | A | string'],
  ],
  [
    'null within the items of a list',
    job(field('n', t.array(t.union(t.int, t.null)))),
    job(field('n', t.array(t.int))),
    ['nullable-removed Job.n[] P- 2>2: (int | null)[] → int[]'],
  ],
  [
    'the values of a map',
    job(field('n', t.map(t.int))),
    job(field('n', t.map(t.string))),
    ['field-retyped Job.n{} PC 2>2: Record<string, int> → Record<string, string>'],
  ],
  [
    'one place of a tuple',
    job(field('n', t.tuple(t.int, t.int))),
    job(field('n', t.tuple(t.int, t.number))),
    ['field-widened Job.n[1] -C 2>2: [int, int] → [int, number]'],
  ],
  [
    'a tuple that became a list',
    job(field('n', t.tuple(t.int, t.int))),
    job(field('n', t.array(t.int))),
    ['field-widened Job.n -C 2>2: [int, int] → int[]'],
  ],
  [
    'a pattern',
    job(field('n', t.string)),
    job(field('n', t.pattern('^a$'))),
    ['format-changed Job.n P- 2>2: string → string matching ^a$'],
  ],
  [
    'a field of an object within the items of a list',
    job(field('n', t.array(t.object(field('a', t.int, {}, 3))))),
    job(field('n', t.array(t.object(field('a', t.int, {}, 3), field('b', t.int, {}, 4))))),
    ['field-added-required Job.n[].b P- >4: nothing → int'],
  ],
  [
    'what the model does not carry is never called harmless',
    job(field('n', t.opaque('Partial<A>'))),
    job(field('n', t.opaque('Partial<B>'))),
    ['field-retyped Job.n PC 2>2: Partial<A> → Partial<B>'],
  ],
  [
    'and the same construct is no change',
    job(field('n', t.opaque('X<A>'))),
    job(field('n', t.opaque('X<A>'))),
    [],
  ],
  [
    'any JSON takes null, so that null is no news',
    job(field('n', t.json)),
    job(field('n', t.json, { nullable: true })),
    [],
  ],
  [
    'an alias for the type itself is no change of the field',
    { types: [record('Job', [field('n', t.string)]), alias('Name', t.string)] },
    { types: [record('Job', [field('n', t.ref('Name'))]), alias('Name', t.string)] },
    [],
  ],
  [
    'a record that contains itself, against one that is alike',
    {
      types: [
        record('Job', [field('n', t.ref('A'))]),
        record('A', [field('a', t.ref('A'))]),
        record('B', [field('a', t.ref('B'))]),
      ],
    },
    {
      types: [
        record('Job', [field('n', t.ref('B'))]),
        record('A', [field('a', t.ref('A'))]),
        record('B', [field('a', t.ref('B'))]),
      ],
    },
    [],
  ],
  [
    'a record with an optional field more',
    {
      types: [
        record('Job', [field('n', t.ref('A'))]),
        record('A', [field('a', t.int)]),
        record('B', [field('a', t.int), field('b?', t.int)]),
      ],
    },
    {
      types: [
        record('Job', [field('n', t.ref('B'))]),
        record('A', [field('a', t.int)]),
        record('B', [field('a', t.int), field('b?', t.int)]),
      ],
    },
    ['field-widened Job.n -C 2>2: A → B'],
  ],
  [
    'an alias that may be null now',
    { types: [alias('Name', t.string)] },
    { types: [alias('Name', t.string, true)] },
    ['alias-changed Name -C 1>1: string → string | null'],
  ],
];

export const EVENT_MODEL_CASES: ModelCase[] = [
  [
    'an envelope field that one event demands',
    { events: [event('E-1')] },
    { events: [event('E-1', { narrows: [field('job_id', t.string)] })] },
    ['envelope-field-required E-1.job_id P- 5>5: optional → required'],
  ],
  [
    'and no longer does',
    { events: [event('E-1', { narrows: [field('job_id', t.string)] })] },
    { events: [event('E-1')] },
    ['envelope-field-optional E-1.job_id -C 5>5: required → optional'],
  ],
  [
    'the discriminator of a block without an envelope',
    { events: [event('E-1')] },
    { events: [event('E-1', { discriminator: 'event_type' })] },
    ['discriminator-changed E-1 PC 5>5: type → event_type'],
  ],
  [
    'with an envelope that rules both',
    { events: [event('E-1')], envelope: envelope() },
    { events: [event('E-1', { discriminator: 'event_type' })], envelope: envelope() },
    ['discriminator-changed E-1 -- 5>5: type → event_type'],
  ],
  [
    'the discriminator of the envelope, the old one still accepted',
    { envelope: envelope({ accepts: [] }) },
    { envelope: envelope({ discriminator: 'event_type', accepts: ['type'] }) },
    [
      'discriminator-changed FlightRecorderEvent -C 9>9: type → event_type',
      'envelope-changed FlightRecorderEvent -- 9>9: id in fr_event_id, UTC: timestamp → id in fr_event_id, type also as type, UTC: timestamp',
    ],
  ],
  [
    'another field for the id',
    { envelope: envelope() },
    { envelope: envelope({ idField: 'id' }) },
    [
      'envelope-changed FlightRecorderEvent PC 9>9: id in fr_event_id, type also as event_type, UTC: timestamp → id in id, type also as event_type, UTC: timestamp',
    ],
  ],
  [
    'a time that must be UTC now',
    { envelope: envelope({ utc: [] }) },
    { envelope: envelope() },
    [
      'envelope-changed FlightRecorderEvent P- 9>9: id in fr_event_id, type also as event_type → id in fr_event_id, type also as event_type, UTC: timestamp',
    ],
  ],
  [
    'no envelope any more',
    { envelope: envelope() },
    {},
    [
      'envelope-changed FlightRecorderEvent PC 9>: id in fr_event_id, type also as event_type, UTC: timestamp → nothing',
    ],
  ],
  [
    'a field of the base is told at the base, not at the envelope again',
    { types: [record('Base', [field('a', t.int)])], envelope: envelope({ fields: [field('a', t.int)] }) },
    {
      types: [record('Base', [field('a', t.string)])],
      envelope: envelope({ fields: [field('a', t.string)] }),
    },
    ['field-retyped Base.a PC 2>2: int → string'],
  ],
  [
    'a field that the overlay gives the envelope',
    { envelope: envelope() },
    { envelope: envelope({ fields: [field('wp_id?', t.string)] }) },
    ['field-added-optional FlightRecorderEvent.wp_id -- >2: nothing → optional string'],
  ],
  [
    'another correlation',
    { events: [event('E-1', { correlation: { field: 'a', evidence: event('').evidence[0]! } })] },
    { events: [event('E-1', { correlation: { field: 'b', evidence: event('').evidence[0]! } })] },
    ['correlation-changed E-1 PC 5>5: a → b'],
  ],
];
