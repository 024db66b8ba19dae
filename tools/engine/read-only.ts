import type { EventQuery, StoredEvent } from '../recorder/index.ts';
import { eventQuery, viewName, viewQuery } from './inputs.ts';
import { bindingsOf, type SpanBindings } from './look/bindings.ts';
import { detailOf, type SessionDetail } from './look/detail.ts';
import { type Interrupted, interrupted, type RunningIn, running } from './look/interrupted.ts';
import { type SessionSummary, summaries } from './look/summary.ts';
import { readersTime, type ViewName, type ViewQuery, type Views, viewOf } from './look/views.ts';
import { parse } from './parse.ts';
import { type Clock, systemClock } from './ports.ts';
import { openSqliteStore } from './store/sqlite.ts';

export interface SessionLog extends AsyncDisposable {
  readEvents(query?: EventQuery): AsyncIterable<StoredEvent>;
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
  spanBindings(session_id: string): Promise<SpanBindings | undefined>;
  /** How far everything is, cheap enough to be asked again and again. */
  progress(): Promise<Progress>;
}

export interface Progress {
  /** How many sessions are in each state that one is in. */
  states: Record<string, number>;
  total_tokens: number;
}

/** Looks into the database of an engine, running or not, and changes nothing. */
export async function openReadOnly(
  path: string,
  { clock = systemClock }: { clock?: Pick<Clock, 'now'> } = {},
): Promise<SessionLog> {
  const store = await openSqliteStore(path, { readOnly: true });
  return {
    async *readEvents(query = {}) {
      yield* store.readEvents(parse<EventQuery>(eventQuery, query, 'query'));
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
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
