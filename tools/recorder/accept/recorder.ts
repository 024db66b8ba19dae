import type { FlightRecorderEvent } from '../../generated/index.ts';
import type { Gap } from '../chain/gap.ts';
import type { EventQuery, StoredEvent } from '../query/query.ts';
import { type Appendable, checkBatch, storeAll } from './batch.ts';
import { checkEvent } from './check.ts';
import { databaseError, invalid, RecorderError } from './errors.ts';
import { eventClasses } from './event-class.ts';
import { createOffers, type Losses } from './offers.ts';

export interface EventLog extends Appendable {
  /** `skipped` hears of records that are passed over because their body is no event. */
  readEvents(query: EventQuery, skipped?: (gap: Gap) => void): AsyncIterable<StoredEvent>;
}

/** The ingestion contract (11.5.1). Every failure is a RecorderError, and the log is then as it was. */
export interface Recorder extends AsyncDisposable {
  /** Validates, then stores. The same event twice is stored once; its id with another content is refused. */
  accept(event: unknown): Promise<FlightRecorderEvent>;
  /**
   * The same for many events in one commit: all of them or none. Those that are stored already are left as they are;
   * `index` of the error is the place of the event that was refused.
   */
  acceptAll(events: readonly unknown[]): Promise<FlightRecorderEvent[]>;
  /**
   * For an event of class `best_effort` (D-65): checked at once, stored soon, and counted by `losses` if it cannot be.
   * Throws only for an event that is invalid or required.
   */
  offer(event: unknown): void;
  /** How many offered events were lost since the recorder was opened. */
  losses(): Losses;
  query(query?: EventQuery): AsyncIterable<StoredEvent>;
}

export interface OfferOptions {
  /** How many offered events may wait for the store; default 10,000. */
  max_offered?: number;
}

export function createRecorder(log: EventLog, { max_offered = 10_000 }: OfferOptions = {}): Recorder {
  let closed = false;
  const offers = createOffers((events) => storeAll(log, events), max_offered);
  const store = async (events: readonly FlightRecorderEvent[]): Promise<void> => {
    if (closed) throw new RecorderError('HSK-500-DB', 'the recorder is closed');
    await storeAll(log, events);
  };
  return {
    async accept(input) {
      const event = checkEvent(input);
      await store([event]);
      return event;
    },
    async acceptAll(inputs) {
      try {
        const events = checkBatch(inputs);
        await store(events);
        return events;
      } catch (error) {
        throw withPlace(error);
      }
    },
    offer(input) {
      const event = checkEvent(input);
      if (eventClasses[event.fr_event_id] === 'required')
        throw invalid(`${event.fr_event_id} is required evidence (D-65): accept it instead of offering it`);
      offers.add(event);
    },
    losses: offers.losses,
    async *query(query = {}) {
      try {
        yield* log.readEvents(query);
      } catch (error) {
        throw databaseError(error);
      }
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await offers.close();
    },
  };
}

/** In a batch the words have to say which event they are about, too. */
function withPlace(error: unknown): unknown {
  if (!(error instanceof RecorderError) || error.index === undefined) return error;
  const { code, index, cause, message } = error;
  return new RecorderError(code, `events[${index}]: ${message}`, { cause, index });
}
