import { type Field, type Literal, type Prim, refsOf, type Type } from '../ir.ts';
import { LINE_WIDTH } from './layout.ts';
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
      if (type.of.kind !== 'union' || type.of.of.length < 2) return `${inner}[]`;
      return inner.startsWith('\n') ? `(${inner}\n${indent})[]` : `(${inner})[]`;
    }
    case 'union':
      return unionText(type.of, scope, indent);
    case 'map':
      return mapText(type, scope, indent);
    case 'tuple':
      return membersText('[', ']', type.of, scope, indent);
    case 'pattern':
      return 'string';
    case 'object': {
      const fields = carried(type.fields).map((field) => fieldType(field, scope, `${indent}  `));
      return fields.length === 0 ? '{}' : `{\n${fields.join('')}${indent}}`;
    }
    default:
      return 'Json';
  }
}

/** What follows the `:` or `=` of a declaration; a union of which a member has lines of its own has a line each. */
export function declaredType(
  { type, nullable }: Pick<Field, 'type' | 'nullable'>,
  scope: Scope,
  indent = '',
): string {
  const members = type.kind === 'union' ? type.of : [type];
  const text = unionText(nullable ? [...members, { kind: 'null' }] : members, scope, indent);
  return text.startsWith('\n') ? text : ` ${text}`;
}

function unionText(members: readonly Type[], scope: Scope, indent: string): string {
  const others = members.filter(({ kind }) => kind !== 'null');
  // One object or nothing: the object is not moved in.
  const first = others[0]?.kind;
  const alone = others.length < 2 && (members.length < 2 || first === 'object' || first === 'map');
  // Each member is written once: twice a level would be a thousand times ten levels down.
  const texts = members.map((member) => typeText(member, scope, alone ? indent : `${indent}    `));
  if (alone || texts.every((text) => !text.includes('\n'))) return texts.join(' | ') || 'never';
  return texts.map((text) => `\n${indent}  | ${text}`).join('');
}

/** An alias that reaches itself through `Record` does not compile (TS2456), and through an index it does. */
function mapText(type: Type & { kind: 'map' }, scope: Scope, indent: string): string {
  if (refsOf(type).length === 0)
    return membersText('Record<', '>', [{ kind: 'prim', name: 'string' }, type.of], scope, indent);
  const value = declaredType({ type: type.of, nullable: false }, scope, `${indent}  `);
  return value.includes('\n')
    ? `{\n${indent}  [key: string]:${value};\n${indent}}`
    : `{ [key: string]:${value} }`;
}

function membersText(open: string, close: string, members: Type[], scope: Scope, indent: string): string {
  const texts = members.map((member) => typeText(member, scope, `${indent}  `));
  if (texts.every((text) => !text.includes('\n'))) return `${open}${texts.join(', ')}${close}`;
  const end = close === '>' ? '' : ',';
  return `${open}\n${texts.map((text) => `${indent}  ${text}`).join(',\n')}${end}\n${indent}${close}`;
}

/** A property name as it may stand in an object: `__proto__` written plainly would set the prototype. */
export function propertyKey(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** One property of an interface, with its doc comment. */
export function fieldType(field: Field, scope: Scope, indent: string): string {
  const mark = field.presence === 'optional' ? '?' : '';
  return `${docText(fieldDoc(field), indent)}${indent}${propertyKey(field.name)}${mark}:${declaredType(field, scope, indent)};\n`;
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
      return callText('z.array', schemaText(type.of, scope, indent), indent);
    case 'union': {
      if (type.of.length === 0) return 'z.never()';
      const values = type.of.map((member) => (member.kind === 'literal' ? member.value : undefined));
      if (values.every((value) => typeof value === 'string'))
        return `z.enum([${values.map(literal).join(', ')}])`;
      return listText('z.union', type.of, scope, indent);
    }
    case 'map':
      return callText('map', schemaText(type.of, scope, indent), indent);
    case 'tuple':
      return listText('z.tuple', type.of, scope, indent);
    case 'pattern':
      return `z.string().regex(${regexText(type.pattern, 'u')})`;
    case 'object': {
      const fields = carried(type.fields).map((field) => fieldSchema(field, scope, `${indent}  `));
      return fields.length === 0 ? 'z.strictObject({})' : `z.strictObject({\n${fields.join('')}${indent}})`;
    }
    default:
      return 'z.json()';
  }
}

