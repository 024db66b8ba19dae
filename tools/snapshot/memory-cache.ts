import type { Cache } from './cache.ts';

/** Results kept per kind, as in the cache on the disk. */
const KEPT = 8;

/** What this process has computed: for a tree that has no git folder to keep it in. Values are kept as they are. */
export class MemoryCache implements Cache {
  readonly #kinds = new Map<string, Map<string, unknown>>();

  async read(kind: string, key: string): Promise<unknown> {
    return this.#kinds.get(kind)?.get(key);
  }

  async write(kind: string, key: string, value: unknown): Promise<void> {
    const kept = this.#kinds.get(kind) ?? new Map<string, unknown>();
    this.#kinds.set(kind, kept);
    // What is written again is the newest.
    kept.delete(key);
    kept.set(key, value);
    for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
  }
}
