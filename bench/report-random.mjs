// Chance that comes the same each time.
import { createHash } from 'node:crypto';

export class Random {
  #state;

  constructor(seed) {
    this.#state = createHash('sha256').update(seed).digest().readUInt32LE();
  }

  /** A number of 32 bits (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  below(end) {
    return this.next() % end;
  }

  between(least, most) {
    return least + this.below(most - least + 1);
  }

  chance(percent) {
    return this.below(100) < percent;
  }

  pick(items) {
    return items[this.below(items.length)];
  }
}

/** UUIDs of version 7 whose random part is as hard to compress as a real one. */
export const idsOf = (random) => ({
  uuid7(now) {
    const time = now.toString(16).padStart(12, '0');
    const [a, b, c] = [random.next(), random.next(), random.next()];
    const hex = [a, b, c].map((part) => part.toString(16).padStart(8, '0')).join('');
    const variant = '89ab'[a & 3];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
  },
});
