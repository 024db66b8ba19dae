import type { ModelSession } from '../generated/index.ts';
import type { EventQuery, StoredEvent } from '../recorder/index.ts';
import { eventQuery } from './inputs.ts';
import { parse } from './parse.ts';
import { sessionRecord } from './records.ts';
import { openSqliteStore } from './store/sqlite.ts';

/** A session with what it has used so far. */
export type SessionSummary = ModelSession & {
  blocked_on: string | null;
  total_tokens: number;
  total_cost_usd: number | null;
};

export interface SessionLog extends AsyncDisposable {
  readEvents(query?: EventQuery): AsyncIterable<StoredEvent>;
  /** In the order of their creation, so that children come in the order of their spawn. */
  sessions(): Promise<SessionSummary[]>;
}

/** Looks into the database of an engine, running or not, and changes nothing. */
export async function openReadOnly(path: string): Promise<SessionLog> {
  const store = await openSqliteStore(path, { readOnly: true });
  return {
    async *readEvents(query = {}) {
      yield* store.readEvents(parse<EventQuery>(eventQuery, query, 'query'));
    },
    sessions: () =>
      store.read((view) =>
        view.sessionIds().map((id) => {
          const row = view.get('session', id)!;
          const { blocked_on, total_tokens, total_cost_usd } = row;
          return { ...sessionRecord(row), blocked_on, total_tokens, total_cost_usd };
        }),
      ),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
