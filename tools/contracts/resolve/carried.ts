import { type Diagnostic, finding } from '../diagnostics.ts';
import { type Dialect, type EventNode, type Field, fieldsOf, type Type, type TypeNode } from '../ir.ts';

type Types = ReadonlyMap<string, TypeNode>;

/**
 * Replaces what a definition derives from others, `Partial<T>` and `T["field"]`, by what it comes to. What the
 * IR cannot carry stays opaque, and is reported at its field.
 */
export function derive(fields: Field[], types: Types): Field[] {
  return fields.map((field) => ({ ...field, type: derived(field.type, types) }));
}

export function deriveNode(node: TypeNode, types: Types): TypeNode {
  if (node.kind === 'record') return { ...node, fields: derive(node.fields, types) };
  return node.kind === 'alias' ? { ...node, type: derived(node.type, types) } : node;
}

const PARTIAL = /^Partial<(.+)>$/;
const MEMBER = /^(\w+)\[["'](\w+)["']\]$/;

function derived(type: Type, types: Types): Type {
  switch (type.kind) {
    case 'array':
    case 'map':
      return { ...type, of: derived(type.of, types) };
    case 'union':
    case 'tuple':
      return { ...type, of: type.of.map((member) => derived(member, types)) };
    case 'object':
      return { ...type, fields: derive(type.fields, types) };
    case 'opaque':
      return partial(type.text, types) ?? member(type.text, types) ?? type;
    default:
      return type;
  }
}

/** Copies of copies double at each step: beyond this many types in one a name is needed. */
const LARGEST = 2000;

function sizeOf(fields: readonly Field[]): number {
  let size = 0;
  const open = fields.map(({ type }) => type);
  for (let type = open.pop(); type !== undefined && size <= LARGEST; type = open.pop()) {
    size += 1;
    if (type.kind === 'array' || type.kind === 'map') open.push(type.of);
    else if (type.kind === 'union' || type.kind === 'tuple') open.push(...type.of);
    else if (type.kind === 'object') for (const field of type.fields) open.push(field.type);
  }
  return size;
}

function partial(text: string, types: Types): Type | undefined {
  const inner = PARTIAL.exec(text)?.[1];
  if (inner === undefined) return undefined;
  const type = member(inner, types) ?? { kind: 'ref' as const, name: inner };
  const node = type.kind === 'ref' ? types.get(type.name) : undefined;
  const fields =
    type.kind === 'object' ? type.fields : node?.kind === 'record' ? fieldsOf(node, types) : undefined;
  if (fields === undefined || sizeOf(fields) > LARGEST) return undefined;
  return { kind: 'object', fields: fields.map((field) => ({ ...field, presence: 'optional' })) };
}

function member(text: string, types: Types): Type | undefined {
  const [, name = '', wanted] = MEMBER.exec(text) ?? [];
  const node = types.get(name);
  const field = node?.kind === 'record' && fieldsOf(node, types).find((each) => each.name === wanted);
  if (!field || field.type.kind === 'opaque' || sizeOf([field]) > LARGEST) return undefined;
  return field.nullable ? { kind: 'union', of: [field.type, { kind: 'null' }] } : field.type;
}

/** Their readers report a type where it stands. */
const SAY_IT_THEMSELVES: ReadonlySet<Dialect> = new Set(['rust', 'field-table']);

/** Types that are opaque to the end. */
export function notCarried(types: readonly TypeNode[], events: readonly EventNode[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const visit = (owner: string, field: Field): void => {
    for (const text of SAY_IT_THEMSELVES.has(field.evidence[0]!.dialect)
      ? []
      : new Set(opaquesOf(field.type))) {
      const message = `Unexpected type ${text} of ${owner}.${field.name}, expected one that the IR carries`;
      diagnostics.push({
        owner,
        finding: finding('unsupported-type', 'warning', field.evidence[0]!, message),
      });
    }
  };
  for (const node of types) {
    if (node.kind === 'record') for (const field of node.fields) visit(node.name, field);
    if (node.kind === 'alias')
      for (const text of new Set(opaquesOf(node.type))) {
        const message = `Unexpected type ${text} of ${node.name}, expected one that the IR carries`;
        diagnostics.push({
          owner: node.name,
          finding: finding('unsupported-type', 'warning', node.evidence[0]!, message),
        });
      }
  }
  for (const event of events) for (const field of event.payload) visit(event.frId, field);
  return diagnostics;
}

function opaquesOf(type: Type): string[] {
  switch (type.kind) {
    case 'opaque':
      return [type.text];
    case 'array':
    case 'map':
      return opaquesOf(type.of);
    case 'union':
    case 'tuple':
      return type.of.flatMap(opaquesOf);
    case 'object':
      return type.fields.flatMap((field) => opaquesOf(field.type));
    default:
      return [];
  }
}