/** A call; an object in it has lines of its own, and so has what is around it. */
function callText(name: string, argument: string, indent: string): string {
  if (!argument.includes('\n')) return `${name}(${argument})`;
  return `${name}(\n${indent}  ${argument.replaceAll('\n', '\n  ')},\n${indent})`;
}

function listText(name: string, members: Type[], scope: Scope, indent: string): string {
  const inner = `${indent}  `;
  const texts = members.map((member) => schemaText(member, scope, inner));
  if (texts.every((text) => !text.includes('\n'))) return `${name}([${texts.join(', ')}])`;
  return `${name}([\n${texts.map((text) => `${inner}${text},\n`).join('')}${indent}])`;
}

/** One property of a strict object; one that leads back to where it stands is read when it is first needed. */
export function fieldSchema(field: Field, scope: Scope, indent: string): string {
  const key = propertyKey(field.name);
  const schema = fieldSchemaValue(field, schemaText(field.type, scope, indent), scope, indent);
  if (!isForward(field.type, scope)) return `${indent}${key}: ${schema},\n`;
  const type = `z.ZodType<${typeText(field.type, scope, indent)}${field.nullable ? ' | null' : ''}>`;
  const of = field.presence === 'optional' ? `z.ZodExactOptional<${type}>` : type;
  const value = schema.replaceAll('\n', '\n  ');
  return `${indent}get ${key}(): ${of} {\n${indent}  return ${value};\n${indent}},\n`;
}

/** What a field adds to the schema of its type. `exactOptional`: absent is fine, present and undefined is not. */
export function fieldSchemaValue(field: Field, schema: string, scope: Scope, indent = ''): string {
  const { min, max } = enforcedBounds(field, scope) ?? {};
  const bounds = `${min === undefined ? '' : `.min(${min})`}${max === undefined ? '' : `.max(${max})`}`;
  const bounded = `${schema}${bounds}`;
  const value = field.nullable ? callText('z.nullable', bounded, indent) : bounded;
  return field.presence === 'optional' ? callText('z.exactOptional', value, indent) : value;
}

/** A regular expression as source text: a slash would end it. JSON Schema reads its patterns with the flag `u`. */
export function regexText(pattern: string, flags = ''): string {
  return String(new RegExp(pattern, flags));
}

/** In the quotes that need the fewer escapes, the single ones before the double ones. */
export function literal(value: Literal): string {
  if (typeof value !== 'string') return String(value);
  const escaped = JSON.stringify(value);
  const count = (quote: string) => value.split(quote).length;
  if (count("'") > count('"')) return escaped;
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A comment of one paragraph. */
export function docText(doc: string, indent = ''): string {
  return docBlock([doc], indent);
}

/** A comment of paragraphs; empty ones are none. */
export function docBlock(paragraphs: readonly string[], indent = ''): string {
  const texts = paragraphs
    .map((text) => text.replaceAll('*/', '*\\/').replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
  const line = `${indent}/** ${texts[0]} */`;
  if (texts.length === 0) return '';
  if (texts.length === 1 && line.length <= LINE_WIDTH) return `${line}\n`;
  const lines = texts.flatMap((text, at) => [...(at === 0 ? [] : ['']), ...wrapped(text, `${indent} * `)]);
  return `${indent}/**\n${lines.map((each) => `${indent} * ${each}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

function wrapped(text: string, before: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && `${before}${last} ${word}`.length > LINE_WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
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
