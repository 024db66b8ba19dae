import type { Field, RecordNode } from '../ir.ts';
import { carried, flatFields, isForward, type Scope } from './scope.ts';
import { fieldSchema, fieldType, typeText } from './type.ts';

type Shape = Pick<RecordNode, 'fields' | 'extends'>;

/** An interface and the strict schema that proves it. */
export function emitRecord(name: string, node: Shape, scope: Scope): string {
  const bases = inherited(node, scope);
  const own = bases === undefined ? flat(name, node, scope) : carried(node.fields);
  const names = (bases ?? []).map((base) => base.name);
  const heritage = names.length === 0 ? '' : ` extends ${names.join(', ')}`;
  const fields = own.map((field) => fieldType(field, scope, '  ')).join('');
  const schema = [
    ...names.map((base) => `  ...${base}.shape,\n`),
    ...own.map((field) => fieldSchema(field, scope, '  ')),
  ].join('');
  return `export interface ${name}${heritage} {\n${fields}}\nexport const ${name} = z.strictObject({\n${schema}}) satisfies z.ZodType<${name}>;\n`;
}

function flat(name: string, node: Shape, scope: Scope): Field[] {
  const known = scope.types.get(name);
  return known?.kind === 'record' ? flatFields(known, scope) : carried(node.fields);
}

/**
 * The records that an interface may extend as written; undefined where its fields have to be written out. A base
 * that stands further down has no `shape` yet, one with getters would be read before what they name is there,
 * and TypeScript lets no field change its type on the way.
 */
function inherited(node: Shape, scope: Scope): RecordNode[] | undefined {
  const bases = (node.extends ?? [])
    .map((name) => scope.types.get(name))
    .filter((base) => base?.kind === 'record');
  const said = new Map<string, string>();
  for (const base of bases) {
    const at = scope.rank.get(base.name) ?? scope.at;
    const fields = flatFields(base, scope);
    if (at >= scope.at || fields.some(({ type }) => isForward(type, { ...scope, at }))) return undefined;
    if (!agree(fields, said, scope)) return undefined;
  }
  return agree(carried(node.fields), said, scope) ? bases : undefined;
}

function agree(fields: Field[], said: Map<string, string>, scope: Scope): boolean {
  return fields.every((field) => {
    const text = `${field.presence} ${typeText(field.type, scope)}${field.nullable ? ' | null' : ''}`;
    const before = said.get(field.name) ?? text;
    said.set(field.name, text);
    return before === text;
  });
}
