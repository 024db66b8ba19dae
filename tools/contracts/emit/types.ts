import { compareText } from '../../findings/index.ts';
import {
  type Default,
  type EnumNode,
  type Ir,
  type Literal,
  type RecordNode,
  refsOfNode,
  type TypeNode,
} from '../ir.ts';
import { type GeneratedFile, generatedFile } from './file.ts';
import { docText, fieldSchema, fieldType, literal, propertyKey, schemaText, typeText } from './type.ts';

const LEAP_DAY = '(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29';
const DAY =
  '\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?';
const OFFSET = '(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';

/** Formats are regular expressions, the cheapest check there is; zod's own datetime lets seconds be absent. */
const PRELUDE = `import { z } from 'zod';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Text formats: RFC 3339 with any offset, RFC 3339 in UTC, lower-case SHA-256. */
export const formats = {
  datetime: z.string().regex(/^(?:${LEAP_DAY}|${DAY})T${TIME}${OFFSET}$/, 'not an RFC 3339 date-time'),
  utc: z.string().regex(/^(?:${LEAP_DAY}|${DAY})T${TIME}Z$/, 'not an RFC 3339 date-time in UTC'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'not a lower-case SHA-256'),
};
`;

/** `types.ts`: an interface or union and a zod schema of the same name for every definition, and the defaults. */
export function emitTypes(ir: Ir, path: string): GeneratedFile {
  const defined = new Set(ir.types.map((node) => node.name));
  const parts = [
    PRELUDE,
    ...sortByUse(ir.types).map((node) => emitNode(node, defined)),
    emitDefaults(ir.types),
  ];
  return generatedFile(path, ir, parts.join('\n'));
}

/** Comment of a definition: its clause, and the fingerprint of the text it was made from. */
export function clauseDoc(node: { section: string; fingerprint: string; doc: string }): string {
  const clause = `Clause ${node.section || '(none)'}, fingerprint ${node.fingerprint}.`;
  return node.doc === '' ? clause : `${node.doc}. ${clause}`;
}

function emitNode(node: TypeNode, defined: ReadonlySet<string>): string {
  const doc = docText(clauseDoc(node));
  const { name } = node;
  if (node.kind === 'enum') {
    const union = node.members.map((member) => literal(member.value)).join(' | ');
    return `${doc}export type ${name} = ${union};\nexport const ${name} = ${enumCall(node)}([${enumBody(node)}]);\n`;
  }
  if (node.kind === 'alias') {
    const schema = schemaText(node.type, defined);
    const type = typeText(node.type, defined);
    const text = node.nullable ? [`${type} | null`, `z.nullable(${schema})`] : [type, schema];
    return `${doc}export type ${name} = ${text[0]};\nexport const ${name} = ${text[1]};\n`;
  }
  return `${doc}${emitRecord(node.name, node, defined)}`;
}

/** An interface and the strict schema that proves it. */
export function emitRecord(
  name: string,
  node: Pick<RecordNode, 'fields'>,
  defined: ReadonlySet<string>,
): string {
  const fields = node.fields.map((field) => fieldType(field, defined, '  ')).join('');
  const schema = node.fields.map((field) => fieldSchema(field, defined, '  ')).join('');
  return `export interface ${name} {\n${fields}}\nexport const ${name} = z.strictObject({\n${schema}}) satisfies z.ZodType<${name}>;\n`;
}

/** `z.enum` takes words alone. */
function enumCall({ members }: EnumNode): string {
  return members.every(({ value }) => typeof value === 'string') ? 'z.enum' : 'z.literal';
}

function enumBody(node: EnumNode): string {
  if (node.members.every((member) => member.doc === ''))
    return node.members.map((member) => literal(member.value)).join(', ');
  return `\n${node.members.map((member) => `${docText(member.doc, '  ')}  ${literal(member.value)},\n`).join('')}`;
}

function emitDefaults(types: TypeNode[]): string {
  const records = types.filter((node) => node.kind === 'record');
  const rows = records.flatMap((node) => {
    const fields = node.fields.flatMap((field) => {
      const value = field.default && defaultValue(field.default, records);
      return value === undefined ? [] : [`    ${propertyKey(field.name)}: ${literal(value)},\n`];
    });
    return fields.length === 0 ? [] : [`  ${node.name}: {\n${fields.join('')}  },\n`];
  });
  return `/** Defaults that the spec states in comments. */\nexport const defaults = {\n${rows.join('')}} as const;\n`;
}

function defaultValue(given: Default, records: RecordNode[]): Literal | undefined {
  if (given.kind === 'value') return given.value;
  const source = records
    .find((node) => node.name === given.record)
    ?.fields.find((field) => field.name === given.field);
  return source?.default?.kind === 'value' ? source.default.value : undefined;
}

/** A `const` must stand before its use; beyond that the order of the spec is kept. */
function sortByUse(types: TypeNode[]): TypeNode[] {
  const byName = new Map(types.map((node) => [node.name, node]));
  const done = new Set<string>();
  const out: TypeNode[] = [];
  const visit = (node: TypeNode): void => {
    if (done.has(node.name)) return;
    done.add(node.name);
    for (const name of refsOfNode(node).sort(compareText)) {
      const used = byName.get(name);
      if (used) visit(used);
    }
    out.push(node);
  };
  for (const node of types) visit(node);
  return out;
}
