import type { Sides } from './row.ts';

/**
 * In which order things stand that each side has in its own: as in ours, where theirs alone moved some as in
 * theirs. What only the other has stands beside its neighbour there, ours before theirs.
 */
export function mergeOrder<T>([base, ours, theirs]: Sides<readonly T[]>): T[] {
  const [inBase, inOurs, inTheirs] = [new Set(base), new Set(ours), new Set(theirs)];
  const common = (list: readonly T[]): T[] =>
    list.filter((each) => inBase.has(each) && inOurs.has(each) && inTheirs.has(each));
  const [was, own, other] = [common(base), common(ours), common(theirs)];
  const moved = isSame(was, own) && !isSame(was, other);
  const merged = moved ? insertBehind(theirs, ours) : insertBefore(ours, theirs);
  return insertBefore(merged, base);
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.every((each, at) => each === b[at]);
}

/** What the list lacks of the other, each before the next that it has. */
function insertBefore<T>(list: readonly T[], other: readonly T[]): T[] {
  return insertBehind([...list].reverse(), [...other].reverse()).reverse();
}

/** The same behind the one before; at the top where there is none. */
function insertBehind<T>(list: readonly T[], other: readonly T[]): T[] {
  const known = new Set(list);
  const top: T[] = [];
  const behind = new Map<T, T[]>();
  let open = top;
  for (const each of other) {
    if (known.has(each)) {
      open = [];
      behind.set(each, open);
    } else open.push(each);
  }
  return [...top, ...list.flatMap((each) => [each, ...(behind.get(each) ?? [])])];
}
