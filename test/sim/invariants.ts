/**
 * Every invariant of the engine (engine.md 5.3), over any store: what is stored, the rules, and the log.
 *
 * `faults` counts everything from scratch; it returns one line per broken invariant, none if all is well.
 * `Watch` does the same after every step: it looks at what the step touched, and at the parents and trees of that.
 */
import type { Reading } from '../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type { Change, Rules, SessionRow } from '../../tools/kernel/index.ts';
import { Checkpoints } from './checkpoint-faults.ts';
import { historyFaults, totalFaults } from './history-faults.ts';
import { Replay, type Told } from './replay.ts';
import { bucketFaults, permitFaults } from './scheduler-faults.ts';
import { letterFaults, noticeFaults, sessionFaults } from './session-faults.ts';

export interface Stored {
  /** Of the store: `await store.read((view) => faults({ view, ... }))`. */
  view: Reading;
  rules: Rules;
  /** The whole log, in its order. */
  log: readonly FlightRecorderEvent[];
}

/** What is wrong with a store and its log; empty if nothing is. */
export function faults({ view, rules, log }: Stored): string[] {
  const found: string[] = [];
  const report = (rule: string, message: string): void => void found.push(`${rule}: ${message}`);
  const replay = new Replay(report);
  for (const event of log) replay.read(event);
  replay.rest();
  const look = { view, rules, report };
  const ids = view.sessionIds();
  const rows = ids.map((id) => view.get('session', id)).filter((row): row is SessionRow => row !== undefined);
  for (const row of rows) {
    const told = replay.sessions.get(row.session_id);
    sessionFaults(look, row, told);
    historyFaults(look, row, told);
  }
  const stored = new Set(ids);
  for (const id of replay.sessions.keys())
    if (!stored.has(id)) report('replay', `events tell of ${id}, which is not stored`);
  permitFaults(look);
  totalFaults(look, rows);
  for (const provider of new Set(rows.map((row) => row.provider))) {
    const bucket = view.get('bucket', provider);
    const fault = bucket && bucketFaults(rules, bucket);
    if (fault) report('rates', fault);
  }
  return found;
}

/** Permits, processes, and what a receipt that is used up has covered: no other row ever goes. */
const goes: ReadonlySet<Change['table']> = new Set(['call', 'boot', 'coverage']);

interface Known {
  cursor: number;
  terminal: string | null;
  run_epoch: number;
}

/** One step as a store has applied it. */
export interface Applied {
  changes: readonly Change[];
  events: readonly FlightRecorderEvent[];
  artifacts: readonly { artifact_id: string; text: string }[];
}

/** Follows a store step by step. */
export class Watch {
  readonly #view: Reading;
  readonly #rules: Rules;
  readonly #known = new Map<string, Known>();
  readonly #costs = new Map<string, number>();
  readonly #replay: Replay;
  readonly #checkpoints: Checkpoints;
  #found: string[] = [];

  constructor(view: Reading, rules: Rules) {
    this.#view = view;
    this.#rules = rules;
    this.#replay = new Replay((rule, message) => this.#report(rule, message));
    this.#checkpoints = new Checkpoints(view, (rule, message) => this.#report(rule, message));
  }

  /** What the events so far have told, for whoever wants to compare it. */
  get told(): ReadonlyMap<string, Told> {
    return this.#replay.sessions;
  }

