// The decision in the making: reads through to the store, collects writes, events and effects.
import {
  type EventPayloads,
  type FlightRecorderEvent,
  type FrEventId,
  events as registry,
} from '../generated/index.ts';
import { type Effect, type Ids, type NewArtifact, Refused } from './decision.ts';
import type { SessionRow } from './rows.ts';
import type { Rules } from './rules.ts';
import { type Change, type Rows, type TableName, tables, type View } from './tables.ts';

export type Actor = 'human' | 'agent' | 'system';

/** The envelope fields of an event beyond those of its session. */
export interface Envelope {
  actor: Actor;
  session: SessionRow;
  job_id?: string;
  activity_span_id?: string | null;
  capability_id?: string;
  policy_decision_id?: string;
}

/**
 * The decision in the making: a view with the writes of this command laid over it. Reading sees what was
 * written before; nothing reaches a store until the decision is applied as a whole.
 */
export class Draft {
  readonly now: number;
  readonly time: string;
  readonly rules: Rules;
  readonly events: FlightRecorderEvent[] = [];
  readonly artifacts: NewArtifact[] = [];
  readonly effects: Effect[] = [];
  /** Sessions that have lost an active child in this command. */
  readonly freed = new Set<string>();
  readonly #view: View;
  readonly #ids: Ids;
  readonly #written = new Map<TableName, Map<string, unknown>>();
  readonly #inserted = new Map<TableName, Set<string>>();
  /** What the view has answered: it stays as it is until the decision is made. */
  readonly #selected = new Map<object, Map<string, { rows: unknown[]; all: boolean }>>();

  constructor(view: View, rules: Rules, now: number, ids: Ids) {
    this.#view = view;
    this.rules = rules;
    this.now = now;
    this.time = new Date(now).toISOString();
    this.#ids = ids;
  }

  newId(): string {
    return this.#ids.uuid7(this.now);
  }

  get<Name extends TableName>(table: Name, key: string): Rows[Name] | undefined {
    const written = this.#overlay(table);
    if (written?.has(key)) return written.get(key) ?? undefined;
    return this.#view.get(table, key);
  }

  /** A copy that may be changed; the change is part of the decision. A row that was read already is not read again. */
  edit<Name extends TableName>(table: Name, key: string, read?: Rows[Name]): Rows[Name] | undefined {
    const written = this.#overlay(table)?.get(key);
    if (written) return written;
    const stored = read ?? this.get(table, key);
    if (!stored) return undefined;
    const row = { ...stored };
    this.#writable(table).set(key, row);
    return row;
  }

  put<Name extends TableName>(table: Name, row: Rows[Name]): Rows[Name] {
    const key = tables[table].key(row);
    this.#writable(table).set(key, row);
    const inserted = this.#inserted.get(table) ?? new Set<string>();
    this.#inserted.set(table, inserted.add(key));
    return row;
  }

  remove(table: TableName, key: string): void {
    this.#writable(table).set(key, null);
  }

  /** Rows of one index value, in the order of the index. */
  select<Name extends TableName>(
    table: Name,
    index: string,
    value: string,
    limit = Number.POSITIVE_INFINITY,
  ): Rows[Name][] {
    const written = this.#overlay(table);
    if (!written || written.size === 0) return this.#stored(table, index, value, limit);
    const { key: keyOf, indexes } = tables[table];
    const by = indexes[index]!;
    const stored = this.#stored(table, index, value, limit + written.size);
    const entered = by.moves ? written.keys() : (this.#inserted.get(table) ?? []);
    // Most often nothing that was written has to do with it.
    const untouched = !by.moves && !this.#inserted.has(table);
    if (untouched && stored.every((row) => !written.has(keyOf(row)))) return stored.slice(0, limit);
    const found = new Map<string, Rows[Name]>();
    for (const row of stored) found.set(keyOf(row), row);
    for (const key of [...found.keys(), ...entered]) {
      const row = written.has(key) ? written.get(key)! : found.get(key)!;
      if (row && by.value(row) === value) found.set(key, row);
      else found.delete(key);
    }
    const rows = [...found.values()].sort((a, b) => by.order(a) - by.order(b));
    return rows.slice(0, limit);
  }

  /** Reads at once what will be selected value by value: a cascade asks the store once a level, not once a session. */
  foresee(table: TableName, index: string, values: readonly string[]): void {
    const known = this.#known(tables[table].indexes[index]!);
    for (const [value, rows] of this.#view.selectMany(table, index, values))
      known.set(value, { rows, all: true });
  }

  distinct(table: TableName, index: string): string[] {
    const values = new Set(this.#view.distinct(table, index));
    const by = tables[table].indexes[index]! as { value(row: unknown): string | null };
    for (const row of this.#written.get(table)?.values() ?? []) {
      const value = row === null ? null : by.value(row);
      if (value !== null) values.add(value);
    }
    return [...values].sort();
  }

  /** The row of a session that must exist. */
  session(id: string): SessionRow {
    const row = this.edit('session', id);
    if (!row) throw new Refused('session_not_found', `no session has the id ${id}`);
    // Times of one form sort as text. A clock that steps back takes no session back with it (FM-25).
    if (this.time > row.updated_at) row.updated_at = this.time;
    return row;
  }

  emit<Id extends FrEventId>(id: Id, about: Envelope, payload: EventPayloads[Id]): void {
    const { session } = about;
    const event: Record<string, unknown> = {
      event_id: this.newId(),
      fr_event_id: id,
      type: registry[id].type,
      timestamp: this.time,
      actor: about.actor,
      trace_id: session.trace_id,
      model_session_id: session.session_id,
      model_session_span_id: session.model_session_span_id,
    };
    if (session.wp_id !== null) event.wp_id = session.wp_id;
    if (about.job_id) event.job_id = about.job_id;
    if (about.activity_span_id) event.activity_span_id = about.activity_span_id;
    if (about.capability_id) event.capability_id = about.capability_id;
    if (about.policy_decision_id) event.policy_decision_id = about.policy_decision_id;
    event.payload = payload;
    this.events.push(event as unknown as FlightRecorderEvent);
  }

  changes(): Change[] {
    const changes: Change[] = [];
    for (const [table, rows] of this.#written) {
      for (const [key, row] of rows) changes.push({ table, key, row } as Change);
    }
    return changes;
  }

  #stored<Name extends TableName>(table: Name, index: string, value: string, limit: number): Rows[Name][] {
    const by = tables[table].indexes[index]!;
    // A session that this command makes has nothing stored.
    if (by.ofSession && this.#inserted.get('session')?.has(value)) return [];
    const answers = this.#known(by);
    const known = answers.get(value) as { rows: Rows[Name][]; all: boolean } | undefined;
    if (known && (known.all || known.rows.length >= limit)) return known.rows.slice(0, limit);
    const rows = this.#view.select(table, index, value, limit);
    answers.set(value, { rows, all: rows.length < limit });
    return rows.slice();
  }

  #known(by: object): Map<string, { rows: unknown[]; all: boolean }> {
    const known = this.#selected.get(by) ?? new Map();
    this.#selected.set(by, known);
    return known;
  }

  #overlay<Name extends TableName>(table: Name): Map<string, Rows[Name] | null> | undefined {
    return this.#written.get(table) as Map<string, Rows[Name] | null> | undefined;
  }

  #writable<Name extends TableName>(table: Name): Map<string, Rows[Name] | null> {
    const rows = this.#overlay(table) ?? new Map<string, Rows[Name] | null>();
    this.#written.set(table, rows as Map<string, unknown>);
    return rows;
  }
}
