import type { FlightRecorderEvent } from '../../generated/index.ts';
import { canonicalJson } from '../../text/index.ts';
import type { Gap } from '../chain/gap.ts';
import type { EventQuery, StoredEvent } from '../query/query.ts';
import { checkEvent } from './check.ts';
import { invalid, RecorderError } from './errors.ts';

/** What a recorder needs of a store: appending is atomic, and an id that is known appends nothing. */
export interface EventLog {
  appendEvents(events: readonly FlightRecorderEvent[]): Promise<void>;
  findEvent(event_id: string): Promise<FlightRecorderEvent | undefined>;
  /** `skipped` hears of records that are passed over because their body is no event. */
  readEvents(query: EventQuery, skipped?: (gap: Gap) => void): AsyncIterable<StoredEvent>;
}

export interface Recorder {
  /** Validates, then stores. The same event twice is stored once; its id with another content is refused. */
  accept(event: unknown): Promise<FlightRecorderEvent>;
  query(query?: EventQuery): AsyncIterable<StoredEvent>;
}

export function createRecorder(log: EventLog): Recorder {
  const find = async (event: FlightRecorderEvent): Promise<FlightRecorderEvent | undefined> => {
    const known = await database(() => log.findEvent(event.event_id));
    if (known && canonicalJson(known) !== canonicalJson(event))
      throw invalid(`event_id ${event.event_id} is recorded with another content`);
    return known;
  };
  return {
    async accept(input) {
      const event = checkEvent(input);
      const stored = await find(event);
      if (stored) return stored;
      try {
        await database(() => log.appendEvents([event]));
      } catch (error) {
        const meanwhile = await find(event); // somebody else was storing it at the same time
        if (meanwhile) return meanwhile;
        throw error;
      }
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
