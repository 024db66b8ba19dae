import { describe, expect, it } from 'vitest';
import { generate } from '../../tools/contracts/index.ts';
import { specOf } from './spec-fixture.ts';

const BASE = `interface FlightRecorderEventBase {
  type: string;
  event_id: string; // uuid
  job_id?: string;
}`;

const fence = (...lines: string[]) => `\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n\n`;
const event = (name: string, ...fields: string[]) =>
  `interface ${name} extends FlightRecorderEventBase {\n${fields.map((field) => `  ${field}\n`).join('')}}`;
const spec = (...parts: string[]) => `## 11.5 Events\n\n${fence(BASE)}${parts.join('')}`;

function read(text: string, options: Parameters<typeof generate>[1] = {}) {
  const found = generate(specOf(text), options);
  return {
    events: found.ir.events.map(({ frId, type, payloadName }) => `${frId} ${type} ${payloadName}`),
    lines: found.diagnostics.map(({ severity, rule, place, message }) =>
      [severity, rule, place.line, message].join(' '),
    ),
    ir: found.ir,
  };
}

describe('where an event says its id', () => {
  it.each<[string, string]>([
    [
      'in a comment at its type',
      spec(fence(event('XEvent', "type: 'x'; // NEW FR-EVT-X-001", 'a: string;'))),
    ],
    [
      'in a field of its own',
      spec(fence(event('XEvent', "event_code: 'FR-EVT-X-001';", "type: 'x';", 'a: string;'))),
    ],
    [
      'in a field of an intersection',
      spec(
        fence("type XEvent = FlightRecorderEventBase & {\n  event_code: 'FR-EVT-X-001';\n  type: 'x'\n};"),
      ),
    ],
    [
      'in a bullet, with text and another interface before it',
      spec(
        '- **FR-EVT-X-001 (XEvent)**\n\nIt links a trace.\n\n',
        fence('interface Op { at: string }', '', event('XEvent', "type: 'x';")),
      ),
    ],
  ])('%s', (_, text) => {
    expect(read(text).events).toEqual(['FR-EVT-X-001 x XPayload']);
  });

  it.each<[string, string]>([
    [
      'the bullet names another interface',
      spec('- **FR-EVT-X-001 (OtherEvent)**\n\n', fence(event('XEvent', "type: 'x';"))),
    ],
    [
      'another block stands between',
      spec('- **FR-EVT-X-001 (XEvent)**\n\n', fence('// text'), fence(event('XEvent', "type: 'x';"))),
    ],
    ['the comment has a placeholder', spec(fence(event('XEvent', "type: 'x'; // NEW FR-EVT-X-0xx")))],
  ])('nowhere: %s', (_, text) => {
    const { events, lines } = read(text);
    expect(events).toEqual([]);
    expect(lines.filter((line) => !line.includes('codegen/event-undefined'))).toEqual([
      expect.stringMatching(
        /^warning codegen\/event-without-id \d+ Unexpected event XEvent without an FR-EVT id, expected one in a comment above it$/,
      ),
    ]);
  });
});

describe('an event family', () => {
  const text = spec(
    fence(
      'type SwapEventType =',
      '  | "swap_requested"   // FR-EVT-SWAP-001',
      '  | "swap_completed";  // FR-EVT-SWAP-002: done',
      '',
      event('SwapEvent', 'type: SwapEventType;', 'request_id: string; // uuid'),
    ),
  );

  it('gives each member of the union its event; they share one payload', () => {
    const { events, ir, lines } = read(text);
    expect(lines).toEqual([]);
    expect(events).toEqual([
      'FR-EVT-SWAP-001 swap_requested SwapPayload',
      'FR-EVT-SWAP-002 swap_completed SwapPayload',
    ]);
    const places = ir.events.map(({ evidence }) => evidence.map(({ line }) => line));
    expect(places).toEqual([
      [13, 16],
      [14, 16],
    ]);
    expect(ir.events[1]!.payload).toEqual(ir.events[0]!.payload);
  });
});

