import { compareText } from '../../findings/index.ts';
import { type Field, fieldsOf, type Ir, refsOf, refsOfNode, type Type, type TypeNode } from '../ir.ts';

/** What a piece of generated code may name: the definitions, their order in the file, and its own place in it. */
export interface Scope {
  types: ReadonlyMap<string, TypeNode>;
  rank: ReadonlyMap<string, number>;
  at: number;
}

/** The scope of code that stands below all definitions. */
export function scopeOf(ir: Ir): Scope {
  const order = sortByUse(ir.types);
  return {
    types: new Map(order.map((node) => [node.name, node])),
    rank: new Map(order.map((node, rank) => [node.name, rank])),
    at: order.length,
  };
}

/** Does the type name a definition that has no `const` yet where the code stands? Only recursion does. */
export function isForward(type: Type, scope: Scope): boolean {
  return refsOf(type).some((name) => (scope.rank.get(name) ?? -1) >= scope.at);
}

/** `undefined` where the type of a field is no number, also by name: bounds then have nothing to hold on to. */
export function numericOf(type: Type, { types }: Pick<Scope, 'types'>): 'int' | 'number' | undefined {
  const seen = new Set<string>();
  let at: Type = type;
  while (at.kind === 'ref' && !seen.has(at.name)) {
    seen.add(at.name);
    const node = types.get(at.name);
    if (node?.kind !== 'alias' || node.nullable) return undefined;
    at = node.type;
  }
  return at.kind === 'prim' && (at.name === 'int' || at.name === 'number') ? at.name : undefined;
}

/** The bounds that are enforced: stated ones of a number. */
export function enforcedBounds(field: Field, scope: Pick<Scope, 'types'>): Field['bounds'] {
  const { bounds } = field;
  return bounds && bounds.confidence !== 'inferred' && numericOf(field.type, scope) ? bounds : undefined;
}

/**
 * The fields that a closed object is made of. zod passes over a key `__proto__` unread, whatever stands there; an
 * object that does not name it refuses it, and so does JSON Schema.
 */
export function carried(fields: readonly Field[]): Field[] {
  return fields.filter(({ name }) => name !== '__proto__');
}

/** All fields of a record that are carried, inherited ones first. */
export function flatFields(node: TypeNode & { kind: 'record' }, scope: Pick<Scope, 'types'>): Field[] {
  return carried(fieldsOf(node, scope.types));
}

/** A `const` must stand before its use, as far as recursion lets it; beyond that the order of the spec is kept. */
function sortByUse(types: TypeNode[]): TypeNode[] {
  const byName = new Map(types.map((node) => [node.name, node]));
  const done = new Set<string>();
  const out: TypeNode[] = [];
  for (const first of types) {
    // A stack and no recursion: types may name each other in a chain as long as the spec.
    const open: { node: TypeNode; refs: string[] }[] = [];
    const enter = (node: TypeNode | undefined): void => {
      if (node === undefined || done.has(node.name)) return;
      done.add(node.name);
      open.push({ node, refs: refsOfNode(node).sort((a, b) => compareText(b, a)) });
    };
    enter(first);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.refs.pop();
      if (next !== undefined) enter(byName.get(next));
      else out.push(open.pop()!.node);
    }
  }
  return out;
}
