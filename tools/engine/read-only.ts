import type { ChainReport, EventQuery, Gap, StoredEvent } from '../recorder/index.ts';
import { eventQuery } from './inputs.ts';
import { detailOf, type SessionDetail } from './look/detail.ts';
import { type Interrupted, interrupted, type RunningIn, running } from './look/interrupted.ts';
import { type SessionSummary, summaries } from './look/summary.ts';
import { parse } from './parse.ts';
import { openSqliteStore } from './store/sqlite.ts';
import type { VerifyLog } from './store/store.ts';

export interface SessionLog extends AsyncDisposable {
  /** `skipped` hears of records that are passed over because their body is no event. */
  readEvents(query?: EventQuery, skipped?: (gap: Gap) => void): AsyncIterable<StoredEvent>;
  /** Proves the log: every record follows from the one before it, and what stands beside it is true. */
  verify(options?: VerifyLog): Promise<ChainReport>;
  /** Records that are not in the log any more, in order, and why. */
  gaps(): Promise<Gap[]>;
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

/** Looks into the database of an engine, running or not, and changes nothing. */
export async function openReadOnly(path: string): Promise<SessionLog> {
  const store = await openSqliteStore(path, { readOnly: true });
  return {
    async *readEvents(query = {}, skipped) {
      yield* store.readEvents(parse<EventQuery>(eventQuery, query, 'query'), skipped);
    },
    verify: (options) => store.verify(options),
    gaps: () => store.gaps(),
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
