import { type Field, type Literal, type Prim, refsOf, type Type } from '../ir.ts';
import { carried, enforcedBounds, isForward, type Scope } from './scope.ts';

const PRIM_TYPE: Record<Prim, string> = {
  string: 'string',
  int: 'number',
  number: 'number',
  bool: 'boolean',
  json: 'Json',
  uuid: 'string',
  datetime: 'string',
  sha256: 'string',
};

const PRIM_SCHEMA: Record<Prim, string> = {
  string: 'z.string()',
  int: 'z.int()',
  number: 'z.number()',
  bool: 'z.boolean()',
  json: 'z.json()',
  uuid: 'z.uuid()',
  datetime: 'formats.datetime',
  sha256: 'formats.sha256',
};

/** TypeScript text of a type. What is open, or named and not defined, is `Json`. */
export function typeText(type: Type, scope: Scope, indent = ''): string {
  switch (type.kind) {
    case 'prim':
      return PRIM_TYPE[type.name];
    case 'literal':
      return literal(type.value);
    case 'null':
      return 'null';
    case 'ref':
      return scope.types.has(type.name) ? type.name : 'Json';
    case 'array': {
      const inner = typeText(type.of, scope, indent);
      return /^\w+$/.test(inner) ? `${inner}[]` : `(${inner})[]`;
    }
    case 'union':
      return type.of.map((member) => typeText(member, scope, indent)).join(' | ') || 'never';
    case 'map': {
      const of = typeText(type.of, scope, indent);
      // An alias that reaches itself through `Record` does not compile (TS2456), and through an index it does.
      return refsOf(type).length > 0 ? `{ [key: string]: ${of} }` : `Record<string, ${of}>`;
    }
    case 'tuple':
      return `[${type.of.map((member) => typeText(member, scope, indent)).join(', ')}]`;
    case 'pattern':
      return 'string';
    case 'object':
      return `{\n${carried(type.fields)
        .map((field) => fieldType(field, scope, `${indent}  `))
        .join('')}${indent}}`;
    default:
      return 'Json';
  }
}

/** A property name as it may stand in an object: `__proto__` written plainly would set the prototype. */
export function propertyKey(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** One property of an interface, with its doc comment. */
export function fieldType(field: Field, scope: Scope, indent: string): string {
  const type = typeText(field.type, scope, indent);
  const mark = field.presence === 'optional' ? '?' : '';
  return `${docText(fieldDoc(field), indent)}${indent}${propertyKey(field.name)}${mark}: ${type}${field.nullable ? ' | null' : ''};\n`;
}

/** zod text of a type. */
export function schemaText(type: Type, scope: Scope, indent = ''): string {
  switch (type.kind) {
    case 'prim':
      return PRIM_SCHEMA[type.name];
    case 'literal':
      return `z.literal(${literal(type.value)})`;
    case 'null':
      return 'z.null()';
    case 'ref':
      return scope.types.has(type.name) ? type.name : 'z.json()';
    case 'array':
      return `z.array(${schemaText(type.of, scope, indent)})`;
    case 'union': {
      if (type.of.length === 0) return 'z.never()';
      const values = type.of.map((member) => (member.kind === 'literal' ? member.value : undefined));
      if (values.every((value) => typeof value === 'string'))
        return `z.enum([${values.map(literal).join(', ')}])`;
      return `z.union([${type.of.map((member) => schemaText(member, scope, indent)).join(', ')}])`;
    }
    case 'map':
      return `map(${schemaText(type.of, scope, indent)})`;
    case 'tuple':
      return `z.tuple([${type.of.map((member) => schemaText(member, scope, indent)).join(', ')}])`;
    case 'pattern':
      return `z.string().regex(${regexText(type.pattern, 'u')})`;
    case 'object':
      return `z.strictObject({\n${carried(type.fields)
        .map((field) => fieldSchema(field, scope, `${indent}  `))
        .join('')}${indent}})`;
    default:
      return 'z.json()';
  }
}

/** One property of a strict object; one that leads back to where it stands is read when it is first needed. */
export function fieldSchema(field: Field, scope: Scope, indent: string): string {
  const key = propertyKey(field.name);
  const schema = fieldSchemaValue(field, schemaText(field.type, scope, indent), scope);
  if (!isForward(field.type, scope)) return `${indent}${key}: ${schema},\n`;
  const type = `z.ZodType<${typeText(field.type, scope, indent)}${field.nullable ? ' | null' : ''}>`;
  const of = field.presence === 'optional' ? `z.ZodExactOptional<${type}>` : type;
  return `${indent}get ${key}(): ${of} { return ${schema}; },\n`;
}

/** What a field adds to the schema of its type. `exactOptional`: absent is fine, present and undefined is not. */
export function fieldSchemaValue(field: Field, schema: string, scope: Scope): string {
  const { min, max } = enforcedBounds(field, scope) ?? {};
  const bounds = `${min === undefined ? '' : `.min(${min})`}${max === undefined ? '' : `.max(${max})`}`;
  const value = field.nullable ? `z.nullable(${schema}${bounds})` : `${schema}${bounds}`;
  return field.presence === 'optional' ? `z.exactOptional(${value})` : value;
}

/** A regular expression as source text: a slash would end it. JSON Schema reads its patterns with the flag `u`. */
export function regexText(pattern: string, flags = ''): string {
  return String(new RegExp(pattern, flags));
}

export function literal(value: Literal): string {
  if (typeof value !== 'string') return String(value);
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

export function docText(doc: string, indent = ''): string {
  return doc === '' ? '' : `${indent}/** ${doc.replaceAll('*/', '*\\/')} */\n`;
}

/** What the spec says of a field, in words. */
export function fieldDoc(field: Field): string {
  const notes = [field.doc];
  if (field.default?.kind === 'from')
    notes.push(`default from ${field.default.record}.${field.default.field}`);
  return notes
    .filter((note) => note !== '')
    .join('; ')
    .replace(/^(from [\w.]+); default \1$/, '$1');
}
