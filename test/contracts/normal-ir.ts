import type { Default, Field, Ir, Type } from '../../tools/contracts/index.ts';

/**
 * What two specs must agree on, one line per fact: names, fields and their order, types, presence, nullability,
 * defaults, enum members, event ids, types and payloads. Not: evidence, prose, clauses, fingerprints.
 */
export function normalIr(ir: Ir): Map<string, string> {
  const facts = new Map<string, string>();
  for (const node of ir.types) {
    if (node.kind === 'enum')
      facts.set(node.name, `enum ${node.members.map(({ value }) => value).join(' ')}`);
    if (node.kind === 'alias')
      facts.set(node.name, `alias ${typeOf(node.type)}${node.nullable ? ' | null' : ''}`);
    if (node.kind === 'record') fieldFacts(facts, node.name, node.fields);
  }
  for (const event of ir.events) {
    facts.set(event.frId, `event ${event.type} by ${event.correlation?.field ?? 'nothing'}`);
    fieldFacts(facts, `${event.frId} payload`, event.payload);
  }
  if (ir.envelope)
    fieldFacts(facts, `envelope ${ir.envelope.idField} ${ir.envelope.discriminator}`, ir.envelope.fields);
  return facts;
}

function fieldFacts(facts: Map<string, string>, owner: string, fields: Field[]): void {
  facts.set(owner, `fields ${fields.map(({ name }) => name).join(' ')}`);
  for (const field of fields) facts.set(`${owner}.${field.name}`, fieldOf(field));
}

function fieldOf(field: Field): string {
  const optional = field.presence === 'optional' ? 'optional ' : '';
  const fallback = field.default ? ` default ${defaultOf(field.default)}` : '';
  return `${optional}${typeOf(field.type)}${field.nullable ? ' | null' : ''}${fallback}`;
}

function typeOf(type: Type): string {
  switch (type.kind) {
    case 'prim':
    case 'ref':
      return type.name;
    case 'literal':
      return JSON.stringify(type.value);
    case 'array':
      return `${typeOf(type.of)}[]`;
    case 'map':
      return `map of ${typeOf(type.of)}`;
    case 'union':
      return type.of.map(typeOf).join(' | ');
    case 'object':
      return `{ ${type.fields.map((field) => `${field.name}: ${fieldOf(field)}`).join(', ')} }`;
    default:
      return type.kind;
  }
}

function defaultOf(given: Default): string {
  return given.kind === 'value' ? JSON.stringify(given.value) : `${given.record}.${given.field}`;
}

/** Facts on which two IRs differ, as `fact: left → right`. */
export function differences(left: Map<string, string>, right: Map<string, string>): string[] {
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names
    .filter((name) => left.get(name) !== right.get(name))
    .map((name) => `${name}: ${left.get(name) ?? '(absent)'} → ${right.get(name) ?? '(absent)'}`)
    .sort();
}
