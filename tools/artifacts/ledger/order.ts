import { compareText } from '../../findings/index.ts';
import { rfc3339 } from '../rfc3339.ts';
import type { LedgerFacts } from '../tree/facts.ts';

/**
 * The entries of one work packet, each after its parents. Among those that do not follow each other the earlier time
 * goes first, then the smaller hash, so that every checkout has one order. A copy of an entry under another number
 * is the same entry.
 */
export function inOrder(all: readonly LedgerFacts[]): LedgerFacts[] {
  const sorted = [...all].sort(
    (a, b) => timeOf(a) - timeOf(b) || compareText(a.hash, b.hash) || compareText(a.path, b.path),
  );
  const entries = sorted.filter(({ hash }, index) => hash !== sorted[index - 1]?.hash);
  const places = new Map(entries.map(({ hash }, place) => [hash, place]));
  const waitsFor = entries.map(({ parents }) => new Set(parents.filter((each) => places.has(each))).size);
  const followers = followersOf(entries);
  // Places of the entries whose parents are all done, the last one first.
  const ready = waitsFor.flatMap((count, place) => (count === 0 ? [place] : [])).reverse();
  const order: LedgerFacts[] = [];
  for (let place = ready.pop(); place !== undefined; place = ready.pop()) {
    const entry = entries[place]!;
    order.push(entry);
    for (const { hash } of followers.get(entry.hash) ?? []) {
      const next = places.get(hash)!;
      waitsFor[next]!--;
      if (waitsFor[next] === 0) ready.splice(placeIn(ready, next), 0, next);
    }
  }
  return order;
}

function timeOf({ time }: LedgerFacts): number {
  return (time === undefined ? undefined : rfc3339(time)) ?? 0;
}

/** Where a number goes in a list that falls: found by halves, or a thousand parallel entries would take a million looks. */
function placeIn(falling: readonly number[], number: number): number {
  let [from, to] = [0, falling.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (falling[middle]! > number) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The entries that name each entry as a parent, by its hash. */
export function followersOf<T extends Pick<LedgerFacts, 'parents'>>(entries: readonly T[]): Map<string, T[]> {
  const followers = new Map<string, T[]>();
  for (const entry of entries) {
    for (const parent of new Set(entry.parents)) {
      const named = followers.get(parent);
      if (named === undefined) followers.set(parent, [entry]);
      else named.push(entry);
    }
  }
  return followers;
}

/** All hashes that are reached from one, however far, and not itself. One walk: sets for every entry would fill the memory. */
export function reachedFrom(hash: string, next: (hash: string) => readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...next(hash)];
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    if (reached.has(each)) continue;
    reached.add(each);
    waiting.push(...next(each));
  }
  return reached;
}
