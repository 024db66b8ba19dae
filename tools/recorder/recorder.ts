import type { FlightRecorderEvent } from '../generated/index.ts';
import { canonicalJson } from '../text/index.ts';
import { checkEvent } from './check.ts';
import { invalid, RecorderError } from './errors.ts';
import type { EventQuery, StoredEvent } from './query.ts';

/** What a recorder needs of a store: appending is atomic, and an id that is known appends nothing. */
export interface EventLog {
  appendEvents(events: readonly FlightRecorderEvent[]): Promise<void>;
  findEvent(event_id: string): Promise<FlightRecorderEvent | undefined>;
  readEvents(query: EventQuery): AsyncIterable<StoredEvent>;
}

export interface Recorder {
  /** Validates, then stores. The same event twice is stored once; its id with another content is refused. */
  accept(event: unknown): Promise<FlightRecorderEvent>;
  query(query?: EventQuery): AsyncIterable<StoredEvent>;
}

export function createRecorder(log: EventLog): Recorder {
  return {
    async accept(input) {
      const event = checkEvent(input);
      const known = await database(() => log.findEvent(event.event_id));
      if (known) {
        if (canonicalJson(known) === canonicalJson(event)) return known;
        throw invalid(`event_id ${event.event_id} is recorded with another content`);
      }
      await database(() => log.appendEvents([event]));
      return event;
    },
    query: (query = {}) => log.readEvents(query),
  };
}

async function database<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new RecorderError('HSK-500-DB', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}
