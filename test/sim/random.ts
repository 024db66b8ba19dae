/** A seed for each name: what two parts of a world draw does not depend on which of them draws first. */
export function seedOf(...names: (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of names.join(' ')) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}

/** Numbers from a seed: the same seed gives the same numbers, on every machine (splitmix32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }

  /** A whole number from 0, below the given one. */
  below(limit: number): number {
    return this.next() % limit;
  }

  /** True that many times in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** An item as often as its weight says. */
  weighted<Item extends { weight: number }>(items: readonly Item[]): Item {
    let at = this.below(items.reduce((sum, item) => sum + item.weight, 0));
    return items.find((item) => {
      at -= item.weight;
      return at < 0;
    })!;
  }
}
