import { type Diagnostic, finding } from '../diagnostics.ts';
import { defaultValue } from '../emit/defaults.ts';
import { type Field, fieldsOf, type Literal, type Type, type TypeNode } from '../ir.ts';

type Types = ReadonlyMap<string, TypeNode>;

/**
 * Takes out defaults that are none, and says so: those from a field that is not there or that leads back to itself,
 * and values of another type, whoever states them. Generated, they would be values that their own schema refuses.
 */
export function checkDefaults(
  used: readonly TypeNode[],
  all: Types,
): { types: TypeNode[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const check = (owner: string, field: Field): Field => {
    const type =
      field.type.kind === 'object' ? { ...field.type, fields: each(owner, field.type.fields) } : field.type;
    const why = field.default && whyUnreadable(field, all);
    if (why === undefined) return { ...field, type };
    const { default: _, ...rest } = field;
    const message = `Unexpected default ${why.found} of ${owner}.${field.name}, expected ${why.expected}`;
    const raw = finding('default-unreadable', 'warning', field.evidence.at(-1)!, message);
    diagnostics.push({ owner, finding: raw });
    return { ...rest, type };
  };
  const each = (owner: string, fields: readonly Field[]) => fields.map((field) => check(owner, field));
  const types = used.map((node) =>
    node.kind === 'record' ? { ...node, fields: each(node.name, node.fields) } : node,
  );
  return { types, diagnostics };
}

function whyUnreadable(field: Field, all: Types): { found: string; expected: string } | undefined {
  const given = field.default!;
  const value = defaultValue(given, all);
  if (given.kind === 'value')
    return takes(field.type, given.value, all)
      ? undefined
      : { found: `"${given.value}"`, expected: 'a value of its type' };
  const found = `from ${given.record}.${given.field}`;
  if (value !== undefined)
    return takes(field.type, value, all)
      ? undefined
      : { found: `${found}, which is "${value}"`, expected: 'a value of its type' };
  const node = all.get(given.record);
  const source =
    node?.kind === 'record' ? fieldsOf(node, all).find(({ name }) => name === given.field) : undefined;
  // A field that has no default itself is one that is set where the record is made.
  if (source !== undefined && source.default === undefined) return undefined;
  return {
    found,
    expected: source === undefined ? 'the field of a record' : 'one that does not lead back to itself',
  };
}

/** Is the value one of the type? What the type does not say is not asked. */
function takes(type: Type, value: Literal, all: Types, within: readonly string[] = []): boolean {
  switch (type.kind) {
    case 'prim':
      return takesPrim(type.name, value);
    case 'literal':
      return type.value === value;
    case 'union':
      return type.of.some((member) => takes(member, value, all, within));
    case 'pattern':
      return typeof value === 'string' && new RegExp(type.pattern, 'u').test(value);
    case 'ref': {
      const node = all.get(type.name);
      if (node === undefined || within.includes(type.name)) return true;
      if (node.kind === 'enum') return node.members.some((member) => member.value === value);
      return node.kind === 'alias' && takes(node.type, value, all, [...within, type.name]);
    }
    case 'untyped':
    case 'opaque':
      return true;
    default:
      return false;
  }
}

function takesPrim(name: string, value: Literal): boolean {
  if (name === 'json') return true;
  if (name === 'int') return Number.isSafeInteger(value);
  if (name === 'number') return Number.isFinite(value);
  return typeof value === (name === 'bool' ? 'boolean' : 'string');
}
