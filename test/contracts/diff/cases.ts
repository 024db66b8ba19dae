/** A planted change: the lines of two schema blocks, and all that may be told of them. */
export interface Case {
  name: string;
  from: string[];
  to: string[];
  expected: string[];
}

const record = (...fields: string[]): string[] => [
  'Job:',
  '  id: uuid',
  ...fields.map((field) => `  ${field}`),
];
const event = (id: string, type: string, payload: string): string[] => [
  `FR-EVT-X-${id}:`,
  `  event_type: "${type}"`,
  `  payload: { ${payload} }`,
];

/** One field of a record against another; it stands in line 6 of both. */
const field = (name: string, from: string, to: string, expected: string): Case => ({
  name,
  from: record(from, 'last: bool'),
  to: record(to, 'last: bool'),
  expected: [expected],
});

export const TYPE_CASES: Case[] = [
  {
    name: 'a type that is new',
    from: record(),
    to: [...record(), 'Lane:', '  name: string'],
    expected: ['type-added Lane -- >6: nothing → { name }'],
  },
  {
    name: 'a type that is gone',
    from: [...record(), 'Lane: enum [A, B]'],
    to: record(),
    expected: ['type-removed Lane PC 6>: enum [A, B] → nothing'],
  },
  {
    name: 'a type that is defined now, where any value stood',
    from: record('lane: Lane'),
    to: [...record('lane: Lane'), 'Lane:', '  name: string'],
    expected: ['type-added Lane P- >7: nothing → { name }'],
  },
  {
    name: 'a type with another name, which its users follow',
    from: [...record('lane: Lane', 'lanes: Lane[]'), 'Lane:', '  name: string', '  next: Lane | null'],
    to: [...record('lane: Track', 'lanes: Track[]'), 'Track:', '  name: string', '  next: Track | null'],
    expected: ['type-renamed Lane -- 8>8: Lane → Track'],
  },
  {
    name: 'two that are renamed together, one within the other',
    from: ['A:', '  b: B', 'B:', '  x: int'],
    to: ['A2:', '  b: B2', 'B2:', '  x: int'],
    expected: ['type-renamed A -- 4>4: A → A2', 'type-renamed B -- 6>6: B → B2'],
  },
  {
    name: 'two of one shape: which is which would be a guess',
    from: ['A: int', 'B: int'],
    to: ['C: int', 'D: int'],
    expected: [
      'type-removed A PC 4>: int → nothing',
      'type-added C -- >4: nothing → int',
      'type-removed B PC 5>: int → nothing',
      'type-added D -- >5: nothing → int',
    ],
  },
  {
    name: 'a record that became an enum',
    from: [...record('lane: Lane'), 'Lane:', '  name: string'],
    to: [...record('lane: Lane'), 'Lane: enum [A, B]'],
    expected: ['type-kind-changed Lane PC 7>7: record { name } → enum [A, B]'],
  },
  {
    name: 'an alias, told once and not at its users',
    from: [...record('lane: Lane', 'lanes: Lane[]'), 'Lane: int'],
    to: [...record('lane: Lane', 'lanes: Lane[]'), 'Lane: number'],
    expected: ['alias-changed Lane -C 8>8: int → number'],
  },
  {
    name: 'an enum member more',
    from: ['Lane: enum [A, B]'],
    to: ['Lane: enum [A, B, C]'],
    expected: ['enum-member-added Lane.C -C 4>4: nothing → C'],
  },
  {
    name: 'an enum member less',
    from: ['Lane: enum [A, B, C]'],
    to: ['Lane: enum [A, C]'],
    expected: ['enum-member-removed Lane.B P- 4>4: B → nothing'],
  },
  {
    name: 'an enum member that is spelled otherwise',
    from: ['Lane: enum [A, B, C]'],
    to: ['Lane: enum [A, BB, C]'],
    expected: ['enum-member-renamed Lane.B PC 4>4: B → BB'],
  },
  { name: 'members in another order', from: ['Lane: enum [A, B]'], to: ['Lane: enum [B, A]'], expected: [] },
  {
    name: 'fields in another order',
    from: record('a: int', 'b: int'),
    to: record('b: int', 'a: int'),
    expected: [],
  },
];

