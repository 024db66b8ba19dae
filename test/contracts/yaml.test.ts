import { describe, expect, it } from 'vitest';
import { readYamlBlock } from '../../tools/contracts/dialects/yaml.ts';
import { propertyKey } from '../../tools/contracts/emit/type.ts';
import type { Field, RecordNode } from '../../tools/contracts/index.ts';
import { yaml } from './spec-fixture.ts';

function fieldOf(line: string, ...more: string[]): Field {
  const { types } = readYamlBlock(yaml('Thing:', line, ...more));
  return types.find((node): node is RecordNode => node.kind === 'record')!.fields[0]!;
}

const prim = (name: string) => ({ kind: 'prim', name });
const ref = (name: string) => ({ kind: 'ref', name });

describe('line grammar: types of a field', () => {
  it.each([
    ['  a: string', prim('string'), false],
    ['  a: int', prim('int'), false],
    ['  a: bool', prim('bool'), false],
    ['  a: number | null', prim('number'), true],
    ['  a: string[]', { kind: 'array', of: prim('string') }, false],
    ['  a: string[] | null', { kind: 'array', of: prim('string') }, true],
    ['  a: ModelId', ref('ModelId'), false],
    ['  a: ModelId | null # null = use Work Profile default', ref('ModelId'), true],
    ['  a: ToolCall[]', { kind: 'array', of: ref('ToolCall') }, false],
    ['  a: ToolDefinition[] | null', { kind: 'array', of: ref('ToolDefinition') }, true],
    ['  a: "model_run"', { kind: 'literal', value: 'model_run' }, false],
    ['  a: false', { kind: 'literal', value: false }, false],
    ['  a: uuid', prim('uuid'), false],
    ['  a: datetime | null', prim('datetime'), true],
    ['  a: sha256', prim('sha256'), false],
    ['  a: json', prim('json'), false],
    ['  a: enum [X, Y]', ref('ThingA'), false],
    ['  a: enum [X, Y] | null', ref('ThingA'), true],
  ])('%s', (line, type, nullable) => {
    expect(fieldOf(line)).toMatchObject({ name: 'a', type, nullable, presence: 'required' });
  });

  it('a nested record becomes an object, and the field after it is not part of it', () => {
    const { types } = readYamlBlock(
      yaml('Thing:', '  a:   # why', '    b: int', '    c: string | null', '  d: bool'),
    );
    expect(types[0]).toMatchObject({
      fields: [
        { name: 'a', type: { kind: 'object', fields: [{ name: 'b' }, { name: 'c', nullable: true }] } },
        { name: 'd' },
      ],
    });
  });
});

describe('line grammar: what a comment says', () => {
  it.each<[string, Partial<Field>]>([
    ['  a: int # default 8', { default: { kind: 'value', value: 8 } }],
    [
      '  a: int # 0 = highest; default 50',
      { default: { kind: 'value', value: 50 }, bounds: { min: 0, confidence: 'inferred' } },
    ],
    ['  a: int # per-call timeout; default 120000', { default: { kind: 'value', value: 120000 } }],
    ['  a: bool # default true; the child announces', { default: { kind: 'value', value: true } }],
    [
      '  a: enum [FIXED, EXPONENTIAL] # default EXPONENTIAL',
      { default: { kind: 'value', value: 'EXPONENTIAL' } },
    ],
    [
      '  a: int # default 3; HARD ceiling, per workspace',
      { default: { kind: 'value', value: 3 }, hard: true },
    ],
    [
      '  a: int # from Config.max_global',
      { default: { kind: 'from', record: 'Config', field: 'max_global' } },
    ],
    ['  a: int # 0 = root; incremented on spawn', { bounds: { min: 0, confidence: 'inferred' } }],
    ['  a: string # stable UUID; used everywhere', { type: { kind: 'prim', name: 'uuid' } }],
    ['  a: string # UUID or hash', { type: { kind: 'prim', name: 'string' } }],
    ['  a: string # ISO 8601', { type: { kind: 'prim', name: 'datetime' } }],
    ['  a: string # SHA-256 of content (not inline)', { type: { kind: 'prim', name: 'sha256' } }],
    ['  a: string # FK → ModelSession', { fk: 'ModelSession' }],
    ['  a: string # FK -> model_run job', { fk: 'model_run job' }],
    ['  a: int | null # per-provider; null = unlimited', { nullMeaning: 'null = unlimited' }],
    ['  a: string | null # null if rejected', { nullMeaning: 'null if rejected' }],
    [
      '  a: string # Orchestrator / Coder / custom',
      { type: { kind: 'prim', name: 'string' }, open: ['Orchestrator', 'Coder', 'custom'] },
    ],
    ['  a: string # open vocabulary: input, output', { open: ['input', 'output'] }],
    ['  a: string # open vocabulary, for instance doc', { open: [] }],
    [
      '  a: string | null # e.g., "depth_limit", "cap"',
      { type: { kind: 'prim', name: 'string' }, open: ['depth_limit', 'cap'] },
    ],
  ])('%s', (line, expected) => {
    expect(fieldOf(line)).toMatchObject(expected);
  });

  it.each(['  a: bool # e.g., strict providers', '  a: string # work packet / micro-task / other thing'])(
    'no vocabulary: %s',
    (line) => {
      expect(fieldOf(line)).not.toHaveProperty('open');
    },
  );

  it('a default of the wrong type is reported and not used', () => {
    const read = readYamlBlock(yaml('Thing:', '  a: int # default many'));
    expect(read.diagnostics.map(({ finding }) => finding.message)).toEqual([
      'Unexpected default "many" of Thing.a, expected a value of its type',
    ]);
    expect(read.types[0]).not.toHaveProperty('fields.0.default');
  });
});

