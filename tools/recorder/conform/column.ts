/** Numbers in a block; a block is never copied, so that growing needs no second copy of everything. */
const BITS = 12;
const BLOCK = 1 << BITS;

/** Numbers by their place from 0, in 8 bytes each: a growing array takes up to three times as much. */
export class Column {
  readonly #blocks: Float64Array[] = [];

  at(place: number): number {
    return this.#blocks[place >>> BITS]![place & (BLOCK - 1)]!;
  }

  set(place: number, value: number): void {
    while (place >>> BITS >= this.#blocks.length) this.#blocks.push(new Float64Array(BLOCK));
    this.#blocks[place >>> BITS]![place & (BLOCK - 1)] = value;
  }
}