export const FIELD_CASES: Case[] = [
  {
    name: 'a required field more',
    from: record('last: bool'),
    to: record('lane: string | null', 'last: bool'),
    expected: ['field-added-required Job.lane P- >6: nothing → string | null'],
  },
  {
    name: 'a field less',
    from: record('lane: string', 'last: bool'),
    to: record('last: bool'),
    expected: ['field-removed Job.lane PC 6>: string → nothing'],
  },
  field(
    'another name',
    'lane: string',
    'track: string',
    'field-renamed Job.lane PC 6>6: lane: string → track: string',
  ),
  {
    name: 'two that could be meant: removed and added',
    from: record('lane: string', 'path: string', 'last: bool'),
    to: record('track: string', 'way: string', 'last: bool'),
    expected: [
      'field-removed Job.lane PC 6>: string → nothing',
      'field-added-required Job.track P- >6: nothing → string',
      'field-removed Job.path PC 7>: string → nothing',
      'field-added-required Job.way P- >7: nothing → string',
    ],
  },
  field('another type', 'lane: string', 'lane: int', 'field-retyped Job.lane PC 6>6: string → int'),
  field('a wider type', 'lane: int', 'lane: number', 'field-widened Job.lane -C 6>6: int → number'),
  field('a narrower type', 'lane: json', 'lane: int', 'field-narrowed Job.lane P- 6>6: json → int'),
  field(
    'an enum that is any string',
    'lane: enum [A, B]',
    'lane: string',
    'field-widened Job.lane -C 6>6: enum [A, B] → string',
  ),
  field(
    'a string that is an enum',
    'lane: string',
    'lane: enum [A, B]',
    'field-narrowed Job.lane P- 6>6: string → enum [A, B]',
  ),
  field(
    'one that is a list now',
    'lane: string',
    'lane: string[]',
    'field-retyped Job.lane PC 6>6: string → string[]',
  ),
  field(
    'null more',
    'lane: string',
    'lane: string | null',
    'nullable-added Job.lane -C 6>6: string → string | null',
  ),
  field('null less', 'lane: int | null', 'lane: int', 'nullable-removed Job.lane P- 6>6: int | null → int'),
  field(
    'items of a list',
    'lane: int[]',
    'lane: number[]',
    'field-widened Job.lane[] -C 6>6: int[] → number[]',
  ),
  field(
    'a member of an enum that the field spells out',
    'lane: enum [A, B]',
    'lane: enum [A, B, C]',
    'enum-member-added Job.lane.C -C 6>6: nothing → C',
  ),
  field(
    'a default in a comment',
    'lane: int # default 3',
    'lane: int # default 4',
    'default-changed Job.lane -C 6>6: int, default 3 → int, default 4',
  ),
  field(
    'a default more',
    'lane: int',
    'lane: int # default 4',
    'default-added Job.lane -- 6>6: int → int, default 4',
  ),
  field(
    'a default less',
    'lane: int # default 4',
    'lane: int',
    'default-removed Job.lane -C 6>6: int, default 4 → int',
  ),
  field(
    'a format in a comment',
    'lane: string',
    'lane: string # stable UUID',
    'format-changed Job.lane P- 6>6: string → uuid',
  ),
  field('another format', 'lane: sha256', 'lane: uuid', 'format-changed Job.lane PC 6>6: sha256 → uuid'),
  field(
    'a format less',
    'lane: datetime',
    'lane: string',
    'format-changed Job.lane -C 6>6: datetime → string',
  ),
  field(
    'a bound in a comment',
    'lane: int',
    'lane: int # 0 = unlimited',
    'bound-tightened Job.lane -- 6>6: int → int, at least 0',
  ),
  field(
    'a bound less',
    'lane: int # 0 = unlimited',
    'lane: int',
    'bound-loosened Job.lane -- 6>6: int, at least 0 → int',
  ),
  field('a constant', 'lane: "a@1"', 'lane: "a@2"', 'literal-changed Job.lane PC 6>6: "a@1" → "a@2"'),
  field(
    'a vocabulary that opened',
    'lane: enum [A, B]',
    'lane: string # e.g. "A", "B"',
    'vocabulary-opened Job.lane -C 6>6: enum [A, B] → string, open vocabulary (A, B)',
  ),
  field(
    'a vocabulary that closed',
    'lane: string # e.g. "A", "B"',
    'lane: enum [A, B]',
    'vocabulary-closed Job.lane P- 6>6: string, open vocabulary (A, B) → enum [A, B]',
  ),
  field(
    'other examples',
    'lane: string # e.g. "A"',
    'lane: string # e.g. "A", "B"',
    'vocabulary-changed Job.lane -- 6>6: string, open vocabulary (A) → string, open vocabulary (A, B)',
  ),
  field(
    'another key',
    'lane: uuid # FK → Lane',
    'lane: uuid # FK → Track',
    'meaning-changed Job.lane -- 6>6: key of Lane → key of Track',
  ),
  field(
    'another null',
    'lane: int | null # null = none',
    'lane: int | null # null = all',
    'meaning-changed Job.lane -- 6>6: null = none → null = all',
  ),
  field(
    'a hard limit',
    'lane: int',
    'lane: int # hard cap',
    'meaning-changed Job.lane -- 6>6: nothing → hard limit',
  ),
  {
    name: 'prose is no change',
    from: record('lane: int # how wide'),
    to: record('lane: int # the width'),
    expected: [],
  },
  {
    name: 'two facts of one field, each with its own rule',
    from: record('lane: int # default 3', 'last: bool'),
    to: record('lane: number | null # default 4', 'last: bool'),
    expected: [
      'default-changed Job.lane -C 6>6: int, default 3 → number | null, default 4',
      'field-widened Job.lane -C 6>6: int, default 3 → number | null, default 4',
      'nullable-added Job.lane -C 6>6: int, default 3 → number | null, default 4',
    ],
  },
  {
    name: 'a field within an object',
    from: record('limits:', '  depth: int', '  width: int'),
    to: record('limits:', '  depth: string', '  width: int'),
    expected: ['field-retyped Job.limits.depth PC 7>7: int → string'],
  },
  {
    name: 'a schema version that stays although the shape changed',
    from: record('schema_version: "job@1"', 'lane: string'),
    to: record('schema_version: "job@1"', 'lane: int'),
    expected: [
      'schema-version-kept Job.schema_version -- 6>6: "job@1" → "job@1"',
      'field-retyped Job.lane PC 7>7: string → int',
    ],
  },
];

