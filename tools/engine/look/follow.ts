import type { EventQuery, Gap, StoredEvent } from '../../recorder/index.ts';
import type { Clock } from '../ports.ts';
import type { Store } from '../store/store.ts';

/** Often enough that a person sees no delay; a look at what has not changed costs some microseconds. */
const PAUSE_MS = 75;

export interface Following {
  signal: AbortSignal;
  clock: Clock;
  /** Throws once there is nothing to follow any more. */
  check(): void;
  /** Hears of records whose body is no event. */
  skipped?: ((gap: Gap) => void) | undefined;
}

/**
 * What a query finds, and then what any other process adds to it, in order and each once. Ends when its signal aborts,
 * when `limit` events have been told, or when no further event can stand before `before_seq`.
 */
export async function* follow(
  store: Store,
  query: EventQuery,
  { signal, clock, check, skipped }: Following,
): AsyncGenerator<StoredEvent> {
  const { last, before_seq = Number.MAX_SAFE_INTEGER, ...rest } = query;
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  let at = query.after_seq ?? 0;
  for (let first = true; left > 0; first = false) {
    store.changedElsewhere(); // asked before looking: what is committed after the look is told by the next
    const head = await newest(store, at);
    const ask = { ...rest, after_seq: at, before_seq: Math.min(head + 1, before_seq) };
    // Commits have one order, so nothing comes into the places up to the head any more.
    if (head > at)
      for await (const stored of store.readEvents(
        first && last !== undefined ? { ...ask, last } : ask,
        skipped,
      )) {
        if (signal.aborted) return;
        left -= 1;
        yield stored;
        if (left <= 0) return;
      }
    at = Math.max(at, head);
    if (at + 1 >= before_seq) return;
    do {
      check();
      if (!(await pause(clock, signal))) return;
    } while (!store.changedElsewhere());
  }
}

async function newest(store: Store, after_seq: number): Promise<number> {
  for await (const { seq } of store.readEvents({ last: 1, after_seq })) return seq;
  return after_seq;
}

/** False once nobody waits any more. */
async function pause(clock: Clock, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(PAUSE_MS, signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
