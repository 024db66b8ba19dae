import { canonicalJson } from '../text/index.ts';

/** How sure a node is: written as such, read out of a comment, concluded, or decided by the overlay. */
export type Confidence = 'stated' | 'mined' | 'inferred' | 'configured';
export type Dialect =
  | 'yaml'
  | 'typescript'
  | 'rust'
  | 'field-table'
  | 'event-table'
  | 'prose'
  /** The dialects of this line speak for the spec; the overlay answers for whoever reviewed it. */
  | 'overlay';

export interface Evidence {
  file: string;
  line: number;
  dialect: Dialect;
  confidence: Confidence;
}

export const PRIMS = ['string', 'int', 'number', 'bool', 'json', 'uuid', 'datetime', 'sha256'] as const;
export type Prim = (typeof PRIMS)[number];

export type Type =
  | { kind: 'prim'; name: Prim }
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'null' }
  | { kind: 'ref'; name: string }
  | { kind: 'array'; of: Type }
  | { kind: 'union'; of: Type[] }
  | { kind: 'map'; of: Type }
  | { kind: 'tuple'; of: Type[] }
  /** A string of a stated form: an ECMAScript regular expression, anchored. */
  | { kind: 'pattern'; pattern: string }
  | { kind: 'object'; fields: Field[] }
  /** The spec gives a name and no type (event payloads). */
  | { kind: 'untyped' }
  /** A construct of the dialect that the IR does not carry; `text` is its source. */
  | { kind: 'opaque'; text: string };

export type Literal = string | number | boolean;

export type Default = { kind: 'value'; value: Literal } | { kind: 'from'; record: string; field: string };

/** May the key be absent (`presence`) and may the value be null (`nullable`) are two questions. */
export interface Field {
  name: string;
  type: Type;
  presence: 'required' | 'optional';
  nullable: boolean;
  default?: Default;
  /** Both inclusive. Inferred ones are shown, and not enforced. */
  bounds?: { min?: number; max?: number; confidence: Confidence };
  /** The record that the value names, or prose where the comment names none. */
  fk?: string;
  nullMeaning?: string;
  /** Known members of an open vocabulary; it is never closed into an enum. */
  open?: string[];
  /** The comment calls the value a hard limit. */
  hard?: boolean;
  doc: string;
  evidence: Evidence[];
}

interface Definition {
  name: string;
  /** Number of the clause that defines it; empty where the block stands in none. */
  section: string;
  fingerprint: string;
  doc: string;
  evidence: Evidence[];
}

export interface RecordNode extends Definition {
  kind: 'record';
  /** Other records whose fields it has too; `fields` are its own. */
  extends?: string[];
  fields: Field[];
}

export interface EnumNode extends Definition {
  kind: 'enum';
  members: { value: string | number; doc: string }[];
  /** The dialect names variants and says nowhere how they are written on the wire. */
  casing?: 'unstated';
  default?: string | number;
  /** Set on an enum that a field spells out: the record it belongs to. */
  owner?: string;
}

export interface AliasNode extends Definition {
  kind: 'alias';
  type: Type;
  nullable: boolean;
}

export type TypeNode = RecordNode | EnumNode | AliasNode;

export interface EventNode {
  kind: 'event';
  frId: string;
  type: string;
  discriminator: 'type' | 'event_type';
  family: string;
  payloadName: string;
  payload: Field[];
  /** The payload field that gives the envelope's `model_session_id`. */
  correlation: { field: string; evidence: Evidence } | null;
  /** Envelope fields as this event has them: mandatory, or with fewer values. */
  narrows?: Field[];
  extends?: string;
  section: string;
  fingerprint: string;
  doc: string;
  evidence: Evidence[];
}

/** The one shape every event travels in. `fields` are without discriminator, id field and payload. */
export interface EnvelopeNode {
  discriminator: string;
  accepts: string[];
  idField: string;
  /** Times that must be written in UTC. */
  utc: string[];
  fields: Field[];
  evidence: Evidence[];
}

