import { compareText } from '../../findings/index.ts';
import { append } from '../append.ts';
import { type EnvelopeNode, type EventNode, type Field, type Ir, refsOf } from '../ir.ts';
import { clauseText } from './clause.ts';
import { type GeneratedFile, generatedFile } from './file.ts';
import { fitLines } from './layout.ts';
import { emitRecord } from './record.ts';
import { carried, type Scope, scopeOf } from './scope.ts';
import { docBlock, fieldSchemaValue, fieldType, literal, propertyKey, schemaText } from './type.ts';

/** `events.ts`: payloads, the envelope, and the registry by FR-EVT id that the recorder validates against. */
export function emitEvents(ir: Ir, envelope: EnvelopeNode, path: string): GeneratedFile {
  const scope = scopeOf(ir);
  const parts = [
    ...payloadsOf(ir.events).map(
      ({ ids, event }) =>
        `${docBlock([ids, clauseText(event)])}${emitRecord(event.payloadName, { fields: event.payload }, scope)}`,
    ),
    emitEnvelope(envelope, scope),
    emitRegistry(ir.events, envelope, scope),
  ];
  const body = parts.join('\n');
  return generatedFile(path, ir, fitLines(`${imports(ir, envelope, body)}\n${body}`));
}

/** The members of an event family share one payload. */
function payloadsOf(events: EventNode[]): { ids: string; event: EventNode }[] {
  const byName = new Map<string, EventNode[]>();
  for (const event of events) append(byName, event.payloadName, event);
  return [...byName.values()].map((sharing) => ({
    ids: sharing.map(({ frId, type }) => `${frId} ${type}`).join(', '),
    event: sharing[0]!,
  }));
}

function imports(ir: Ir, envelope: EnvelopeNode, body: string): string {
  const defined = new Set(ir.types.map((node) => node.name));
  const fields = [...ir.events.flatMap((event) => event.payload), ...envelope.fields];
  const names = new Set(fields.flatMap((field) => refsOf(field.type)).filter((name) => defined.has(name)));
  const prelude = [
    ...(/\bformats\./.test(body) ? ['formats'] : []),
    ...(/\bmap\(/.test(body) ? ['map'] : []),
    ...(/\bJson\b/.test(body) ? ['type Json'] : []),
  ];
  const lines = [...names, ...prelude]
    .sort((a, b) => compareText(a.replace('type ', ''), b.replace('type ', '')))
    .map((name) => `  ${name},\n`);
  const types = lines.length === 0 ? '' : `import {\n${lines.join('')}} from './types.ts';\n`;
  return `import { z } from 'zod';\n${types}`;
}

function emitEnvelope(envelope: EnvelopeNode, scope: Scope): string {
  const { discriminator, idField } = envelope;
  const fields = carried(envelope.fields);
  const shape = fields
    .map((field) => `  ${propertyKey(field.name)}: ${envelopeSchema(envelope, field, scope)},\n`)
    .join('');
  const types = fields.map((field) => fieldType(field, scope, '  ')).join('');
  return `/** How an event names itself: the field of its id, its discriminator, and other spellings accepted on input. */
export const envelope = {
  idField: ${literal(idField)},
  discriminator: ${literal(discriminator)},
  accepts: [${envelope.accepts.map(literal).join(', ')}],
} as const;

const shape = {
${shape}};

/** An event of one kind: the envelope with its id, its type and its payload. */
export interface EventOf<Id extends string, Type extends string, Payload> {
  ${idField}: Id;
  ${discriminator}: Type;
${types}  payload: Payload;
}

/** Any event, its payload unread. */
export type FlightRecorderEventEnvelope = EventOf<string, string, Record<string, unknown>>;
export const FlightRecorderEventEnvelope = z.strictObject({
  ${idField}: z.string(),
  ${discriminator}: z.string(),
  ...shape,
  payload: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<FlightRecorderEventEnvelope>;
`;
}

function envelopeSchema(envelope: EnvelopeNode, field: Field, scope: Scope): string {
  return fieldSchemaValue(
    field,
    envelope.utc.includes(field.name) ? 'formats.utc' : schemaText(field.type, scope, '  '),
    scope,
  );
}

function emitRegistry(events: EventNode[], envelope: EnvelopeNode, scope: Scope): string {
  const rows = events.map((event) => emitEntry(event, envelope, scope)).join('');
  const payloads = events.map((event) => `  ${literal(event.frId)}: ${event.payloadName};\n`).join('');
  const byType = events.map((event) => `  ${propertyKey(event.type)}: ${literal(event.frId)},\n`).join('');
  return `/** What the registry says of one event; \`correlation\` is the payload field that is \`model_session_id\`. */
export interface EventDefinition {
  readonly fr_event_id: string;
  readonly type: string;
  readonly family: string;
  readonly section: string;
  readonly correlation: { readonly field: string } | null;
  readonly payload: z.ZodType;
  readonly schema: z.ZodType;
}

export const events = {
${rows}} as const satisfies Record<string, EventDefinition>;

export type FrEventId = keyof typeof events;

export interface EventPayloads {
${payloads}}

export type EventType<Id extends FrEventId = FrEventId> = (typeof events)[Id]['type'];

export type FlightRecorderEvent = {
  [Id in FrEventId]: EventOf<Id, EventType<Id>, EventPayloads[Id]>;
}[FrEventId];

/** Refuses everything: what it says is that the id is none of the registry. */
const unknownEvent = z.object({ ${envelope.idField}: z.enum(Object.keys(events), 'unknown event id') });

/** Validates any event in one step: its id chooses the schema, and an id that nothing defines is refused. */
export function parseEvent(input: unknown): z.ZodSafeParseResult<FlightRecorderEvent> {
  const id = (input as { ${envelope.idField}?: unknown } | null | undefined)?.${envelope.idField};
  const known = typeof id === 'string' && Object.hasOwn(events, id);
  const schema: z.ZodType = known ? events[id as FrEventId].schema : unknownEvent;
  return schema.safeParse(input) as z.ZodSafeParseResult<FlightRecorderEvent>;
}

/** FR-EVT id of a type string; an unknown type has none. */
export const frEventIdOfType: Readonly<Record<string, FrEventId>> = {
${byType}};
`;
}

function emitEntry(event: EventNode, envelope: EnvelopeNode, scope: Scope): string {
  const correlation = event.correlation ? `{ field: ${literal(event.correlation.field)} }` : 'null';
  const narrowed = (event.narrows ?? [])
    .map((field) => `      ${propertyKey(field.name)}: ${envelopeSchema(envelope, field, scope)},\n`)
    .join('');
  return `  ${literal(event.frId)}: {
    fr_event_id: ${literal(event.frId)},
    type: ${literal(event.type)},
    family: ${literal(event.family)},
    section: ${literal(event.section)},
    correlation: ${correlation},
    payload: ${event.payloadName},
    schema: z.strictObject({
      ${envelope.idField}: z.literal(${literal(event.frId)}),
      ${envelope.discriminator}: z.literal(${literal(event.type)}),
      ...shape,
${narrowed}      payload: ${event.payloadName},
    }),
  },
`;
}
