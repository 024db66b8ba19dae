import {
  type EnumNode,
  type EnvelopeNode,
  type EventNode,
  envelopeFields,
  type Field,
  type Ir,
  type TypeNode,
} from '../ir.ts';
import { clauseDoc, clauseText } from './clause.ts';
import { type GeneratedFile, generatedJson } from './file.ts';
import {
  enumSchema,
  fieldSchema,
  type JsonSchema,
  objectSchema,
  orNull,
  reference,
  typeSchema,
  UTC,
} from './json-schema-type.ts';
import { flatFields, type Scope, scopeOf } from './scope.ts';

/**
 * `contracts.schema.json`, JSON Schema 2020-12: a definition for every type, payload and event. The whole of it
 * is the schema of one event, by its id; where there is no envelope it is the definitions alone.
 */
export function emitJsonSchema(ir: Ir, out: string): GeneratedFile[] {
  const scope = scopeOf(ir);
  const events = ir.envelope === undefined ? [] : ir.events;
  const definitions: [string, JsonSchema][] = [
    ...ir.types.map((node): [string, JsonSchema] => [node.name, nodeSchema(node, scope)]),
    ...events.map((event): [string, JsonSchema] => [event.payloadName, payloadSchema(event, scope)]),
    ...(ir.envelope === undefined ? [] : eventSchemas(events, ir.envelope, scope)),
  ];
  const body = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Contracts of the specification ${ir.spec.version}`,
    ...(ir.envelope === undefined || events.length === 0 ? {} : rootSchema(events, ir.envelope)),
    $defs: Object.fromEntries(definitions),
  };
  return [generatedJson(`${out}/contracts.schema.json`, ir, body)];
}

/** By the id, and not a choice among all events: of a wrong event one learns what is wrong with it alone. */
function rootSchema(events: readonly EventNode[], { idField }: EnvelopeNode): JsonSchema {
  return {
    type: 'object',
    properties: { [idField]: { enum: events.map(({ frId }) => frId) } },
    required: [idField],
    allOf: events.map(({ frId }) => ({
      // Without its type the condition holds for whatever is no object, and every event complains.
      if: { type: 'object', properties: { [idField]: { const: frId } }, required: [idField] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits a schema.
      then: reference(frId),
    })),
  };
}

function nodeSchema(node: TypeNode, scope: Scope): JsonSchema {
  const description = clauseDoc(node);
  if (node.kind === 'enum')
    return {
      description: enumDoc(node),
      ...enumSchema(node.members.map(({ value }) => value)),
      ...(node.default !== undefined && { default: node.default }),
    };
  if (node.kind === 'record') return { description, ...objectSchema(flatFields(node, scope), scope) };
  const schema = typeSchema(node.type, scope);
  return { description, ...(node.nullable ? orNull(schema) : schema) };
}

/** The members that the spec explains, explained. */
function enumDoc(node: EnumNode): string {
  const members = node.members.filter(({ doc }) => doc !== '').map(({ value, doc }) => `${value}: ${doc}.`);
  return [clauseDoc(node), ...members].join(' ');
}

function payloadSchema(event: EventNode, scope: Scope): JsonSchema {
  return { description: eventDoc(event), ...objectSchema(event.payload, scope) };
}

function eventDoc(event: EventNode): string {
  return `${event.frId} ${event.type}. ${clauseText(event)}`;
}

function eventSchemas(
  events: readonly EventNode[],
  envelope: EnvelopeNode,
  scope: Scope,
): [string, JsonSchema][] {
  const property = (field: Field) =>
    fieldSchema(field, scope, envelope.utc.includes(field.name) ? UTC : undefined);
  return events.map((event) => {
    const closed = objectSchema(envelopeFields(envelope, event), scope, property, [
      [envelope.idField, { const: event.frId }],
      [envelope.discriminator, { const: event.type }],
      ['payload', reference(event.payloadName)],
    ]);
    return [event.frId, { description: eventDoc(event), ...closed }];
  });
}
