import type { Passage } from './passages.ts';

/** A guess: `a` became `b`. A score of 0 is no guess. */
export interface Candidate {
  a: Passage;
  b: Passage;
  score: number;
}

/**
 * Makes partners of passages, and remembers which it made. Nothing here depends on which of the two specs is
 * called the old one.
 */
export class Pairs {
  /** How many there are. */
  size = 0;
  private fresh: [Passage, Passage][] = [];

  /** The best guesses first, of equal ones those that stand first; gives back how many came true. */
  addBest(candidates: readonly Candidate[]): number {
    const before = this.size;
    const place = ({ a, b }: Candidate): number => a.section.id + b.section.id;
    const sorted = candidates.filter(({ score }) => score > 0);
    sorted.sort((x, y) => y.score - x.score || place(x) - place(y));
    for (const { a, b } of sorted) if (!a.partner && !b.partner) this.add(a, b);
    return this.size - before;
  }

  add(a: Passage, b: Passage): void {
    a.partner = b;
    b.partner = a;
    this.size++;
    this.fresh.push([a, b]);
  }

  /** The pairs since the last call. */
  takeFresh(): [Passage, Passage][] {
    const taken = this.fresh;
    this.fresh = [];
    return taken;
  }
}

/** Do the two stand in sections that became each other? The outermost stand in the specs themselves. */
export function areSiblings(a: Passage, b: Passage): boolean {
  return a.parent && b.parent ? a.parent.partner === b.parent : a.parent === b.parent;
}

/** Is it known of a section around one of them that it became another than the one around the other? */
export function areApart(a: Passage, b: Passage): boolean {
  const placed = ({ parent }: Passage): boolean => parent === undefined || parent.partner !== undefined;
  return !areSiblings(a, b) && (placed(a) || placed(b));
}

export type Sides = readonly [a: readonly Passage[], b: readonly Passage[]];

/** Passages with one key, on both sides. */
export type Group = readonly [a: Passage[], b: Passage[]];

/** Passages without a partner by a key; one for which it is undefined is left out. */
export function groupsOf([a, b]: Sides, key: (passage: Passage) => string | undefined): Group[] {
  const found = new Map<string, Group>();
  [a, b].forEach((side, at) => {
    for (const passage of side) {
      const name = passage.partner ? undefined : key(passage);
      if (name === undefined) continue;
      let group = found.get(name);
      if (!group) {
        group = [[], []];
        found.set(name, group);
      }
      group[at]!.push(passage);
    }
  });
  return [...found.values()].filter(([left, right]) => left.length > 0 && right.length > 0);
}

/** A larger group is not compared pair by pair: that would take minutes where nothing fits. */
const MANY = 2500;

/** Every pair of a group; of a very large one the first with the first, the second with the second. */
export function candidatesOf([a, b]: Group, score: (a: Passage, b: Passage) => number): Candidate[] {
  if (a.length * b.length > MANY) {
    return a.slice(0, b.length).map((one, at) => ({ a: one, b: b[at]!, score: score(one, b[at]!) }));
  }
  return a.flatMap((one) => b.map((other) => ({ a: one, b: other, score: score(one, other) })));
}