describe('line grammar: definitions', () => {
  it('a block enum keeps its members and their comments, which a yaml parser rejects or joins', () => {
    const { types } = readYamlBlock(yaml('Kind: enum', '  - COLLAB   # among roles', '  - MAIL'));
    expect(types).toMatchObject([
      {
        kind: 'enum',
        name: 'Kind',
        section: '1.2',
        members: [
          { value: 'COLLAB', doc: 'among roles' },
          { value: 'MAIL', doc: '' },
        ],
      },
    ]);
  });

  it('inline enum, alias, record and blank lines in one block, in their order', () => {
    const { types } = readYamlBlock(
      yaml('# ADD v02.122', 'Id: string', 'Backend: enum [local, cloud]', '', 'Owner:', '  role: string'),
    );
    expect(types.map((node) => `${node.kind} ${node.name}`)).toEqual([
      'alias Id',
      'enum Backend',
      'record Owner',
    ]);
  });

  it('an inline enum of a field is named after record and field', () => {
    const { types } = readYamlBlock(yaml('Session:', '  memory_policy: enum [A, B]'));
    expect(types[0]).toMatchObject({ kind: 'enum', name: 'SessionMemoryPolicy', owner: 'Session' });
  });

  it('C03: payload names, `x[]`, typed items and a note', () => {
    const { events } = readYamlBlock(
      yaml(
        'FR-EVT-X-001:',
        '  event_type: "x.made"',
        '  payload: { a, ids[], b: uuid, c: string | null, d: uuid[], e: enum [P, Q] }',
        '  # NOTE: hash only',
      ),
    );
    expect(events).toMatchObject([
      {
        frId: 'FR-EVT-X-001',
        type: 'x.made',
        family: 'FR-EVT-X',
        payloadName: 'XMadePayload',
        payload: [
          { name: 'a', type: { kind: 'untyped' } },
          { name: 'ids', type: { kind: 'array', of: { kind: 'untyped' } } },
          { name: 'b', type: prim('uuid') },
          { name: 'c', type: prim('string'), nullable: true },
          { name: 'd', type: { kind: 'array', of: prim('uuid') } },
          { name: 'e', type: ref('XMadePayloadE') },
        ],
      },
    ]);
  });

  it('evidence points at the line of the file', () => {
    expect(fieldOf('  a: int').evidence).toEqual([
      { file: 'Spec_v01.md', line: 5, dialect: 'yaml', confidence: 'stated' },
    ]);
  });
});

describe('line grammar: what is outside', () => {
  it('a strange line in a schema block is a diagnostic with its place', () => {
    const read = readYamlBlock(yaml('Thing:', '  a: int', '  b: Map<string, int>', '  c: bool'));
    expect(
      read.diagnostics.map(({ finding }) => [finding.rule, finding.place.line, finding.message]),
    ).toEqual([
      [
        'codegen/outside-grammar',
        6,
        'Unexpected line "b: Map<string, int>", expected a line of the schema grammar',
      ],
    ]);
  });

  it.each([
    ['data', ['name: build', 'on: [push]', 'jobs:', '  test:', '    steps: 3']],
    ['a list', ['- one', '- two']],
    ['an example value', ['Session:', '  id: 3', '  name: bob smith']],
    ['an empty record', ['Session:']],
  ])('%s is no schema block', (_, lines) => {
    expect(readYamlBlock(yaml(...lines))).toEqual({ schema: false, types: [], events: [], diagnostics: [] });
  });
});

describe('what would not compile, or would hide something, is an error', () => {
  const errors = (...lines: string[]) =>
    readYamlBlock(yaml(...lines)).diagnostics.map(({ finding }) => [
      finding.rule,
      finding.severity,
      finding.message,
    ]);

  it.each([
    [
      'a field twice',
      ['Thing:', '  a: int', '  b: bool', '  a: string'],
      'codegen/duplicate-field',
      'Unexpected second field a of Thing, expected it once',
    ],
    [
      'a nested field twice',
      ['Thing:', '  n:', '    a: int', '    a: bool', '  z: int'],
      'codegen/duplicate-field',
      'Unexpected second field a of Thing, expected it once',
    ],
    [
      'an event without its type',
      ['FR-EVT-X-001:', '  payload: { a: int }', '', 'Thing:', '  a: int'],
      'codegen/event-untyped',
      'Unexpected event FR-EVT-X-001 without an event_type, expected one',
    ],
  ])('%s', (_name, lines, rule, message) => {
    expect(errors(...lines)).toContainEqual([rule, 'error', message]);
  });

  it('the first of two fields counts', () => {
    const { types } = readYamlBlock(yaml('Thing:', '  a: int', '  a: string'));
    expect((types[0] as RecordNode).fields.map(({ name, type }) => [name, type])).toEqual([
      ['a', prim('int')],
    ]);
  });

  it.each([
    ['plain', 'plain'],
    ['9z', "'9z'"],
    ['__proto__', "['__proto__']"],
  ])('the property %s is written as %s', (name, written) => {
    expect(propertyKey(name)).toBe(written);
  });
});
