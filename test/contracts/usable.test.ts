import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { IN_EVENTS, IN_TYPES } from '../../tools/contracts/emit/declared.ts';
import { emit, generate } from '../../tools/contracts/index.ts';
import { everyKind } from './every-kind.ts';
import { specOf } from './spec-fixture.ts';

const fence = (lang: string, lines: string[]) => `\`\`\`${lang}\n${lines.join('\n')}\n\`\`\`\n\n`;
const BASE = fence('ts', ['interface FlightRecorderEventBase {', '  type: string;', '}']);
const OVERLAY = `schema: govkit.overlay@1
answers:
  - section: '1.2'
    quote: 'interface FlightRecorderEventBase {'
    envelope: { discriminator: type, accepts: [], id_field: fr_event_id, payload: nested, fields: { model_session_id?: string } }
`;

function told(text: string, overlay?: string): string[] {
  const { diagnostics } = generate(specOf(`## 1.2 S\n\n${text}`), {
    ...(overlay !== undefined && { overlay: { path: 'overlay.yaml', text: overlay } }),
  });
  return diagnostics
    .filter(({ severity }) => severity !== 'info')
    .map(
      ({ severity, rule, place, message }) =>
        `${severity} ${rule.slice('codegen/'.length)} ${place.line} ${message}`,
    );
}
const ts = (...lines: string[]) => told(fence('ts', lines));
const yaml = (...lines: string[]) => told(fence('yaml', lines));
const events = (...lines: string[]) => told(`${BASE}${fence('yaml', lines)}`, OVERLAY);
const event = (id: string, type: string, payload: string) => [
  `FR-EVT-X-${id}:`,
  `  event_type: "${type}"`,
  `  payload: { ${payload} }`,
];

describe('codegen/unusable-name', () => {
  it('the list of what the generated files declare is complete', () => {
    const definitions = new Set([
      ...everyKind.types.map(({ name }) => name),
      ...everyKind.events.map(({ payloadName }) => payloadName),
    ]);
    const declared = emit(everyKind).flatMap(({ path, text }) =>
      parseSync(path, text).program.body.flatMap((statement): string[] => {
        const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        if (node?.type === 'ImportDeclaration') return node.specifiers.map(({ local }) => local.name);
        if (node?.type === 'VariableDeclaration')
          return node.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : 'a pattern'));
        if (node?.type === 'FunctionDeclaration') return [node.id?.name ?? 'a function'];
        if (node?.type === 'TSInterfaceDeclaration' || node?.type === 'TSTypeAliasDeclaration')
          return [node.id.name];
        return [];
      }),
    );
    const ours = new Set(declared.filter((name) => !definitions.has(name)));
    const globals = ['Object', 'Record', 'Readonly'];
    expect([...ours, ...globals].sort()).toEqual([...IN_TYPES, ...IN_EVENTS].sort());
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
    'a field %s, also in an object',
    (name) => {
      const said = `Unexpected field ${name} of A, expected a name that not every object has`;
      expect(ts(`interface A { ${name}?: string }`)).toEqual([`error unusable-name 4 ${said}`]);
      expect(ts('interface A {', `  x: { ${name}: string }[];`, '}')).toEqual([
        `error unusable-name 5 ${said}`,
      ]);
    },
  );

  it.each([...IN_TYPES])('a type %s', (name) => {
    expect(ts(`interface ${name} { a: string }`)).toEqual([
      `error unusable-name 4 Unexpected type name ${name}, expected one that the generated code does not use itself`,
    ]);
  });

  it.each([...IN_EVENTS])('a type %s, where events are written', (name) => {
    const text = `${BASE}${fence('ts', [`interface ${name} { a: string }`])}`;
    expect(told(text)).toEqual([]);
    expect(told(`${text}${fence('yaml', event('001', 'a', 'session_id: string'))}`, OVERLAY)).toEqual([
      `error unusable-name 10 Unexpected type name ${name}, expected one that the generated code does not use itself`,
    ]);
  });

  it.each(['namespace', 'let', 'static', 'await'])('a word of TypeScript, %s', (name) => {
    expect(ts(`interface ${name} { a: string }`)).toContain(
      `error unusable-name 4 Unexpected type name ${name}, expected one that is no word of TypeScript`,
    );
  });

  it('two types whose names differ in capitals alone', () => {
    expect(yaml('Door:', '  a: string', 'DOOR:', '  b: string')).toEqual([
      'error unusable-name 6 Unexpected type name DOOR beside Door, expected two names that differ in more than capitals',
    ]);
  });

  it('payloads', () => {
    const lines = [
      ...event('001', 'a.b', 'session_id: string'),
      ...event('002', 'a_b', 'session_id: string, b: int'),
      ...event('003', '1', 'session_id: string'),
      ...event('004', 'd', 'session_id: string, constructor: int'),
      ...event('005', 'c', 'session_id: string'),
      'CPayload:',
      '  x: int',
    ];
    expect(events(...lines)).toEqual([
      'error unusable-name 13 Unexpected payload name ABPayload of FR-EVT-X-002, expected one that FR-EVT-X-001 with its other fields does not have',
      'error unusable-name 16 Unexpected payload name 1Payload of FR-EVT-X-003, expected a name of letters, digits and _ that begins with a letter',
      'error unusable-name 21 Unexpected field constructor of FR-EVT-X-004, expected a name that not every object has',
      'error unusable-name 22 Unexpected payload name CPayload of FR-EVT-X-005, expected one that no type has',
    ]);
  });

  it('a field that stands twice, in a record, an object or an envelope', () => {
    expect(ts('interface A {', '  a: string;', '  a: string;', '  x: { b: 1; b: 1 };', '}')).toEqual([
      'error duplicate-field 6 Unexpected second field a of A, expected it once',
      'error duplicate-field 7 Unexpected second field b of A, expected it once',
    ]);
    const base = fence('ts', [
      'interface FlightRecorderEventBase {',
      '  type: string; payload: string;',
      '}',
    ]);
    expect(told(`${base}${fence('yaml', event('001', 'a', 'session_id: string'))}`, OVERLAY)).toContain(
      'error unusable-name 3 Unexpected second field payload of the envelope, expected one beside fr_event_id, type, payload',
    );
  });

  it('no answer of the overlay makes one usable', () => {
    const overlay = `schema: govkit.overlay@1
answers:
  - { section: '1.2', quote: 'interface Json { a: string }', settles: codegen/unusable-name, why: because }
`;
    expect(told(fence('ts', ['interface Json { a: string }']), overlay)).toEqual([
      'error unusable-name 4 Unexpected type name Json, expected one that the generated code does not use itself',
    ]);
  });
});

