import type { SpanRow } from '../kernel/index.ts';
import type { EventQuery, Gap, StoredEvent } from '../recorder/index.ts';
import type { CallOptions } from './api.ts';
import { type LogProof, type ProveLog, verifyWithArchives } from './archive/prove.ts';
import { openGaps, readWithArchives } from './archive/read.ts';
import { callOptions, eventQuery, viewName, viewQuery } from './inputs.ts';
import { bindingsOf, type SpanBindings } from './look/bindings.ts';
import { detailOf, type SessionDetail } from './look/detail.ts';
import { follow } from './look/follow.ts';
import { type Interrupted, interrupted, type RunningIn, running } from './look/interrupted.ts';
import { type SessionSummary, summaries } from './look/summary.ts';
import { type Thread, threadsOf } from './look/threads.ts';
import {
  type Material,
  materialOf,
  readersTime,
  type ViewName,
  type ViewQuery,
  type Views,
  viewOf,
} from './look/views.ts';
import { parse } from './parse.ts';
import { type Clock, systemClock } from './ports.ts';
import { type Piece, pieceOf } from './store/artifact-piece.ts';
import { stillThere } from './store/same-file.ts';
import { openSqliteStore } from './store/sqlite.ts';

export interface SessionLog extends AsyncDisposable {
  /** `skipped` hears of records that are passed over because their body is no event. */
  readEvents(query?: EventQuery, skipped?: (gap: Gap) => void): AsyncIterable<StoredEvent>;
  /**
   * The same, and then what any other process commits: in order, none twice, none left out. With `last: N` it begins
   * with the newest N, with `last: 0` with what comes. Ends without an error when the signal aborts and when this log
   * is closed; throws `store_failed` when the file is deleted or replaced. `skipped` hears what {@link readEvents} tells.
   */
  follow(query?: EventQuery, options?: CallOptions, skipped?: (gap: Gap) => void): AsyncIterable<StoredEvent>;
  /**
   * Proves the log: every record follows from the one before it, and what stands beside it is true. The chain is followed
   * through the archives that are there; what nothing proves is told at its gap.
   */
  verify(options?: ProveLog): Promise<LogProof>;
  /** Records that are not in the log any more, in order, and why. */
  gaps(): Promise<Gap[]>;
  /** Every span, session by session, so that a database may have more of them than fit into memory. */
  spans(): AsyncIterable<SpanRow>;
  /** In the order of their creation, so that children come in the order of their spawn. */
  sessions(): Promise<SessionSummary[]>;
  /** Everything about one session, with the last `messages` of its thread; undefined if nobody has that id. */
  session(session_id: string, messages: number): Promise<SessionDetail | undefined>;
  /** Sessions that recovery has paused, and what of them was cut off. */
  interrupted(): Promise<Interrupted[]>;
  /** Runs that are under way, by process; whether that lives is not looked at. */
  running(): Promise<RunningIn[]>;
  /** The same as `Engine.view`; budgets are those that have warned, since a reader knows no others. */
  view<Name extends ViewName>(name: Name, query?: ViewQuery): Promise<Views[Name]>;
  /**
   * The rows that views are made of, for whoever makes several of the same: of what the query selects the newest whole
   * trees, with at most `most` sessions.
   */
  material(query: Omit<ViewQuery, 'limit' | 'after'>, most: number): Promise<Material>;
  /** The threads of these sessions, one after another, with their last `most` messages. */
  threads(session_ids: readonly string[], most: number): AsyncIterable<Thread>;
  /** The beginning of what is kept beside the database under that id, `most` bytes; undefined if nothing is. */
  artifact(artifact_id: string, most: number): Promise<Piece | undefined>;
  spanBindings(session_id: string): Promise<SpanBindings | undefined>;
  /** How far everything is, cheap enough to be asked again and again. */
  progress(): Promise<Progress>;
}

export interface Progress {
  /** How many sessions are in each state that one is in. */
  states: Record<string, number>;
  total_tokens: number;
}

const SESSIONS_AT_ONCE = 64;
export interface ReadOnlyOptions {
  clock?: Clock;
  /** Reads archives too: `readEvents` finds what is in them, and `gaps` tells only what they do not fill. */
  archived?: boolean;
}

/** Looks into the database of an engine, running or not, and changes nothing. */
export async function openReadOnly(
  path: string,
  { clock = systemClock, archived = false }: ReadOnlyOptions = {},
): Promise<SessionLog> {
  const check = stillThere(path, 'follow it anew');
  const store = await openSqliteStore(path, { readOnly: true });
  const closing = new AbortController();
  return {
    async *readEvents(query = {}, skipped) {
      const asked = parse<EventQuery>(eventQuery, query, 'query');
      yield* archived ? readWithArchives(store, path, asked, skipped) : store.readEvents(asked, skipped);
    },
    async *follow(query = {}, options, skipped) {
      const asked = parse<EventQuery>(eventQuery, query, 'query');
      const { signal } = parse<CallOptions | undefined>(callOptions, options, 'options') ?? {};
      const ends = AbortSignal.any(signal ? [signal, closing.signal] : [closing.signal]);
      try {
        yield* follow(store, asked, { signal: ends, clock, check, skipped });
      } catch (error) {
        if (!closing.signal.aborted) throw error; // a look into what is closed
      }
    },
    verify: (options) => verifyWithArchives(store, path, options),
    gaps: () => (archived ? openGaps(store, path) : store.gaps()),
    async *spans() {
      const ids = await store.read((view) => view.sessionIds());
      for (let at = 0; at < ids.length; at += SESSIONS_AT_ONCE) {
        const some = ids.slice(at, at + SESSIONS_AT_ONCE);
        yield* await store.read((view) => some.flatMap((id) => view.select('span', 'session', id)));
      }
    },
    sessions: () => store.read(summaries),
    session: (session_id, messages) => store.read((view) => detailOf(view, session_id, messages)),
    interrupted: () => store.read(interrupted),
    running: () => store.read(running),
    async view(name, query = {}) {
      const wanted = parse<ViewQuery>(viewQuery, query, 'query');
      return viewOf(store, parse<typeof name>(viewName, name, 'view'), wanted, {
        now: (view) => readersTime(view, clock.now),
      });
    },
    async material(query, most) {
      const wanted = parse<ViewQuery>(viewQuery, query, 'query');
      return store.read((view) => materialOf(view, wanted, most, readersTime(view, clock.now)));
    },
    async *threads(session_ids, most) {
      for (let at = 0; at < session_ids.length; at += SESSIONS_AT_ONCE) {
        const some = session_ids.slice(at, at + SESSIONS_AT_ONCE);
        yield* await store.read((view) => threadsOf(view, some, most));
      }
    },
    artifact: async (artifact_id, most) => pieceOf(`${path}.artifacts`, artifact_id, most),
    spanBindings: (session_id) => store.read((view) => bindingsOf(view, session_id)),
    progress: () =>
      store.read((view) => {
        const progress: Progress = { states: {}, total_tokens: 0 };
        for (const { state, total_tokens } of view.all('session')) {
          progress.states[state] = (progress.states[state] ?? 0) + 1;
          progress.total_tokens += total_tokens;
        }
        return progress;
      }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await store[Symbol.asyncDispose]();
    },
  };
}
