import type { Field, Literal, Prim, Type } from '../ir.ts';

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

/** TypeScript text of a type; `defined` are the names that exist. What is open is `Json`. */
export function typeText(type: Type, defined: ReadonlySet<string>, indent = ''): string {
  switch (type.kind) {
    case 'prim':
      return PRIM_TYPE[type.name];
    case 'literal':
      return literal(type.value);
    case 'null':
      return 'null';
    case 'ref':
      return defined.has(type.name) ? type.name : 'Json';
    case 'array': {
      const inner = typeText(type.of, defined, indent);
      return /^\w+$/.test(inner) ? `${inner}[]` : `(${inner})[]`;
    }
    case 'union':
      return type.of.map((member) => typeText(member, defined, indent)).join(' | ');
    case 'map':
      return `Record<string, ${typeText(type.of, defined, indent)}>`;
    case 'tuple':
      return `[${type.of.map((member) => typeText(member, defined, indent)).join(', ')}]`;
    case 'pattern':
      return 'string';
    case 'object':
      return `{\n${type.fields.map((field) => fieldType(field, defined, `${indent}  `)).join('')}${indent}}`;
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
export function fieldType(field: Field, defined: ReadonlySet<string>, indent: string): string {
  const type = typeText(field.type, defined, indent);
  const mark = field.presence === 'optional' ? '?' : '';
  return `${docText(fieldDoc(field), indent)}${indent}${propertyKey(field.name)}${mark}: ${type}${field.nullable ? ' | null' : ''};\n`;
}

/** zod text of a type. */
export function schemaText(type: Type, defined: ReadonlySet<string>, indent = ''): string {
  switch (type.kind) {
    case 'prim':
      return PRIM_SCHEMA[type.name];
    case 'literal':
      return `z.literal(${literal(type.value)})`;
    case 'null':
      return 'z.null()';
    case 'ref':
      return defined.has(type.name) ? type.name : 'z.json()';
    case 'array':
      return `z.array(${schemaText(type.of, defined, indent)})`;
    case 'union': {
      const values = type.of.map((member) => (member.kind === 'literal' ? member.value : undefined));
      if (values.every((value) => typeof value === 'string'))
        return `z.enum([${values.map(literal).join(', ')}])`;
      return `z.union([${type.of.map((member) => schemaText(member, defined, indent)).join(', ')}])`;
    }
    case 'map':
      return `z.record(z.string(), ${schemaText(type.of, defined, indent)})`;
    case 'tuple':
      return `z.tuple([${type.of.map((member) => schemaText(member, defined, indent)).join(', ')}])`;
    case 'pattern':
      return `z.string().regex(${regexText(type.pattern)})`;
    case 'object':
      return `z.strictObject({\n${type.fields.map((field) => fieldSchema(field, defined, `${indent}  `)).join('')}${indent}})`;
    default:
      return 'z.json()';
  }
}

/** One property of a strict object. `exactOptional`: absent is fine, present and undefined is not. */
export function fieldSchema(field: Field, defined: ReadonlySet<string>, indent: string): string {
  return `${indent}${propertyKey(field.name)}: ${fieldSchemaValue(field, schemaText(field.type, defined, indent))},\n`;
}

export function fieldSchemaValue(field: Pick<Field, 'nullable' | 'presence'>, schema: string): string {
  const value = field.nullable ? `z.nullable(${schema})` : schema;
  return field.presence === 'optional' ? `z.exactOptional(${value})` : value;
}

/** A regular expression as source text: a slash would end it. */
function regexText(pattern: string): string {
  return String(new RegExp(pattern));
}

export function literal(value: Literal): string {
  if (typeof value !== 'string') return String(value);
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

export function docText(doc: string, indent = ''): string {
  return doc === '' ? '' : `${indent}/** ${doc.replaceAll('*/', '*\\/')} */\n`;
}

function fieldDoc(field: Field): string {
  const notes = [field.doc];
  if (field.default?.kind === 'from')
    notes.push(`default from ${field.default.record}.${field.default.field}`);
  return notes
    .filter((note) => note !== '')
    .join('; ')
    .replace(/^(from [\w.]+); default \1$/, '$1');
}
