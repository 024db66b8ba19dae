import type {
  EnvelopeNode,
  EventNode,
  Evidence,
  Field,
  Ir,
  RecordNode,
  Type,
  TypeNode,
} from '../../../tools/contracts/index.ts';

const at = (line: number): Evidence[] => [
  { file: 'S.md', line, dialect: 'typescript', confidence: 'stated' },
];
const definition = (line: number) => ({
  section: '1.2',
  fingerprint: `f${line}`,
  doc: '',
  evidence: at(line),
});

/** Types as the cases write them. */
export const t = {
  string: { kind: 'prim', name: 'string' },
  int: { kind: 'prim', name: 'int' },
  number: { kind: 'prim', name: 'number' },
  uuid: { kind: 'prim', name: 'uuid' },
  json: { kind: 'prim', name: 'json' },
  null: { kind: 'null' },
  ref: (name: string): Type => ({ kind: 'ref', name }),
  array: (of: Type): Type => ({ kind: 'array', of }),
  map: (of: Type): Type => ({ kind: 'map', of }),
  tuple: (...of: Type[]): Type => ({ kind: 'tuple', of }),
  union: (...of: Type[]): Type => ({ kind: 'union', of }),
  literal: (value: string | number | boolean): Type => ({ kind: 'literal', value }),
  pattern: (pattern: string): Type => ({ kind: 'pattern', pattern }),
  opaque: (text: string): Type => ({ kind: 'opaque', text }),
  object: (...fields: Field[]): Type => ({ kind: 'object', fields }),
} as const satisfies Record<string, Type | ((...args: never[]) => Type)>;

/** `lane?` is optional. */
export function field(name: string, type: Type, more: Partial<Field> = {}, line = 2): Field {
  return {
    name: name.replace('?', ''),
    type,
    presence: name.endsWith('?') ? 'optional' : 'required',
    nullable: false,
    doc: '',
    evidence: at(line),
    ...more,
  };
}

export function record(name: string, fields: Field[], bases?: string[], line = 1): RecordNode {
  return { kind: 'record', name, ...definition(line), fields, ...(bases && { extends: bases }) };
}

export function alias(name: string, type: Type, nullable = false): TypeNode {
  return { kind: 'alias', name, type, nullable, ...definition(1) };
}

export function event(frId: string, more: Partial<EventNode> = {}): EventNode {
  return {
    kind: 'event',
    frId,
    type: `type.${frId}`,
    discriminator: 'type',
    family: 'X',
    payloadName: 'P',
    payload: [],
    correlation: null,
    ...definition(5),
    ...more,
  };
}

export function envelope(more: Partial<EnvelopeNode> = {}): EnvelopeNode {
  return {
    discriminator: 'type',
    accepts: ['event_type'],
    idField: 'fr_event_id',
    utc: ['timestamp'],
    fields: [],
    evidence: at(9),
    ...more,
  };
}

export function ir(more: Partial<Ir>): Ir {
  const spec = { source: 'S.md', version: 'v1', sha256: '' };
  return { schema: 'govkit.ir@1', spec, types: [], events: [], mentions: [], ...more };
}