describe('competing definitions of an event', () => {
  const sketch = `## 4.5 Sketch\n\n${fence(event('XEvent', "type: 'x'; // FR-EVT-X-001", 'old: string;'))}`;
  const canonical = spec(
    `### 11.5.1 X\n\n${fence(event('XEvent', "type: 'x'; // FR-EVT-X-001", 'now: string;'))}`,
  );

  it('the one beside the base wins, wherever it stands; the other is reported and remembered', () => {
    const { ir, lines } = read(sketch + canonical);
    expect(ir.events[0]!.payload.map(({ name }) => name)).toEqual(['now']);
    expect(lines).toEqual([
      'warning codegen/event-payload-conflict 4 Unexpected payload of FR-EVT-X-001 with old, which its definition lacks, and no now, which it requires; expected the names of its definition',
      'warning codegen/duplicate-definition 23 Unexpected second definition of FR-EVT-X-001 (XEvent) with another shape (line 4), expected one; that of 11.5.1 is used',
    ]);
    expect(ir.mentions).toMatchObject([
      { form: 'passed-over', fields: ['old'], section: '4.5', archived: false },
    ]);
  });

  it('the precedence of the configuration goes before that', () => {
    const { ir, lines } = read(sketch + canonical, { precedence: ['4.5'] });
    expect(ir.events[0]!.payload.map(({ name }) => name)).toEqual(['old']);
    expect(lines[0]).toContain('that of 4.5 is used');
  });

  it('a sketch without an id is one of the event whose type it has', () => {
    const { ir } = read(sketch.replace(' // FR-EVT-X-001', ' // FR-EVT-X-0xx') + canonical);
    expect(ir.events).toHaveLength(1);
    expect(ir.mentions.map(({ frId, form }) => `${frId} ${form}`)).toEqual(['FR-EVT-X-001 passed-over']);
  });

  it('archived text defines nothing by itself, and says so where it is asked for', () => {
    const text = spec(
      `## 12.1 Old (Archived Copy)\n\n${fence(event('XEvent', "type: 'x'; // FR-EVT-X-001"))}`,
    );
    expect(read(text).events).toEqual([]);
    expect(read(text, { roots: ['FR-EVT-X-001'] }).lines).toEqual([
      'error codegen/unknown-root 14 Unexpected FR-EVT-X-001, expected a type or event that the spec defines; only archived text defines it (line 14), which counts where the overlay prefers it',
      'info codegen/event-undefined 14 Unexpected FR-EVT-X-001, expected a block that defines it; line 14 lists fields of it',
    ]);
  });

  it('the overlay can prefer archived text', () => {
    const text = spec(
      `## 12.1 Old (Archived Copy)\n\n${fence(event('XEvent', "type: 'x'; // FR-EVT-X-001"))}`,
    );
    const overlay = {
      path: 'overlay.yaml',
      text: "schema: govkit.overlay@1\nanswers:\n  - section: '12.1'\n    quote: \"type: 'x'; // FR-EVT-X-001\"\n    prefer: FR-EVT-X-001\n",
    };
    expect(read(text, { overlay }).events).toEqual(['FR-EVT-X-001 x XPayload']);
  });

  it('an interface with an envelope of its own is a mention, with the names of its payload', () => {
    const text = spec(
      fence(
        'interface Made {',
        '  event_id: "FR-EVT-Y-001"; event_name: "made"; timestamp: string;',
        '  payload: { a: string; b?: number; c: string[] };',
        '}',
      ),
    );
    expect(read(text).ir.mentions).toMatchObject([
      { frId: 'FR-EVT-Y-001', form: 'interface', type: 'made', fields: ['a', 'b?', 'c[]'] },
    ]);
  });
});

describe('an event and a record of one name', () => {
  it('is reported with both lines', () => {
    const text = spec(
      fence(event('XEvent', "type: 'x'; // FR-EVT-X-001")),
      fence('interface XEvent { a: string }'),
    );
    expect(read(text).lines).toEqual([
      'warning codegen/duplicate-definition 12 Unexpected second definition of XEvent with another shape (line 18), expected one; the event of that name is used',
    ]);
  });
});

describe('a field of the base', () => {
  it('with another type is told, whether or not the envelope is answered', () => {
    const text = spec(fence('// FR-EVT-X-001', event('XEvent', "type: 'x';", 'job_id: { id: string };')));
    expect(read(text).lines).toEqual([
      "warning codegen/incompatible-override 15 Unexpected field job_id of FR-EVT-X-001 with another type than the base's, expected the same",
    ]);
  });
});

describe('what is derived from other definitions', () => {
  const types = 'interface A { a: string; inner: { x: number; y?: string } | null }';
  it.each<[string, unknown]>([
    [
      'Partial<A>',
      {
        kind: 'object',
        fields: [
          { name: 'a', presence: 'optional' },
          { name: 'inner', presence: 'optional' },
        ],
      },
    ],
    ['A["a"]', { kind: 'prim', name: 'string' }],
    ["A['inner']", { kind: 'union', of: [{ kind: 'object' }, { kind: 'null' }] }],
    ['A["missing"]', { kind: 'opaque', text: 'A["missing"]' }],
    ['Partial<Ghost>', { kind: 'opaque', text: 'Partial<Ghost>' }],
  ])('%s', (written, type) => {
    const { ir } = read(`## 1.2 S\n\n${fence(types, `interface B { it: ${written} }`)}`);
    const node = ir.types.find(({ name }) => name === 'B');
    expect(node?.kind === 'record' && node.fields[0]!.type).toMatchObject(type as object);
  });
});

describe('with roots, what they do not reach is nobody’s concern', () => {
  const text = `## 1.2 S\n\n${fence('interface A { a: B }', 'interface B { b: string }')}${fence('interface C { run(): void; x: string }')}${fence('interface D {', '  broken(: x', '}')}`;

  it('all of it without roots', () => {
    expect(read(text).lines).toEqual([
      'warning codegen/unsupported-type 9 Unexpected member run(): void; of C, expected a property with a type',
      expect.stringMatching(/^warning codegen\/outside-grammar 14 Unexpected TypeScript \(/),
    ]);
  });

  it('nothing of it with the root A', () => {
    const { lines, ir } = read(text, { roots: ['A'] });
    expect(lines).toEqual([]);
    expect(ir.types.map(({ name }) => name)).toEqual(['A', 'B']);
  });
});
