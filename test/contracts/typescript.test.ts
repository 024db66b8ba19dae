import { describe, expect, it } from 'vitest';
import { generate } from '../../tools/contracts/index.ts';
import { specOf } from './spec-fixture.ts';

const BASE = `interface FlightRecorderEventBase {
  type: string;
  event_id: string; // uuid
  job_id?: string;
}`;

function eventsOf(text: string, ...roots: string[]) {
  return generate(specOf(text), roots.length > 0 ? { roots } : {});
}

describe('TypeScript blocks', () => {
  it('C04: `?` and `| null` are two facts', () => {
    const text = `## 11.5 Events\n\n\`\`\`ts\n${BASE}\n// FR-EVT-X-001\ninterface XEvent extends FlightRecorderEventBase {
  type: 'x';
  a: string; b?: string; c: string | null; d?: string | null;
}\n\`\`\`\n`;
    const payload = eventsOf(text, 'FR-EVT-X-001').ir.events[0]!.payload;
    expect(payload.map(({ name, presence, nullable }) => [name, presence, nullable])).toEqual([
      ['a', 'required', false],
      ['b', 'optional', false],
      ['c', 'required', true],
      ['d', 'optional', true],
    ]);
  });

  it('a property that may be undefined is one that may be left out', () => {
    const text =
      '## 1.2 S\n\n```ts\ninterface A { a: string | undefined; b?: number | undefined; c: string | null | undefined; d: (string | undefined)[] }\n```\n';
    const { ir, diagnostics } = generate(specOf(text));
    const node = ir.types[0];
    expect(
      node?.kind === 'record' &&
        node.fields.map(({ presence, nullable, type }) => [presence, nullable, type.kind]),
    ).toEqual([
      ['optional', false, 'prim'],
      ['optional', false, 'prim'],
      ['optional', true, 'prim'],
      ['required', false, 'array'],
    ]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'Unexpected type undefined of A.d, expected one that the IR carries',
    ]);
  });

  it.each([
    ['comment above the interface', '## 11.5 Events', '', '// FR-EVT-X-001: made'],
    ['bullet above the fence', '## 11.5 Events', '- **FR-EVT-X-001 (XEvent)**\n', ''],
    ['heading above the fence', '## 11.5 FR-EVT-X-001 (XEvent)', '', ''],
  ])('takes the id from the %s', (_, heading, above, comment) => {
    const text = `${heading}\n\n${above}\n\`\`\`typescript\n${comment}\nexport interface XEvent extends FlightRecorderEventBase { type: 'x' }\n\`\`\`\n`;
    expect(eventsOf(text, 'FR-EVT-X-001').ir.events).toMatchObject([
      { frId: 'FR-EVT-X-001', type: 'x', doc: 'XEvent' },
    ]);
  });

  it.each([
    ['string', { kind: 'prim', name: 'string' }],
    ['number', { kind: 'prim', name: 'number' }],
    ['boolean', { kind: 'prim', name: 'bool' }],
    [
      "'a' | 'b'",
      {
        kind: 'union',
        of: [
          { kind: 'literal', value: 'a' },
          { kind: 'literal', value: 'b' },
        ],
      },
    ],
    [
      '0 | 1',
      {
        kind: 'union',
        of: [
          { kind: 'literal', value: 0 },
          { kind: 'literal', value: 1 },
        ],
      },
    ],
    [
      'Array<string | null>',
      { kind: 'array', of: { kind: 'union', of: [{ kind: 'prim', name: 'string' }, { kind: 'null' }] } },
    ],
    ['Record<string, any>', { kind: 'map', of: { kind: 'prim', name: 'json' } }],
    ['UUID', { kind: 'prim', name: 'uuid' }],
    ['{ at: string; } // no format', { kind: 'object', fields: [{ name: 'at' }] }],
  ])('type %s', (written, type) => {
    const text = `## 11.5 Events\n\n\`\`\`ts\n// FR-EVT-X-001\ninterface XEvent extends FlightRecorderEventBase {\n  type: 'x';\n  a: ${written}\n}\n\`\`\`\n`;
    expect(eventsOf(text, 'FR-EVT-X-001').ir.events[0]!.payload[0]).toMatchObject({ name: 'a', type });
  });

  it('what the IR cannot carry is reported with its line', () => {
    const text =
      "## 11.5 Events\n\n```ts\n// FR-EVT-X-001\ninterface XEvent extends FlightRecorderEventBase {\n  type: 'x';\n  run: () => void;\n}\n```\n";
    const found = eventsOf(text, 'FR-EVT-X-001').diagnostics;
    expect(found.map(({ message, place }) => [message, place.line])).toEqual([
      ['Unexpected type () => void of FR-EVT-X-001.run, expected one that the IR carries', 7],
    ]);
  });

  it('roots keep the events they name, and one that is not there is reported', () => {
    const text = `## 11.5 Events\n\n\`\`\`ts\n${BASE}\n// FR-EVT-X-001\ninterface XEvent extends FlightRecorderEventBase { type: 'x' }\n\`\`\`\n`;
    expect(eventsOf(text).ir.events).toHaveLength(1);
    expect(eventsOf(text, 'FlightRecorderEventBase').ir.events).toEqual([]);
    expect(eventsOf(text, 'FR-EVT-X-*').ir.events).toHaveLength(1);
    expect(eventsOf(text, 'FR-EVT-X-009').diagnostics.map(({ message }) => message)).toEqual([
      'Unexpected FR-EVT-X-009, expected a type or event that the spec defines, such as FR-EVT-X-001',
    ]);
  });
});
