import type { SpanRow } from '../kernel/index.ts';
import type { EventQuery, StoredEvent } from '../recorder/index.ts';
import { eventQuery } from './inputs.ts';
import { detailOf, type SessionDetail } from './look/detail.ts';
import { type Interrupted, interrupted, type RunningIn, running } from './look/interrupted.ts';
import { type SessionSummary, summaries } from './look/summary.ts';
import { parse } from './parse.ts';
import { openSqliteStore } from './store/sqlite.ts';

export interface SessionLog extends AsyncDisposable {
  readEvents(query?: EventQuery): AsyncIterable<StoredEvent>;
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
  /** How far everything is, cheap enough to be asked again and again. */
  progress(): Promise<Progress>;
}

export interface Progress {
  /** How many sessions are in each state that one is in. */
  states: Record<string, number>;
  total_tokens: number;
}

const SESSIONS_AT_ONCE = 64;

/** Looks into the database of an engine, running or not, and changes nothing. */
export async function openReadOnly(path: string): Promise<SessionLog> {
  const store = await openSqliteStore(path, { readOnly: true });
  return {
    async *readEvents(query = {}) {
      yield* store.readEvents(parse<EventQuery>(eventQuery, query, 'query'));
    },
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
