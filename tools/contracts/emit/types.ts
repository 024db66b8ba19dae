import type { EnumNode, Ir, TypeNode } from '../ir.ts';
import { clauseText } from './clause.ts';
import { defaultValue } from './defaults.ts';
import { type GeneratedFile, generatedFile } from './file.ts';
import { FORMATS } from './formats.ts';
import { fitLines } from './layout.ts';
import { emitRecord } from './record.ts';
import { isForward, type Scope, scopeOf } from './scope.ts';
import { declaredType, docBlock, docText, literal, propertyKey, regexText, schemaText } from './type.ts';

const PRELUDE = `import { z } from 'zod';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Text formats: RFC 3339 with any offset, RFC 3339 in UTC, lower-case SHA-256. */
export const formats = {
  datetime: z.string().regex(${regexText(FORMATS.datetime)}, 'not an RFC 3339 date-time'),
  utc: z.string().regex(${regexText(FORMATS.utc)}, 'not an RFC 3339 date-time in UTC'),
  sha256: z.string().regex(${regexText(FORMATS.sha256)}, 'not a lower-case SHA-256'),
};
`;

/** Only for specs that have maps. */
const MAP = `/** A map. \`z.record\` passes over a key \`__proto__\` unread, whatever stands there: here it is refused. */
export const map = <T extends z.ZodType>(of: T) =>
  z
    .custom<z.input<z.ZodRecord<z.ZodString, T>>>(
      (value) => typeof value !== 'object' || value === null || !Object.hasOwn(value, '__proto__'),
      'unexpected key __proto__',
    )
    .pipe(z.record(z.string(), of));
`;

/** `types.ts`: an interface or union and a zod schema of the same name for every definition, and the defaults. */
export function emitTypes(ir: Ir, path: string): GeneratedFile {
  const scope = scopeOf(ir);
  const nodes = [...scope.types.values()].map((node, at) => emitNode(node, { ...scope, at }));
  const prelude = usesMap(ir, nodes, scope) ? [PRELUDE, MAP] : [PRELUDE];
  return generatedFile(path, ir, fitLines([...prelude, ...nodes, emitDefaults(ir, scope)].join('\n')));
}

function usesMap({ events, envelope }: Ir, nodes: string[], scope: Scope): boolean {
  const outer = [...events.flatMap((event) => event.payload), ...(envelope?.fields ?? [])];
  return [...nodes, ...outer.map((field) => schemaText(field.type, scope))].some((text) =>
    /\bmap\(/.test(text),
  );
}

function emitNode(node: TypeNode, scope: Scope): string {
  const doc = docBlock([node.doc, clauseText(node)]);
  const { name } = node;
  if (node.kind === 'enum') {
    const union = node.members.map((member) => literal(member.value)).join(' | ') || 'never';
    return `${doc}export type ${name} = ${union};\nexport const ${name} = ${enumCall(node)}([${enumBody(node)}]);\n`;
  }
  if (node.kind === 'record') return `${doc}${emitRecord(name, node, scope)}`;
  const schema = schemaText(node.type, scope);
  const value = node.nullable ? `z.nullable(${schema})` : schema;
  // Without its type the compiler would have to find out what the `const` is from the `const` itself.
  const typed = isForward(node.type, scope) ? `: z.ZodType<${name}> = z.lazy(() => ${value})` : ` = ${value}`;
  return `${doc}export type ${name} =${declaredType(node, scope)};\nexport const ${name}${typed};\n`;
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

function emitDefaults({ types }: Ir, scope: Scope): string {
  const rows = types.flatMap((node) => {
    if (node.kind === 'enum' && node.default !== undefined)
      return [`  ${node.name}: ${literal(node.default)},\n`];
    if (node.kind !== 'record') return [];
    const fields = node.fields.flatMap((field) => {
      const value = field.default && defaultValue(field.default, scope.types);
      return value === undefined ? [] : [`    ${propertyKey(field.name)}: ${literal(value)},\n`];
    });
    return fields.length === 0 ? [] : [`  ${node.name}: {\n${fields.join('')}  },\n`];
  });
  return `/** Defaults that the spec or its overlay states. */\nexport const defaults = {\n${rows.join('')}} as const;\n`;
}
