import {
  type EnumNode,
  type Field,
  fieldsOf,
  type Ir,
  type RecordNode,
  refsOf,
  refsOfNode,
  type Type,
  type TypeNode,
} from '../ir.ts';

/** One of the two contracts, with what is asked of it often. */
export interface Side {
  ir: Ir;
  types: ReadonlyMap<string, TypeNode>;
  /** Every name that something refers to, defined or not. */
  referred: ReadonlySet<string>;
  /** All fields of a record, those that it takes over too. */
  fieldsOf(record: RecordNode): Field[];
}

/** Both contracts, and which types of the first have another name in the second. */
export interface Sides {
  from: Side;
  to: Side;
  renamed: ReadonlyMap<string, string>;
}

export function sideOf(ir: Ir): Side {
  const fields = [...ir.events.flatMap(({ payload }) => payload), ...(ir.envelope?.fields ?? [])];
  const types = new Map(ir.types.map((node) => [node.name, node]));
  return {
    ir,
    types,
    fieldsOf: (record) => fieldsOf(record, types),
    referred: new Set([...ir.types.flatMap(refsOfNode), ...fields.flatMap(({ type }) => refsOf(type))]),
  };
}

/** What a name of the old contract is called in the new one. */
export function newName({ renamed }: Pick<Sides, 'renamed'>, name: string): string {
  return renamed.get(name) ?? name;
}

/** An enum that a field spells out: it is part of the field, and its name is made up from it. */
export function inlineEnum(type: Type, side: Side): EnumNode | undefined {
  const node = type.kind === 'ref' ? side.types.get(type.name) : undefined;
  return node?.kind === 'enum' && node.owner !== undefined ? node : undefined;
}

/** An alias may lead to an alias; one that leads back to itself leads nowhere. */
const MOST_ALIASES = 16;

/** The values of an enum, whether it has a name or is a union of literals. */
export function valuesOf(type: Type, side: Side, depth = 0): (string | number)[] | undefined {
  if (type.kind === 'literal') return typeof type.value === 'boolean' ? undefined : [type.value];
  if (type.kind === 'union') {
    const values = type.of.map((member) => (member.kind === 'literal' ? member.value : true));
    return values.every((value) => typeof value !== 'boolean') ? values : undefined;
  }
  const node = type.kind === 'ref' ? side.types.get(type.name) : undefined;
  if (node?.kind === 'enum') return node.members.map(({ value }) => value);
  if (node?.kind !== 'alias' || node.nullable || depth === MOST_ALIASES) return undefined;
  return valuesOf(node.type, side, depth + 1);
}
