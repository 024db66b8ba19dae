import type { SpecIndex } from '../../spec/index.ts';
import { nearWords } from '../../text/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import { type EventNode, refsOfNode, type TypeNode } from '../ir.ts';

/** What the roots ask for by name: `ModelSession`, `FR-EVT-SESS-001`, `FR-EVT-SESS-*`. */
export interface Wanted {
  has(name: string): boolean;
  names: readonly string[];
}

export function wantedBy(roots: readonly string[]): Wanted {
  const exact = new Set(roots);
  const prefixes = roots.filter((root) => root.endsWith('*')).map((root) => root.slice(0, -1));
  return {
    names: roots,
    has: (name) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix)),
  };
}

/** The names of all definitions that the roots reach, themselves included. */
export function closure(roots: readonly string[], all: ReadonlyMap<string, TypeNode>): Set<string> {
  const reached = new Set<string>();
  const queue = roots.filter((name) => all.has(name));
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(...refsOfNode(all.get(name)!).filter((next) => all.has(next)));
  }
  return reached;
}

/** A root that names nothing would generate less than was meant. */
export function unknownRoots(
  index: SpecIndex,
  roots: readonly string[],
  known: { types: ReadonlyMap<string, TypeNode>; events: readonly EventNode[] },
  archived: ReadonlyMap<string, TypeNode | EventNode>,
): Diagnostic[] {
  const names = [...known.types.keys(), ...known.events.map(({ frId }) => frId)];
  const at = { file: index.files[0]?.path ?? index.source, line: 1 };
  return roots
    .filter((root) => {
      const wanted = wantedBy([root]);
      return !names.some((name) => wanted.has(name));
    })
    .map((name) => {
      const old = archived.get(name)?.evidence[0];
      const near = nearWords(name, names);
      const meant = near.length > 0 ? `, such as ${near.slice(0, 3).join(', ')}` : '';
      const why = old
        ? `; only archived text defines it (line ${old.line}), which counts where the overlay prefers it`
        : meant;
      const message = `Unexpected ${name}, expected a type or event that the spec defines${why}`;
      return { finding: finding('unknown-root', 'error', old ?? at, message, { args: { name } }) };
    });
}
