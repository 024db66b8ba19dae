// Events that nobody waits for: stored in the order in which they were offered, or counted as lost.
import type { FlightRecorderEvent } from '../../generated/index.ts';
import { RecorderError } from './errors.ts';

/** What became of offered events that are not in the log. */
export interface Losses {
  lost: number;
  /** Why the last of them was lost; null = none was. */
  last_reason: string | null;
}

export interface Offers {
  /** Never throws and never waits. */
  add(event: FlightRecorderEvent): void;
  losses(): Losses;
  /** Resolves when all that was offered is stored or counted; what comes later is lost. */
  close(): Promise<void>;
}

/** One commit syncs so many events; more would hold up other writers. */
const BATCH = 512;

export function createOffers(
  store: (events: readonly FlightRecorderEvent[]) => Promise<void>,
  limit: number,
): Offers {
  const waiting: FlightRecorderEvent[] = [];
  const losses: Losses = { lost: 0, last_reason: null };
  let storing = 0;
  let running: Promise<void> | null = null;
  let closed = false;

  const lose = (count: number, reason: string): void => {
    losses.lost += count;
    losses.last_reason = reason;
  };

  /** An event that another one stands in the way of is lost alone; when the store fails, the batch is. */
  const keep = async (batch: FlightRecorderEvent[]): Promise<void> => {
    while (batch.length > 0) {
      storing = batch.length;
      try {
        return await store(batch);
      } catch (error) {
        const index = error instanceof RecorderError ? error.index : undefined;
        const reason = error instanceof Error ? error.message : String(error);
        if (index === undefined) return lose(batch.length, reason);
        lose(1, reason);
        batch.splice(index, 1);
      }
    }
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      await keep(waiting.splice(0, BATCH));
      storing = 0;
    }
    running = null;
  };

  return {
    add(event) {
      if (closed) return lose(1, 'the recorder is closed');
      if (waiting.length + storing >= limit) return lose(1, `${limit} offered events wait already`);
      waiting.push(event);
      // Not at once: what is offered together goes into one commit.
      running ??= Promise.resolve().then(drain);
    },
    losses: () => ({ ...losses }),
    async close() {
      closed = true;
      while (running) await running;
    },
  };
}
