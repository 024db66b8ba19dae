import type { FlightRecorderEvent } from '../../generated/index.ts';
import { definitionOf } from '../accept/check.ts';
import { namedSessions } from '../accept/correlation.ts';

/** What stands beside a body to find it by: never more than the body says. */
export interface Beside {
  event_id: string;
  model_session_id: string | null;
  fr_event_id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Sessions that the payload names; null = of an event that this version does not know, so it cannot tell. */
  names: readonly string[] | null;
}

/** A record as it is stored. */
export interface ChainRecord {
  seq: number;
  body: string;
  hash: string;
  /** What the body says: {@link readBody}. */
  says: Beside | null;
  /** What is stored beside it: `says` itself where that was found to be the same; null = nothing is, as in an archive. */
  beside: Beside | null;
}

/** Whether this version knows the event; a later one may have written it, or an import. */
export const isKnown = (event: FlightRecorderEvent): boolean => definitionOf(event.fr_event_id) !== undefined;

export function besideOf(event: FlightRecorderEvent, at = Date.parse(event.timestamp)): Beside {
  const { event_id, model_session_id, fr_event_id } = event;
  return {
    event_id,
    model_session_id: typeof model_session_id === 'string' ? model_session_id : null,
    fr_event_id,
    at,
    names: isKnown(event) ? namedSessions(event) : null,
  };
}

/** The event that a body is; null if it is none: no JSON, or nothing that has an id, a kind and a time. */
export const readEvent = (body: string): FlightRecorderEvent | null => read(body)?.event ?? null;

function read(body: string): { event: FlightRecorderEvent; at: number } | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object') return null;
  const { event_id, fr_event_id, timestamp } = value as Record<string, unknown>;
  if (typeof event_id !== 'string' || typeof fr_event_id !== 'string') return null;
  const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(at) ? null : { event: value as FlightRecorderEvent, at };
}

/** What a body says of itself; null if it is no event. */
export function readBody(body: string): Beside | null {
  const found = read(body);
  return found && besideOf(found.event, found.at);
}
