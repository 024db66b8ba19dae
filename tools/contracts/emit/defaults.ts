import { type Default, fieldsOf, type Literal, type TypeNode } from '../ir.ts';

/** The value of a default, also where the spec takes it from a field of another record, and that from a third. */
export function defaultValue(given: Default, types: ReadonlyMap<string, TypeNode>): Literal | undefined {
  const seen = new Set<string>();
  let at: Default | undefined = given;
  while (at?.kind === 'from') {
    const { record, field }: { record: string; field: string } = at;
    const node = types.get(record);
    if (node?.kind !== 'record' || seen.has(`${record}.${field}`)) return undefined;
    seen.add(`${record}.${field}`);
    at = fieldsOf(node, types).find(({ name }) => name === field)?.default;
  }
  return at?.value;
}
