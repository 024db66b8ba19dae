import { ModelSessionState } from '../../generated/index.ts';
import { IdTable } from './id-table.ts';
import { isTerminal, type KnownSession, type KnownSessions } from './state.ts';

/** Levels that a settled session has room for; one that claims to lie deeper stays as it is. */
const DEEPEST = 0xffff;
const COMPLETED = 0x80;

/**
 * What a log has told about its sessions. One that has ended, and everything below it, is kept in some 40 bytes: a log
 * has more sessions than fit into memory, and few of them are alive at a time.
 */
export class Sessions implements KnownSessions {
  /** Those that live, have children that do, or were asked for by the event that is being read. */
  readonly #open = new Map<string, KnownSession>();
  readonly #touched: string[] = [];
  /** Children of an open session that have settled since its list was last cleared. */
  readonly #gone = new Map<string, number>();
  readonly #ids = new IdTable();
  /** By number of the id: 0, or 1 and the place of its state, with COMPLETED for a completion that was reported. */
  #states = new Uint8Array(1 << 8);
  #depths = new Uint16Array(1 << 8);
  /** 0, or 1 and the number of the parent. */
  #parents = new Uint32Array(1 << 8);
  #size = 0;

  /** How many were created. */
  get size(): number {
    return this.#size;
  }

  has(id: string): boolean {
    return this.#open.has(id) || this.#settled(id) >= 0;
  }

  /** What is changed in the answer stays changed. */
  get(id: string): KnownSession | undefined {
    const session = this.#open.get(id) ?? this.#reopen(id);
    if (session) this.#touched.push(id);
    return session;
  }

  set(id: string, session: KnownSession): void {
    if (!this.has(id)) this.#size += 1;
    this.#open.set(id, session);
    this.#touched.push(id);
  }

  /** After each event: who was asked for and has ended is made small. */
  settle(): void {
    for (const id of this.#touched) this.#settle(id);
    this.#touched.length = 0;
  }

  #settle(id: string): void {
    const session = this.#open.get(id);
    if (!session || !isTerminal(session.state) || session.children.length > 0) return;
    if (!(session.depth >= 0 && session.depth <= DEEPEST)) return;
    const parent = session.parent === null ? 0 : this.#numberOf(session.parent) + 1;
    // The name of a parent is told, so only what can be read out of its number again is kept as one.
    if (session.parent !== null && this.#ids.text(parent - 1) !== session.parent) return;
    const number = this.#numberOf(id);
    this.#states[number] =
      (1 + ModelSessionState.options.indexOf(session.state)) | (session.completed ? COMPLETED : 0);
    this.#depths[number] = session.depth;
    this.#parents[number] = parent;
    this.#open.delete(id);
    this.#gone.delete(id);
    if (session.parent !== null) this.#leave(session.parent);
  }

  /** A child has settled. The list is cleared when half of it has: at each child, a list of many would take for ever. */
  #leave(parent: string): void {
    const session = this.#open.get(parent);
    if (!session) return;
    const gone = (this.#gone.get(parent) ?? 0) + 1;
    this.#gone.set(parent, gone);
    if (gone * 2 < session.children.length) return;
    session.children = session.children.filter((id) => this.#open.has(id));
    this.#gone.delete(parent);
    this.#settle(parent);
  }

  #settled(id: string): number {
    const number = this.#ids.find(id);
    return number >= 0 && this.#states[number] !== 0 ? number : -1;
  }

  #reopen(id: string): KnownSession | undefined {
    const number = this.#settled(id);
    if (number < 0) return undefined;
    const state = this.#states[number]!;
    const parent = this.#parents[number]!;
    const session: KnownSession = {
      state: ModelSessionState.options[(state & ~COMPLETED) - 1]!,
      parent: parent === 0 ? null : this.#ids.text(parent - 1),
      depth: this.#depths[number]!,
      children: [],
      completed: (state & COMPLETED) !== 0,
    };
    this.#states[number] = 0;
    this.#open.set(id, session);
    return session;
  }

  #numberOf(id: string): number {
    if (this.#ids.add(id) && this.#ids.size > this.#states.length) {
      this.#states = longer(this.#states, Uint8Array);
      this.#depths = longer(this.#depths, Uint16Array);
      this.#parents = longer(this.#parents, Uint32Array);
    }
    return this.#ids.find(id);
  }
}

function longer<List extends Uint8Array | Uint16Array | Uint32Array>(
  list: List,
  Made: new (length: number) => List,
): List {
  const copy = new Made(list.length * 2);
  copy.set(list);
  return copy;
}