describe('codegen/alias-cycle', () => {
  it('names that are nothing but each other; in a list, an object or a map the type ends', () => {
    const lines = [
      'type A = B;',
      'type B = C | null;',
      'type C = string | A;',
      'type D = D[];',
      'type E = { e: E } | null;',
    ];
    expect(ts(...lines, 'type F = Record<string, F>;', 'type G = [G] | string;', 'type H = A;')).toEqual([
      'error alias-cycle 4 Unexpected type A = B = C = A, which is nothing but itself, expected a type to end in',
    ]);
    const { diagnostics } = generate(specOf(`## 1.2 S\n\n${fence('ts', lines)}`));
    expect(diagnostics[0]?.related?.map(({ place }) => place.line)).toEqual([5, 6]);
    expect(ts('type Me = Me;')).toEqual([
      'error alias-cycle 4 Unexpected type Me = Me, which is nothing but itself, expected a type to end in',
    ]);
  });
});

describe('codegen/base-unusable', () => {
  it('an enum, another name, a circle', () => {
    expect(
      ts(
        "enum E { A = 'a' }",
        'type N = { a: string } | null;',
        'interface X extends E, N { x: string }',
        'interface R1 extends R2 { a: string }',
        'interface R2 extends R1 { b: string }',
        'type U = X & N;',
      ),
    ).toEqual([
      'error base-unusable 6 Unexpected alias N as the base of X, expected a record',
      'error base-unusable 6 Unexpected enum E as the base of X, expected a record',
      'error base-unusable 7 Unexpected circle R1 extends R2 extends R1, expected a record that extends no other',
      'error base-unusable 9 Unexpected alias N as the base of U, expected a record',
    ]);
  });

  it('a tower of records, which would be written out at each floor', () => {
    const tower = (height: number) =>
      Array.from(
        { length: height },
        (_, at) => `interface R${at} ${at === 0 ? '' : `extends R${at - 1} `}{ f${at}: string }`,
      );
    expect(ts(...tower(50))).toEqual([]);
    expect(ts(...tower(5000))).toEqual([
      'error base-unusable 54 Unexpected R50 upon 50 records that extend each other, expected at most 49',
    ]);
  });
});

describe('a default that another field has', () => {
  it('is followed to its value, over several fields', () => {
    const lines = [
      'A:',
      '  x: int   # from B.y',
      'B:',
      '  y: int   # from C.z',
      'C:',
      '  z: int   # default 7',
    ];
    const { ir, diagnostics } = generate(specOf(`## 1.2 S\n\n${fence('yaml', lines)}`));
    expect(diagnostics).toEqual([]);
    expect(emit(ir)[0]!.text).toContain(
      '  A: {\n    x: 7,\n  },\n  B: {\n    y: 7,\n  },\n  C: {\n    z: 7,\n  },\n',
    );
  });

  it('is there, leads not back to itself, and is of the type', () => {
    expect(
      yaml(
        'A:',
        '  x: int   # from B.y',
        '  y: int   # from Nowhere.y',
        '  z: int   # from A.nothing',
        '  v: bool   # from A.w',
        '  w: int   # default 3',
        'B:',
        '  y: int   # from A.x',
        '  free: int   # from B.open',
        '  open: int',
      ),
    ).toEqual([
      'warning default-unreadable 5 Unexpected default from B.y of A.x, expected one that does not lead back to itself',
      'warning default-unreadable 6 Unexpected default from Nowhere.y of A.y, expected the field of a record',
      'warning default-unreadable 7 Unexpected default from A.nothing of A.z, expected the field of a record',
      'warning default-unreadable 8 Unexpected default from A.w, which is "3" of A.v, expected a value of its type',
      'warning default-unreadable 11 Unexpected default from A.x of B.y, expected one that does not lead back to itself',
    ]);
  });

  it('of another type is not generated, whoever states it', () => {
    const overlay = `schema: govkit.overlay@1
answers:
  - { section: '1.2', quote: 'x: int', default: { A.x: high }, why: because }
`;
    const text = fence('yaml', ['A:', '  x: int']);
    expect(told(text, overlay)).toEqual([
      'warning default-unreadable 3 Unexpected default "high" of A.x, expected a value of its type',
    ]);
  });
});
