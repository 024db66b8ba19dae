import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cyclesOf } from '../../tools/checks/about/cycles.ts';

function graph(edges: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const made = new Map<string, Set<string>>();
  for (const [from, to] of edges) made.set(from, (made.get(from) ?? new Set()).add(to));
  return made;
}

/** Every node that can be reached in one step or more. */
function reached(from: string, edges: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const open = [...(edges.get(from) ?? [])];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    open.push(...(edges.get(node) ?? []));
  }
  return found;
}

describe('cyclesOf', () => {
  it.each<[string, [string, string][], string[][]]>([
    [
      'none',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ],
      [],
    ],
    [
      'itself',
      [
        ['a', 'a'],
        ['b', 'a'],
      ],
      [['a']],
    ],
    [
      'two',
      [
        ['b', 'a'],
        ['a', 'b'],
      ],
      [['a', 'b']],
    ],
    [
      'apart',
      [
        ['a', 'b'],
        ['b', 'a'],
        ['b', 'c'],
        ['d', 'c'],
        ['c', 'd'],
      ],
      [
        ['c', 'd'],
        ['a', 'b'],
      ],
    ],
  ])('%s', (_, edges, expected) => {
    expect(cyclesOf(graph(edges))).toEqual(expected);
  });

  it('two nodes are in one circle where each reaches the other', () => {
    const node = fc.constantFrom(...'abcdefgh');
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node), { maxLength: 20 }), (pairs) => {
        const edges = graph(pairs);
        const group = new Map(cyclesOf(edges).flatMap((each, at) => each.map((name) => [name, at] as const)));
        for (const one of 'abcdefgh') {
          for (const other of 'abcdefgh') {
            const mutual = reached(one, edges).has(other) && reached(other, edges).has(one);
            expect(group.has(one) && group.get(one) === group.get(other)).toBe(mutual);
          }
        }
      }),
    );
  });

  it('a chain of 100,000 and back again needs no deep stack', () => {
    const count = 100_000;
    const name = (at: number): string => `n${at}`;
    const ring = new Map(
      Array.from({ length: count }, (_, at) => [name(at), new Set([name((at + 1) % count)])]),
    );
    expect(cyclesOf(ring).map(({ length }) => length)).toEqual([count]);
  });
});
