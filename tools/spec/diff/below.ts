import type { Changes, Compared } from './classify.ts';
import type { SectionChange } from './model.ts';
import { areSiblings } from './pairs.ts';
import type { Passage } from './passages.ts';

/** Tells every section how much changed below it, in the old spec or in the new one. */
export function countBelow({ a, b }: Compared, changes: Changes): void {
  for (const passage of a) {
    const { partner } = passage;
    if (touches(passage, changes)) add(1, passage, changes);
    const shuffled = partner ? outOfOrder(passage, partner) : 0;
    if (shuffled === 0) continue;
    changes.get(passage)!.below += shuffled;
    add(shuffled, passage, changes);
  }
  for (const passage of b) if (!passage.partner) add(1, passage, changes);
}

/** To everything around the passage in either spec that is there in both, once. */
function add(count: number, passage: Passage, changes: Changes): void {
  const around = new Set<SectionChange>();
  for (const side of [passage, passage.partner]) {
    for (let above = side?.parent; above; above = above.parent) {
      if (above.partner) around.add(changes.get(above)!);
    }
  }
  for (const change of around) change.below += count;
}

/** Is the text around a passage another because of it? A number that only follows its parent's is not. */
function touches(passage: Passage, changes: Changes): boolean {
  const { partner } = passage;
  const change = changes.get(passage)!;
  if (!partner || change.changed || !areSiblings(passage, partner)) return true;
  return change.change === 'RENUMBERED' && within(passage) !== within(partner);
}

/** The part of the number that is its own, with a mark that tells whether its parent has the rest. */
function within({ section: { number = '' }, parent }: Passage): string {
  const around = parent?.section.number;
  return around !== undefined && number.startsWith(`${around}.`) ? number.slice(around.length) : ` ${number}`;
}

/** How many children of a pair have to be put elsewhere among those that stayed, to get the new order. */
function outOfOrder(a: Passage, b: Passage): number {
  const order: number[] = [];
  for (const { partner } of a.children) {
    if (partner?.parent === b) order.push(partner.section.id);
  }
  return order.length - longestRise(order);
}

/** Length of the longest rising subsequence: `ends[n]` is the lowest end of those of length n + 1. */
function longestRise(values: readonly number[]): number {
  const ends: number[] = [];
  for (const value of values) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < value) low = middle + 1;
      else high = middle;
    }
    ends[low] = value;
  }
  return ends.length;
}
