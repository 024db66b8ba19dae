// A log of millions of events has as many ids: a Set of strings takes 150 bytes for each, this takes 24.
import { createHash } from 'node:crypto';

/** Ids in a block, as a power of two; a block is never copied, so that growing needs no second copy of everything. */
const BITS = 14;
const BLOCK = 1 << BITS;
const WORDS = 4;
/** Slots are doubled when so many of them are taken: beyond it, looking for one gets slow. */
const FULL = 0.8;

/**
 * Ids by 128 bits, each with a number from 0 in the order of their coming. A UUID is its own 128 bits, so two of them
 * are never taken for one; any other text is known by the first half of its sha256.
 */
export class IdTable {
  #blocks: Uint32Array[] = [];
  #slots = new Uint32Array(1 << 10);
  #size = 0;
  readonly #words = new Uint32Array(WORDS);

  get size(): number {
    return this.#size;
  }

  /** The number of an id, -1 if it has none. */
  find(id: string): number {
    read(id, this.#words);
    return this.#slots[this.#slotOf(this.#words, 0)]! - 1;
  }

  has(id: string): boolean {
    return this.find(id) >= 0;
  }

  /** Gives an id the next number. False: it had one. */
  add(id: string): boolean {
    read(id, this.#words);
    const slot = this.#slotOf(this.#words, 0);
    if (this.#slots[slot] !== 0) return false;
    const at = this.#size % BLOCK;
    if (at === 0) this.#blocks.push(new Uint32Array(BLOCK * WORDS));
    this.#blocks.at(-1)!.set(this.#words, at * WORDS);
    this.#size += 1;
    this.#slots[slot] = this.#size;
    if (this.#size > this.#slots.length * FULL) this.#grow();
    return true;
  }

  /** The text of a UUID in lower case; of another id, one that is not its own. */
  text(number: number): string {
    const block = this.#blocks[Math.floor(number / BLOCK)]!;
    const at = (number % BLOCK) * WORDS;
    const hex = [...block.subarray(at, at + WORDS)]
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** Where the id stands, or the free slot where it would. */
  #slotOf(words: Uint32Array, from: number): number {
    const slots = this.#slots;
    const blocks = this.#blocks;
    const mask = slots.length - 1;
    const a = words[from]!;
    const b = words[from + 1]!;
    const c = words[from + 2]!;
    const d = words[from + 3]!;
    for (let slot = mixed(a, b, c, d) & mask; ; slot = (slot + 1) & mask) {
      const taken = slots[slot]!;
      if (taken === 0) return slot;
      const block = blocks[(taken - 1) >>> BITS]!;
      const at = ((taken - 1) & (BLOCK - 1)) * WORDS;
      if (block[at] === a && block[at + 1] === b && block[at + 2] === c && block[at + 3] === d) return slot;
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#size; number += 1) {
      const block = this.#blocks[Math.floor(number / BLOCK)]!;
      this.#slots[this.#slotOf(block, (number % BLOCK) * WORDS)] = number + 1;
    }
  }
}

/** The bits of one hash over four words: ids of one writer differ in few of theirs. */
function mixed(a: number, b: number, c: number, d: number): number {
  let hash = 0;
  for (const word of [a, b, c, d]) {
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

const digits = new Int8Array(128).fill(-1);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

/** The 128 bits of an id, as four words. */
function read(id: string, words: Uint32Array): void {
  if (id.length === 36 && readUuid(id, words)) return;
  const hash = createHash('sha256').update(id).digest();
  for (let word = 0; word < WORDS; word += 1) words[word] = hash.readUInt32BE(word * 4);
}

function readUuid(id: string, words: Uint32Array): boolean {
  let word = 0;
  let count = 0;
  for (let at = 0; at < 36; at += 1) {
    const code = id.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== 45) return false;
      continue;
    }
    const digit = code < 128 ? digits[code]! : -1;
    if (digit < 0) return false;
    word = (word << 4) | digit;
    count += 1;
    if ((count & 7) === 0) words[(count >>> 3) - 1] = word;
  }
  return true;
}
