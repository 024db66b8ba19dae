import { contentWords } from '../sections/headings.ts';
import type { Passage } from './passages.ts';

/** From here on two texts are taken for two states of one. */
export const ALIKE = 0.5;

/** Six words; fewer say nothing of identity: headings without text, `TBD`, a lone diagram line. */
const SUBSTANCE = /(?:[\p{L}\p{N}_]+[^\p{L}\p{N}_]+){5}[\p{L}\p{N}_]/u;

const WORD = /[\p{L}\p{N}_]+/gu;

interface Words {
  count: number;
  /** How often each pair of neighbours stands there: an edit spares most of them, other prose shares few. */
  pairs: Map<string, number>;
}

/** Compares passages; what it has counted of one it keeps. */
export class Likeness {
  private readonly words = new Map<Passage, Words>();

  /** Has the body enough words to be known by them? */
  substantial(passage: Passage): boolean {
    return SUBSTANCE.test(passage.body);
  }

  /** 1 for equal bodies, 0 for bodies without a common pair of words, or without substance. */
  bodies(a: Passage, b: Passage): number {
    if (!this.substantial(a) || !this.substantial(b)) return 0;
    if (a.body === b.body) return 1;
    const [left, right] = [this.wordsOf(a), this.wordsOf(b)];
    let shared = 0;
    for (const [pair, count] of left.pairs) shared += Math.min(count, right.pairs.get(pair) ?? 0);
    return (2 * shared) / Math.max(1, left.count + right.count - 2);
  }

  private wordsOf(passage: Passage): Words {
    let found = this.words.get(passage);
    if (!found) {
      const all = passage.body.toLowerCase().match(WORD) ?? [];
      const pairs = new Map<string, number>();
      for (let i = 1; i < all.length; i++) {
        const pair = `${all[i - 1]} ${all[i]}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      }
      found = { count: all.length, pairs };
      this.words.set(passage, found);
    }
    return found;
  }
}

/** Share of the content words that two titles have in common; 0 where one has none. */
export function titlesAlike(a: Passage, b: Passage): number {
  const [left, right] = [contentWords(a.section.title), contentWords(b.section.title)];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / Math.max(1, left.size + right.size - shared);
}
