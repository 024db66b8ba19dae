// Many events at once: all of them are stored in one commit, or none is.
import type { FlightRecorderEvent } from '../../generated/index.ts';
import { checkEvent } from './check.ts';
import { databaseError, inBatch, invalid, RecorderError } from './errors.ts';

/** What a recorder needs of a store: appending is atomic, and an id that is known appends nothing. */
export interface Appendable {
  appendEvents(events: readonly FlightRecorderEvent[]): Promise<void>;
  findEvent(event_id: string): Promise<FlightRecorderEvent | undefined>;
}

/** Every event as it may be stored; throws at the first that may not, and names its place. */
export function checkBatch(inputs: readonly unknown[]): FlightRecorderEvent[] {
  if (!Array.isArray(inputs)) throw invalid('a batch is a list of events');
  // Not map(): it would leave out the holes of a list.
  return Array.from(inputs, (input, index) => {
    try {
      return checkEvent(input);
    } catch (error) {
      throw error instanceof RecorderError ? inBatch(error, index) : error;
    }
  });
}

/**
 * Stores the events that are not stored yet. Nothing is looked up beforehand: that an id is known shows when the
 * store refuses it, and only then each is looked at.
 */
export async function storeAll(log: Appendable, events: readonly FlightRecorderEvent[]): Promise<void> {
  if (events.length === 0) return;
  let rest = once(events);
  for (;;) {
    try {
      return await log.appendEvents(rest);
    } catch (error) {
      const unknown = await unknownOf(log, rest, events, error);
      if (unknown.length === rest.length) throw databaseError(error); // not their ids, but the store
      // Also with none left: a store that is gone must not answer for what it once held.
      rest = unknown;
    }
  }
}

/** Each id once; the same id with two contents is an error of the batch. */
function once(events: readonly FlightRecorderEvent[]): readonly FlightRecorderEvent[] {
  if (events.length === 1) return events;
  const byId = new Map<string, FlightRecorderEvent>();
  events.forEach((event, index) => {
    const first = byId.get(event.event_id);
    if (first && !isSame(first, event))
      throw inBatch(invalid(`event_id ${event.event_id} comes twice, with two contents`), index);
    byId.set(event.event_id, event);
  });
  return byId.size === events.length ? events : [...byId.values()];
}

async function unknownOf(
  log: Appendable,
  rest: readonly FlightRecorderEvent[],
  events: readonly FlightRecorderEvent[],
  failure: unknown,
): Promise<FlightRecorderEvent[]> {
  const unknown: FlightRecorderEvent[] = [];
  for (const event of rest) {
    const known = await log.findEvent(event.event_id).catch(() => {
      throw databaseError(failure); // a store that cannot be read either: what it said first is what happened
    });
    if (!known) unknown.push(event);
    else if (!isSame(known, event)) throw conflict(event, events);
  }
  return unknown;
}

function conflict(event: FlightRecorderEvent, events: readonly FlightRecorderEvent[]): RecorderError {
  const error = invalid(`event_id ${event.event_id} is recorded with another content`);
  return inBatch(error, events.indexOf(event));
}

/** Checked events have their keys in canonical order, so their JSON is what is stored and hashed. */
const isSame = (one: FlightRecorderEvent, other: FlightRecorderEvent): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
