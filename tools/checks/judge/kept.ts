import type { Facts } from '../../artifacts/index.ts';
import type { Finding } from '../../findings/index.ts';
import type { Cache } from '../../snapshot/index.ts';

/** One file as it was read and judged by itself, kept until its bytes or the spec change. */
export interface Reading {
  /** Git's id of its bytes. */
  id: string;
  /** Absent for a file that is no governed document. */
  facts?: Facts;
  /** What its reader could not make sense of. */
  read: Finding[];
  /** What the rules about one file say. */
  said: Finding[];
}

/**
 * The readings of the last runs. In two parts: who judges one changed file needs the facts of all the others, and
 * none of their findings.
 */
export class Readings {
  readonly #cache: Cache | undefined;
  readonly #key: string;
  readonly #fresh = new Map<string, Reading>();
  #facts: Promise<Kept<Facts | null>> | undefined;
  #findings: Promise<Kept<Found>> | undefined;

  /** `key` is what the findings depend on beside the files: the spec, and what is read as what. */
  constructor(cache: Cache | undefined, key: string) {
    this.#cache = cache;
    this.#key = key;
  }

  /** What a file with these bytes tells the others (null: nothing); undefined where it was not read yet. */
  async facts(path: string, id: string): Promise<Facts | null | undefined> {
    const fresh = this.#fresh.get(slot(path, id));
    if (fresh) return fresh.facts ?? null;
    this.#facts ??= this.#load('check-facts');
    return (await this.#facts)[slot(path, id)];
  }

  /** What is wrong with it. */
  async findings(path: string, id: string): Promise<Found | undefined> {
    const fresh = this.#fresh.get(slot(path, id));
    if (fresh) return fresh;
    this.#findings ??= this.#load('check-findings');
    return (await this.#findings)[slot(path, id)];
  }

  add(path: string, reading: Reading): void {
    this.#fresh.set(slot(path, reading.id), reading);
  }

  /** Keeps the readings of these files, where enough of them are new to be worth the write. */
  async keep(files: readonly { path: string; id: string }[]): Promise<void> {
    if (this.#fresh.size <= FEW) return;
    const facts: Record<string, Facts | null> = {};
    const findings: Record<string, Found> = {};
    for (const { path, id } of files) {
      const at = slot(path, id);
      const [fact, found] = [await this.facts(path, id), await this.findings(path, id)];
      if (fact === undefined || found === undefined) continue;
      facts[at] = fact;
      findings[at] = { read: found.read, said: found.said };
    }
    await Promise.all([
      this.#cache?.write('check-facts', this.#key, facts),
      this.#cache?.write('check-findings', this.#key, findings),
    ]);
  }

  async #load<T>(kind: string): Promise<Kept<T>> {
    // Written by this very build, or it is not read: its shape is the one that is expected.
    const value = await this.#cache?.read(kind, this.#key);
    return typeof value === 'object' && value !== null ? (value as Kept<T>) : {};
  }
}

type Found = Pick<Reading, 'read' | 'said'>;
type Kept<T> = Readonly<Record<string, T | undefined>>;

/** New readings that are made again faster than thousands of others are written with them. */
const FEW = 8;

function slot(path: string, id: string): string {
  return `${id} ${path}`;
}
