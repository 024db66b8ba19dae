import { ModelSessionState } from '../../generated/index.ts';
import { IdTable } from './id-table.ts';
import { isTerminal, type KnownSession, type KnownSessions } from './state.ts';

/** Levels that a settled session has room for; one that claims to lie deeper stays as it is. */
const DEEPEST = 0xffff;
/** Above the three bits of the state, which is never 0. */
const FLAGS = { completed: 0x08, told: 0x10, listed: 0x20, silent: 0x40, announces: 0x80 } as const;

/**
 * What a log has told about its sessions. One that has ended, and everything below it, is kept in some 40 bytes: a log
 * has more sessions than fit into memory, and few of them are alive at a time.
 */
export class Sessions implements KnownSessions {
  /** Those that live, that owe an event, that have children which do, or that were asked for lately. */
  readonly #open = new Map<string, KnownSession>();
  #touched: string[] = [];
  /** Children of an open session that have settled since its list was last cleared. */
  readonly #gone = new Map<string, number>();
  readonly #ids = new IdTable();
  #states = new Uint8Array(1 << 8);
  #depths = new Uint16Array(1 << 8);
  #announced = new Uint32Array(1 << 8);
  /** 0, or 1 and the number of the parent. */
  #parents = new Uint32Array(1 << 8);

  #size = 0;

  /** How many the log has created. */
  get size(): number {
    return this.#size;
  }

  has(id: string): boolean {
    return this.#open.has(id) || this.#settled(id) >= 0;
  }

  /** What is changed in the answer stays changed, until {@link settle}. */
  get(id: string): KnownSession | undefined {
    const session = this.#open.get(id) ?? this.#reopen(id);
    if (session && isTerminal(session.state)) this.#touched.push(id);
    return session;
  }

  set(id: string, session: KnownSession): void {
    if (!this.has(id)) this.#size += 1;
    this.#open.set(id, session);
  }

  /** Makes small who was asked for and has ended. Nobody may hold an answer of before. */
  settle(): void {
    if (this.#touched.length === 0) return;
    const touched = this.#touched;
    this.#touched = [];
    for (const id of touched) this.#settle(id);
  }

  #settle(id: string): void {
    const session = this.#open.get(id);
    if (!session || !isTerminal(session.state) || session.children.length > 0) return;
    // The rest of its end has not been told: a cascade that lists it would look for it in the tree.
    if (session.state === 'CANCELLED' && !session.listed) return;
    if (session.state === 'COMPLETED' && !session.completed) return;
    if (!(session.depth >= 0 && session.depth <= DEEPEST)) return;
    const parent = session.parent === null ? 0 : this.#numberOf(session.parent) + 1;
    // The name of a parent is told, so only what can be read out of its number again is kept as one.
    if (session.parent !== null && this.#ids.text(parent - 1) !== session.parent) return;
    const number = this.#numberOf(id);
    let kept = 1 + ModelSessionState.options.indexOf(session.state);
    for (const flag of Object.keys(FLAGS) as (keyof typeof FLAGS)[]) if (session[flag]) kept |= FLAGS[flag];
    this.#states[number] = kept;
    this.#depths[number] = session.depth;
    this.#announced[number] = session.announced;
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
    const kept = this.#states[number]!;
    const parent = this.#parents[number]!;
    const is = (flag: keyof typeof FLAGS): boolean => (kept & FLAGS[flag]) !== 0;
    const session: KnownSession = {
      id,
      state: ModelSessionState.options[(kept & 0x07) - 1]!,
      parent: parent === 0 ? null : this.#ids.text(parent - 1),
      depth: this.#depths[number]!,
      children: [],
      work: null,
      messages: 0,
      announced: this.#announced[number]!,
      notices: 0,
      announces: is('announces'),
      silent: is('silent'),
      told: is('told'),
      completed: is('completed'),
      listed: is('listed'),
      swept: true,
    };
    this.#states[number] = 0;
    this.#open.set(id, session);
    return session;
  }

  #numberOf(id: string): number {
    if (this.#ids.add(id) && this.#ids.size > this.#states.length) {
      this.#states = longer(this.#states, Uint8Array);
      this.#depths = longer(this.#depths, Uint16Array);
      this.#announced = longer(this.#announced, Uint32Array);
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
