import type { Default, Field, Ir, Type } from '../../tools/contracts/index.ts';

/**
 * What two specs must agree on, one line per fact: everything of the IR that is not its place or its prose
 * (evidence, doc, section, fingerprint). A property that is added to the IR has to be added here as well.
 */
export function normalIr(ir: Ir): Map<string, string> {
  const facts = new Map<string, string>();
  for (const node of ir.types) {
    if (node.kind === 'enum') {
      const owner = node.owner === undefined ? '' : ` of ${node.owner}`;
      facts.set(node.name, `enum${owner} ${node.members.map(({ value }) => value).join(' ')}`);
      if (node.casing !== undefined) facts.set(`${node.name} casing`, node.casing);
      if (node.default !== undefined) facts.set(`${node.name} default`, String(node.default));
    }
    if (node.kind === 'alias')
      facts.set(node.name, `alias ${typeOf(node.type)}${node.nullable ? ' | null' : ''}`);
    if (node.kind === 'record') {
      fieldFacts(facts, node.name, node.fields);
      if (node.extends !== undefined) facts.set(`${node.name} extends`, node.extends.join(' '));
    }
  }
  for (const event of ir.events) {
    facts.set(event.frId, `event ${event.type} of ${event.family}, payload ${event.payloadName}`);
    facts.set(`${event.frId} discriminator`, event.discriminator);
    facts.set(`${event.frId} correlation`, event.correlation?.field ?? 'nothing');
    if (event.extends !== undefined) facts.set(`${event.frId} extends`, event.extends);
    if (event.narrows !== undefined) fieldFacts(facts, `${event.frId} envelope`, event.narrows);
    fieldFacts(facts, `${event.frId} payload`, event.payload);
  }
  if (ir.envelope) {
    const { accepts, discriminator, fields, idField, utc } = ir.envelope;
    fieldFacts(facts, 'envelope', fields);
    facts.set('envelope discriminator', discriminator);
    facts.set('envelope accepts', accepts.join(' '));
    facts.set('envelope idField', idField);
    facts.set('envelope utc', utc.join(' '));
  }
  return facts;
}

function fieldFacts(facts: Map<string, string>, owner: string, fields: Field[]): void {
  facts.set(owner, `fields ${fields.map(({ name }) => name).join(' ')}`);
  for (const field of fields) {
    facts.set(`${owner}.${field.name}`, fieldOf(field));
    if (field.type.kind === 'object') fieldFacts(facts, `${owner}.${field.name} object`, field.type.fields);
    for (const [what, said] of Object.entries(remarksOf(field)))
      if (said !== undefined) facts.set(`${owner}.${field.name} ${what}`, said);
  }
}

/** What a comment adds to a field. */
function remarksOf({ bounds, fk, nullMeaning, open, hard }: Field): Record<string, string | undefined> {
  return {
    bounds: bounds && `min ${bounds.min}, max ${bounds.max}, ${bounds.confidence}`,
    fk,
    nullMeaning,
    open: open && `[${open.join(', ')}]`,
    hard: hard === undefined ? undefined : String(hard),
  };
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
    case 'opaque':
      return `opaque ${type.text}`;
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
