import type { Field, Prim, Type } from '../ir.ts';
import { defaultValue } from './defaults.ts';
import { FORMATS } from './formats.ts';
import { carried, enforcedBounds, numericOf, type Scope } from './scope.ts';
import { fieldDoc } from './type.ts';

/** A JSON Schema, as an object whose keys stand in the order in which they are written. */
export type JsonSchema = Record<string, unknown>;

type Names = Pick<Scope, 'types'>;

/** What `z.int()` takes: a number beyond it is not the number that was written. */
const SAFE = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

const PRIM_SCHEMA: Record<Prim, JsonSchema> = {
  string: { type: 'string' },
  int: { type: 'integer', ...SAFE },
  number: { type: 'number' },
  bool: { type: 'boolean' },
  json: {},
  uuid: { type: 'string', pattern: FORMATS.uuid },
  datetime: { type: 'string', pattern: FORMATS.datetime },
  sha256: { type: 'string', pattern: FORMATS.sha256 },
};

export const UTC: JsonSchema = { type: 'string', pattern: FORMATS.utc };

/** JSON Schema of a type. What is open, or named and not defined, is any JSON: `{}`. */
export function typeSchema(type: Type, names: Names): JsonSchema {
  switch (type.kind) {
    case 'prim':
      return { ...PRIM_SCHEMA[type.name] };
    case 'literal':
      return { const: type.value };
    case 'null':
      return { type: 'null' };
    case 'ref':
      return names.types.has(type.name) ? reference(type.name) : {};
    case 'array':
      return { type: 'array', items: typeSchema(type.of, names) };
    case 'union':
      return unionSchema(type.of, names);
    case 'map':
      return {
        type: 'object',
        propertyNames: { not: { const: '__proto__' } },
        additionalProperties: typeSchema(type.of, names),
      };
    case 'tuple':
      return tupleSchema(type.of, names);
    case 'pattern':
      return { type: 'string', pattern: type.pattern };
    case 'object':
      return objectSchema(type.fields, names);
    case 'opaque':
      return { $comment: type.text };
    default:
      return {};
  }
}

export function reference(name: string): JsonSchema {
  const pointer = name.replaceAll('~', '~0').replaceAll('/', '~1');
  return { $ref: `#/$defs/${encodeURIComponent(pointer)}` };
}

/** Words of one kind as an `enum`; an empty one takes nothing. */
export function enumSchema(values: readonly (string | number | boolean)[]): JsonSchema {
  if (values.length === 0) return { not: {} };
  const words = values.every((value) => typeof value === 'string');
  return { ...(words ? { type: 'string' } : {}), enum: [...new Set(values)] };
}

function unionSchema(of: Type[], names: Names): JsonSchema {
  const values = of.flatMap((member) => (member.kind === 'literal' ? [member.value] : []));
  if (values.length === of.length) return enumSchema(values);
  return { anyOf: of.map((member) => typeSchema(member, names)) };
}

function tupleSchema(of: Type[], names: Names): JsonSchema {
  if (of.length === 0) return { type: 'array', maxItems: 0 };
  const prefixItems = of.map((member) => typeSchema(member, names));
  return { type: 'array', prefixItems, minItems: of.length, items: false };
}

/** A closed object. `also` are properties that stand before its fields, all of them required. */
export function objectSchema(
  fields: readonly Field[],
  names: Names,
  write = fieldSchema,
  also: [string, JsonSchema][] = [],
): JsonSchema {
  const own = carried(fields);
  const required = [
    ...also.map(([name]) => name),
    ...own.filter(({ presence }) => presence === 'required').map(({ name }) => name),
  ];
  return {
    type: 'object',
    properties: Object.fromEntries([
      ...also,
      ...own.map((field): [string, JsonSchema] => [field.name, write(field, names)]),
    ]),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

/** One property: what it is, what the spec says of it, and what it is when nobody sets it. */
export function fieldSchema(field: Field, names: Names, of = typeSchema(field.type, names)): JsonSchema {
  const description = [fieldDoc(field), boundsDoc(field, names)].filter((note) => note !== '').join('; ');
  const value = field.default && defaultValue(field.default, names.types);
  const bounded = { ...of, ...boundsSchema(field, names) };
  return {
    ...(description === '' ? {} : { description }),
    ...(field.nullable ? orNull(bounded) : bounded),
    ...(value === undefined ? {} : { default: value }),
  };
}

/** `null` beside a schema: another type where it has one, another branch where it is a name or lists words. */
export function orNull(schema: JsonSchema): JsonSchema {
  if (Object.keys(schema).length === 0) return schema;
  const plain = typeof schema.type === 'string' && !('enum' in schema) && !('$ref' in schema);
  return plain ? { ...schema, type: [schema.type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}

function boundsSchema(field: Field, names: Names): JsonSchema {
  const { min, max } = enforcedBounds(field, names) ?? {};
  if (min === undefined && max === undefined) return {};
  const whole = numericOf(field.type, names) === 'int';
  const limits = {
    ...(whole || min !== undefined
      ? { minimum: whole ? Math.max(min ?? SAFE.minimum, SAFE.minimum) : min }
      : {}),
    ...(whole || max !== undefined
      ? { maximum: whole ? Math.min(max ?? SAFE.maximum, SAFE.maximum) : max }
      : {}),
  };
  // Strict validators want to see that what has limits is a number, also where its type is a name.
  return { type: whole ? 'integer' : 'number', ...limits };
}

/** Bounds that are not enforced are still told. */
function boundsDoc(field: Field, names: Names): string {
  const { bounds } = field;
  if (bounds === undefined || enforcedBounds(field, names) !== undefined) return '';
  const limits = [
    ...(bounds.min === undefined ? [] : [`at least ${bounds.min}`]),
    ...(bounds.max === undefined ? [] : [`at most ${bounds.max}`]),
  ];
  const why = bounds.confidence === 'inferred' ? 'inferred' : 'stated of no number';
  return limits.length === 0 ? '' : `${limits.join(', ')} (${why}, not enforced)`;
}
