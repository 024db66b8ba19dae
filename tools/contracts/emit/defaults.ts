import { type Default, fieldsOf, type Literal, type TypeNode } from '../ir.ts';

/** The value of a default, also where the spec takes it from a field of another record. */
export function defaultValue(given: Default, types: ReadonlyMap<string, TypeNode>): Literal | undefined {
  if (given.kind === 'value') return given.value;
  const record = types.get(given.record);
  if (record?.kind !== 'record') return undefined;
  const source = fieldsOf(record, types).find((field) => field.name === given.field);
  return source?.default?.kind === 'value' ? source.default.value : undefined;
}