  /** What this step has broken. */
  step({ changes, events, artifacts }: Applied): string[] {
    this.#found = [];
    for (const event of events) this.#replay.read(event);
    this.#checkpoints.read(artifacts, this.#replay.sessions);
    this.#replay.rest();
    const touched = new Set<string>();
    let calls = false;
    for (const change of changes) {
      calls ||= change.table === 'call';
      this.#change(change, touched);
    }
    this.#booked(changes);
    this.#cascades(changes, events);
    const look = { view: this.#view, rules: this.#rules, report: this.#report };
    for (const id of this.#around(touched)) {
      const row = this.#view.get('session', id);
      if (row) sessionFaults(look, row, this.#replay.sessions.get(id));
      if (row) this.#checkpoints.row(row);
      if (row && this.#remember(row)) this.#below(row);
    }
    if (calls) permitFaults(look);
    return this.#found;
  }

  readonly #report = (rule: string, message: string): void => {
    this.#found.push(`${rule}: ${message}`);
  };

  /** A session, and whoever counts it or waits beside it. */
  #around(touched: ReadonlySet<string>): Set<string> {
    const all = new Set(touched);
    for (const id of touched) {
      const parent = this.#view.get('session', id)?.parent_session_id;
      if (parent) all.add(parent);
    }
    return all;
  }

  #change(change: Change, touched: Set<string>): void {
    const { row } = change;
    if (row === null) {
      if (!goes.has(change.table)) this.#report('rows', `the ${change.table} ${change.key} was deleted`);
      return;
    }
    switch (change.table) {
      case 'session':
      case 'job':
      case 'span':
      case 'message':
        touched.add(change.row!.session_id);
        return;
      case 'mailbox':
        touched.add(change.row!.to_session_id);
        touched.add(change.row!.from_session_id);
        letterFaults(this.#report, change.row!);
        noticeFaults(this.#report, this.#view, change.row!);
        return;
      case 'bucket': {
        const fault = bucketFaults(this.#rules, change.row!);
        if (fault) this.#report('rates', fault);
        return;
      }
      case 'tree': {
        const { descendants, root_session_id } = change.row!;
        if (descendants > this.#rules.limits.max_descendants_lifetime)
          this.#report('budget', `the tree ${root_session_id} has had ${descendants} descendants`);
        return;
      }
      default:
    }
  }

  /** What a step added to attempts it added to their jobs, sessions and packets (engine.md 3.3). */
  #booked(changes: readonly Change[]): void {
    const added = { attempt: 0, job: 0, session: 0, packet: 0, bound: 0 };
    const grown = (key: string, total: number): number => {
      const before = this.#costs.get(key) ?? 0;
      if (total !== before) this.#costs.set(key, total);
      return total - before;
    };
    for (const { table, key, row } of changes) {
      if (row === null) continue;
      if (table === 'job') added.job += grown(`job ${key}`, row.tokens);
      else if (table === 'packet') added.packet += grown(`packet ${key}`, row.total_tokens);
      else if (table === 'span' && row.kind === 'attempt')
        added.attempt += grown(`span ${key}`, row.token_count ?? 0);
      else if (table === 'session') {
        const tokens = grown(`session ${key}`, row.total_tokens);
        added.session += tokens;
        if (row.wp_id !== null) added.bound += tokens;
      }
    }
    const { attempt, job, session, packet, bound } = added;
    if (attempt !== job || job !== session || packet !== bound)
      this.#report(
        'costs',
        `attempts ${attempt}, jobs ${job}, sessions ${session}; packets ${packet} of ${bound}`,
      );
  }

  /** The record of a cancellation says what its events say. */
  #cascades(changes: readonly Change[], events: readonly FlightRecorderEvent[]): void {
    for (const change of changes) {
      if (change.table !== 'operation' || change.row === null) continue;
      const { root_session_id: root, cancelled_session_ids: ids } = change.row;
      const listed = events.flatMap((event) =>
        event.fr_event_id === 'FR-EVT-SESS-SPAWN-005' && event.payload.root_session_id === root
          ? event.payload.cancelled_session_ids
          : [],
      );
      if (listed.join() !== ids.join())
        this.#report('cascade', `the record of ${root} lists ${ids.length}, its events ${listed.length}`);
    }
  }

  /** Compares a row with what it was; true if the session has just been cancelled or failed. */
  #remember(row: SessionRow): boolean {
    const id = row.session_id;
    const known = this.#known.get(id);
    const { inbox_cursor: cursor, terminal, run_epoch } = row;
    this.#known.set(id, { cursor, terminal, run_epoch });
    const fell = terminal === 'CANCELLED' || terminal === 'FAILED';
    if (!known) return fell;
    if (cursor < known.cursor) this.#report('cursor', `${id} goes back from ${known.cursor} to ${cursor}`);
    if (run_epoch < known.run_epoch) this.#report('fencing', `the epoch of ${id} goes back to ${run_epoch}`);
    if (known.terminal !== null && known.terminal !== terminal)
      this.#report('terminal', `${id} was ${known.terminal} and is ${terminal}`);
    return fell && known.terminal === null;
  }

  /** Nobody lives below a session that was cancelled or failed, however deep (INV-SPAWN-004). */
  #below(root: SessionRow): void {
    const open = [root];
    for (let next = open.pop(); next; next = open.pop()) {
      for (const child of this.#view.select('session', 'parent', next.session_id)) {
        if (child.terminal === null)
          this.#report('cascade', `${child.session_id} is ${child.state} below ${root.session_id}`);
        open.push(child);
      }
    }
  }
}
