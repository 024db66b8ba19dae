import { canonicalJson, sha256 } from '../../text/index.ts';
import { append } from '../append.ts';
import type { Type, TypeNode } from '../ir.ts';
import { inlineEnum, type Side } from './side.ts';

/** What a definition says, apart from its name, its place and its prose; names as the new contract has them. */
function shapeOf(node: TypeNode, side: Side, named: ReadonlyMap<string, string>): string {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (value === null || typeof value !== 'object') return value;
    if ('kind' in value && value.kind === 'ref') {
      const { name } = value as Type & { kind: 'ref' };
      if (name === node.name) return { kind: 'ref', name: '' };
      const own = inlineEnum(value as Type, side);
      return own ? own.members.map((member) => member.value) : { kind: 'ref', name: named.get(name) ?? name };
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !APART.has(key))
        .map(([key, inner]) => [key, strip(inner)]),
    );
  };
  const { name: _, ...rest } = node;
  const bases = node.kind === 'record' ? (node.extends ?? []).map((base) => named.get(base) ?? base) : [];
  return sha256(canonicalJson(strip({ ...rest, extends: bases })));
}

const APART = new Set(['doc', 'evidence', 'section', 'fingerprint']);

/**
 * Types of the same shape under another name, where only one of each could be meant: old name → new name. A type
 * that refers to a renamed one is looked at again, until nothing more is found.
 */
export function renamedTypes(from: Side, to: Side): Map<string, string> {
  const isOwn = (node: TypeNode): boolean => node.kind !== 'enum' || node.owner === undefined;
  const gone = from.ir.types.filter((node) => isOwn(node) && !to.types.has(node.name));
  const come = to.ir.types.filter((node) => isOwn(node) && !from.types.has(node.name));
  const renamed = new Map<string, string>();
  for (let before = -1; renamed.size > before; ) {
    before = renamed.size;
    const taken = new Set(renamed.values());
    const old = byShape(
      gone.filter(({ name }) => !renamed.has(name)),
      (node) => shapeOf(node, from, renamed),
    );
    const now = byShape(
      come.filter(({ name }) => !taken.has(name)),
      (node) => shapeOf(node, to, new Map()),
    );
    for (const [shape, [a, ...others]] of old) {
      const [b, ...more] = now.get(shape) ?? [];
      if (a && b && others.length === 0 && more.length === 0) renamed.set(a.name, b.name);
    }
  }
  return renamed;
}

function byShape(nodes: readonly TypeNode[], shape: (node: TypeNode) => string): Map<string, TypeNode[]> {
  const found = new Map<string, TypeNode[]>();
  for (const node of nodes) {
    const key = shape(node);
    append(found, key, node);
  }
  return found;
}
