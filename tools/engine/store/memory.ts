import type { FlightRecorderEvent } from '../../generated/index.ts';
import { type Change, type Rows, type TableName, tables, type View } from '../../kernel/index.ts';
import {
  type EventQuery,
  isKnown,
  type Known,
  matcher,
  namedSessions,
  type StoredEvent,
} from '../../recorder/index.ts';
import { GroupCommit, type Work } from './group-commit.ts';
import { createMemoryChain } from './memory-chain.ts';
import type { Reading, Store } from './store.ts';

interface Entry<Row> {
  n: number;
  row: Row;
}

/** One table: rows by key, and each index as sorted lists by value. */
class Table<Name extends TableName> {
  readonly rows = new Map<string, Entry<Rows[Name]>>();
  readonly #name: Name;
  readonly #lists = new Map<string, Map<string, Entry<Rows[Name]>[]>>();
  #last = 0;

  constructor(name: Name) {
    this.#name = name;
    for (const index of Object.keys(tables[name].indexes)) this.#lists.set(index, new Map());
  }

  write(key: string, row: Rows[Name] | null): void {
    const before = this.rows.get(key);
    if (before) this.#leave(before);
    if (!row) {
      this.rows.delete(key);
      return;
    }
    const entry = { n: before?.n ?? ++this.#last, row };
    this.rows.set(key, entry);
    this.#enter(entry);
  }

  select(index: string, value: string, limit: number): Rows[Name][] {
    const list = this.#lists.get(index)!.get(value) ?? [];
    return list.slice(0, limit).map((entry) => entry.row);
  }

  distinct(index: string): string[] {
    return [...this.#lists.get(index)!.keys()].sort();
  }

  #enter(entry: Entry<Rows[Name]>): void {
    for (const [name, lists] of this.#lists) {
      const definition = tables[this.#name].indexes[name]!;
      const value = definition.value(entry.row);
      if (value === null) continue;
      const list = lists.get(value) ?? [];
      lists.set(value, list);
      list.splice(place(list, definition.order(entry.row), entry.n, definition.order), 0, entry);
    }
  }

  #leave(entry: Entry<Rows[Name]>): void {
    for (const [name, lists] of this.#lists) {
      const definition = tables[this.#name].indexes[name]!;
      const value = definition.value(entry.row);
      if (value === null) continue;
      const list = lists.get(value)!;
      list.splice(place(list, definition.order(entry.row), entry.n, definition.order), 1);
      if (list.length === 0) lists.delete(value);
    }
  }
}

/** Binary search by order, then by insertion: where the entry is, or belongs. */
function place<Row>(
  list: readonly Entry<Row>[],
  order: number,
  n: number,
  orderOf: (row: Row) => number,
): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = list[middle]!;
    if ((orderOf(entry.row) - order || entry.n - n) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Everything in this process; gone with it. The same kernel, the same order, the same events. */
export function openMemoryStore(): Store {
  const all = new Map<TableName, Table<TableName>>();
  for (const name of Object.keys(tables) as TableName[]) all.set(name, new Table(name));
  const table = <Name extends TableName>(name: Name): Table<Name> => all.get(name) as unknown as Table<Name>;
  const log: StoredEvent[] = [];
  const verify = createMemoryChain(log);
  const byId = new Map<string, FlightRecorderEvent>();
  const bySession = new Map<string, StoredEvent[]>();

  const view: Reading = {
    get: (name, key) => table(name).rows.get(key)?.row,
    select: (name, index, value, limit = Number.POSITIVE_INFINITY) => table(name).select(index, value, limit),
    selectMany: (name, index, values) =>
      new Map(values.map((value) => [value, table(name).select(index, value, Number.POSITIVE_INFINITY)])),
    distinct: (name, index) => table(name).distinct(index),
    sessionIds: () => [...table('session').rows.keys()],
    all: (name) => [...table(name).rows.values()].map(({ row }) => row),
  };

  /** Before anything is written: a refusal later would leave half a command behind. */
  const refuseKnown = (events: readonly FlightRecorderEvent[]): void => {
    const known = events.find((event) => byId.has(event.event_id));
    if (known) throw new Error(`event ${known.event_id} is stored already`);
  };

  const append = (events: readonly FlightRecorderEvent[]): void => {
    for (const event of events) {
      const seq = log.length + 1;
      const stored: StoredEvent = isKnown(event) ? { seq, event } : { seq, event, unknown: true };
      log.push(stored);
      byId.set(event.event_id, event);
      const sessions = namedSessions(event);
      if (event.model_session_id !== undefined) sessions.push(event.model_session_id);
      for (const id of sessions) {
        const own = bySession.get(id);
        if (own) own.push(stored);
        else bySession.set(id, [stored]);
      }
    }
  };

  // The same waiting together as in a database, so that the same calls are carried out in the same order.
  const group = new GroupCommit({
    view,
    begin: async (work) => work(),
    commit() {},
    rollback() {},
    savepoint() {},
    release() {},
    undo: () => true, // a refusal comes before anything is written
    write(decision, events) {
      refuseKnown(events);
      for (const { table: name, key, row } of decision.changes as Change[])
        table(name).write(key, row as never);
      append(events);
    },
  });

  return {
    transact: (decideOn, prepare) => group.add({ decideOn, prepare } as Work) as never,
    read: async (look) => look(view),
    async appendEvents(events) {
      refuseKnown(events);
      append(events);
    },
    findEvent: async (id) => byId.get(id),
    readEvents: (query) =>
      readLog(
        query.model_session_id === undefined ? log : (bySession.get(query.model_session_id) ?? []),
        query,
        view,
      ),
    changedElsewhere: () => false,
    verify: ({ noted } = {}) => verify(noted),
    gaps: async () => [],
    [Symbol.asyncDispose]: () => group.settled(),
  };
}

/** Backwards for the newest, which come in order all the same; forwards it goes on to what is written meanwhile. */
async function* readLog(
  log: readonly StoredEvent[],
  query: EventQuery,
  view: View,
): AsyncGenerator<StoredEvent> {
  const matches = matcher(query);
  const known: Known = {
    session: (id) => view.get('session', id),
    job: (id) => view.get('job', id)?.session_id,
  };
  const { after_seq = 0, before_seq = Number.POSITIVE_INFINITY, last } = query;
  const taken = ({ seq, event }: StoredEvent): boolean =>
    seq > after_seq && seq < before_seq && matches(event, known);
  if (last !== undefined) {
    const newest: StoredEvent[] = [];
    for (let at = log.length - 1; at >= 0 && newest.length < last; at -= 1)
      if (taken(log[at]!)) newest.push(log[at]!);
    yield* newest.reverse();
    return;
  }
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  for (const stored of log) {
    if (left <= 0) return;
    if (!taken(stored)) continue;
    left -= 1;
    yield stored;
  }
}