const spawned = event('001', 'x.spawned', 'session_id: uuid, role: string, depth: int');
const ended = event('002', 'x.ended', 'session_id: uuid, reason: string');

export const EVENT_CASES: Case[] = [
  {
    name: 'an event more',
    from: spawned,
    to: [...spawned, ...ended],
    expected: ['event-added FR-EVT-X-002 -- >7: nothing → "x.ended" { session_id, reason }'],
  },
  {
    name: 'an event less',
    from: [...spawned, ...ended],
    to: spawned,
    expected: ['event-removed FR-EVT-X-002 PC 7>: "x.ended" { session_id, reason } → nothing'],
  },
  {
    name: 'another type string',
    from: spawned,
    to: event('001', 'x.started', 'session_id: uuid, role: string, depth: int'),
    expected: ['event-type-changed FR-EVT-X-001 PC 4>4: "x.spawned" → "x.started"'],
  },
  {
    name: 'two ids that were exchanged, payloads and all',
    from: [...spawned, ...ended],
    to: [
      ...event('002', 'x.spawned', 'session_id: uuid, role: string, depth: int'),
      ...event('001', 'x.ended', 'session_id: uuid, reason: string'),
    ],
    expected: [
      'event-ids-swapped FR-EVT-X-001 PC 4>7: FR-EVT-X-001 "x.spawned", FR-EVT-X-002 "x.ended" → FR-EVT-X-001 "x.ended", FR-EVT-X-002 "x.spawned"',
    ],
  },
  {
    name: 'two types that were exchanged, the payloads left where they were',
    from: [...spawned, ...ended],
    to: [
      ...event('001', 'x.ended', 'session_id: uuid, role: string, depth: int'),
      ...event('002', 'x.spawned', 'session_id: uuid, reason: string'),
    ],
    expected: [
      'event-ids-swapped FR-EVT-X-001 PC 4>4: FR-EVT-X-001 "x.spawned", FR-EVT-X-002 "x.ended" → FR-EVT-X-001 "x.ended", FR-EVT-X-002 "x.spawned"',
    ],
  },
  {
    name: 'an id that stands for another event',
    from: event('001', 'x.spawned', 'session_id: uuid'),
    to: event('001', 'x.measured', 'span_id: uuid'),
    expected: ['event-id-reused FR-EVT-X-001 PC 4>4: "x.spawned" → "x.measured"'],
  },
  {
    name: 'an event under another id',
    from: spawned,
    to: event('009', 'x.spawned', 'session_id: uuid, role: string, depth: int'),
    expected: ['event-id-changed FR-EVT-X-001 PC 4>4: FR-EVT-X-001 → FR-EVT-X-009'],
  },
  {
    name: 'C06: an item of a payload with another name',
    from: spawned,
    to: event('001', 'x.spawned', 'session_id: uuid, kind: string, depth: int'),
    expected: ['field-renamed FR-EVT-X-001.role PC 6>6: role: string → kind: string'],
  },
  {
    name: 'an item of a payload of another type',
    from: spawned,
    to: event('001', 'x.spawned', 'session_id: uuid, role: string, depth: string'),
    expected: ['field-retyped FR-EVT-X-001.depth PC 6>6: int → string'],
  },
  {
    name: 'an item of a payload without a type now',
    from: spawned,
    to: event('001', 'x.spawned', 'session_id: uuid, role: string, depth'),
    expected: ['field-widened FR-EVT-X-001.depth -C 6>6: int → untyped'],
  },
  {
    name: 'a member of an enum that an item spells out',
    from: event('001', 'x.spawned', 'session_id: uuid, role: enum [A, B]'),
    to: event('001', 'x.spawned', 'session_id: uuid, role: enum [A]'),
    expected: ['enum-member-removed FR-EVT-X-001.role.B P- 6>6: B → nothing'],
  },
  {
    name: 'the item that says which session it is',
    from: event('001', 'x.spawned', 'session_id: uuid, root: uuid'),
    to: event('001', 'x.spawned', 'root: uuid'),
    expected: [
      'correlation-changed FR-EVT-X-001 -C 4>4: session_id → nothing',
      'field-removed FR-EVT-X-001.session_id PC 6>: uuid → nothing',
    ],
  },
];