/** How a place names an event without being the definition that is generated. */
export type MentionForm =
  /** A row of an event table. */
  | 'table'
  /** An item of a list that names events, `- \`FR-EVT-X\` name`. */
  | 'list'
  /** A bold bullet that heads the definition or mirrors it, `- **FR-EVT-001 (Name)**`. */
  | 'anchor'
  /** An interface with an envelope of its own. */
  | 'interface'
  /** An event interface that another definition of the id was preferred to. */
  | 'passed-over'
  /** Pseudo-code, a comment or prose that emits or asks for the event. */
  | 'emit'
  /** Prose that forbids the id. */
  | 'prohibition';

/** A place that names an event: what it says of it is held against the definition, and never generated. */
export interface EventMention {
  frId: string;
  form: MentionForm;
  /** The type as the place writes it. */
  type?: string;
  /** Payload names as the place writes them, `?` and `[]` kept; absent where it lists none. */
  fields?: string[];
  section: string;
  /** It stands in an archived or non-normative section. */
  archived: boolean;
  evidence: Evidence[];
}

export interface Ir {
  schema: 'govkit.ir@1';
  /** `sha256` of the text without BOM and with LF: the same on every checkout. */
  spec: { source: string; version: string; sha256: string };
  types: TypeNode[];
  events: EventNode[];
  /** By id, then in the order of the spec; of the events of the IR and of those that nothing defines. */
  mentions: EventMention[];
  envelope?: EnvelopeNode;
}

/** The envelope fields of an event, with its own word on them. */
export function envelopeFields(envelope: EnvelopeNode, event: EventNode): Field[] {
  return envelope.fields.map((field) => event.narrows?.find(({ name }) => name === field.name) ?? field);
}

/** The family is the longest prefix before the final number: `FR-EVT-SESS-SPAWN-001` → `FR-EVT-SESS-SPAWN`. */
export function familyOf(frId: string): string {
  return frId.replace(/-\d+$/, '');
}

/** `memory_policy` → `MemoryPolicy`, `session.state_change` → `SessionStateChange`. */
export function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
}

/** Names of the definitions that a type refers to. */
export function refsOf(type: Type): string[] {
  switch (type.kind) {
    case 'ref':
      return [type.name];
    case 'array':
    case 'map':
      return refsOf(type.of);
    case 'union':
    case 'tuple':
      return type.of.flatMap(refsOf);
    case 'object':
      return type.fields.flatMap((field) => refsOf(field.type));
    default:
      return [];
  }
}

/** Names of the definitions that a definition refers to, the base of a record included. */
export function refsOfNode(node: TypeNode): string[] {
  if (node.kind === 'enum') return [];
  if (node.kind === 'alias') return refsOf(node.type);
  const own = node.fields.flatMap((field) => refsOf(field.type));
  return [...(node.extends ?? []), ...own];
}

/** All fields of a record, those of the records that it extends first; its own word on a field counts. */
export function fieldsOf(node: RecordNode, types: ReadonlyMap<string, TypeNode>): Field[] {
  const fields = new Map<string, Field>();
  const seen = new Set([node.name]);
  // Each record once, and on a stack of its own: bases may meet again, and a chain of them may be long.
  const open = [{ record: node, bases: [...(node.extends ?? [])].reverse() }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const name = top.bases.pop();
    if (name === undefined) {
      for (const field of top.record.fields) fields.set(field.name, field);
      open.pop();
      continue;
    }
    const base = types.get(name);
    if (base?.kind !== 'record' || seen.has(name)) continue;
    seen.add(name);
    open.push({ record: base, bases: [...(base.extends ?? [])].reverse() });
  }
  return [...fields.values()];
}

/** Canonical JSON (RFC 8785): the same bytes on every machine. */
export function printIr(ir: Ir): string {
  return canonicalJson(ir);
}
