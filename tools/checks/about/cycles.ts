import { compareText } from '../../findings/index.ts';

/**
 * The nodes that lie on a cycle, each group of those that reach one another in the order of their names. Without
 * recursion, since a chain may be as long as the tree is large; each edge is looked at once (Tarjan).
 */
export function cyclesOf(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const cycles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const waiting: string[] = [];
  const isWaiting = new Set<string>();
  for (const root of [...edges.keys()].sort(compareText)) {
    const path: { node: string; rest: Iterator<string> }[] = [];
    const enter = (node: string): void => {
      order.set(node, order.size);
      lowest.set(node, order.size - 1);
      waiting.push(node);
      isWaiting.add(node);
      path.push({ node, rest: (edges.get(node) ?? new Set<string>()).values() });
    };
    if (!order.has(root)) enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node, rest } = top;
      const next = rest.next();
      if (!next.done) {
        if (!order.has(next.value)) enter(next.value);
        else if (isWaiting.has(next.value)) lower(lowest, node, order.get(next.value)!);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) lower(lowest, above.node, lowest.get(node)!);
      if (lowest.get(node) !== order.get(node)) continue;
      const group = waiting.splice(waiting.lastIndexOf(node));
      for (const each of group) isWaiting.delete(each);
      if (group.length > 1 || edges.get(node)?.has(node) === true) cycles.push(group.sort(compareText));
    }
  }
  return cycles;
}

function lower(lowest: Map<string, number>, node: string, to: number): void {
  lowest.set(node, Math.min(lowest.get(node)!, to));
}
