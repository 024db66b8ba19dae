import type { FlightRecorderEvent } from '../../generated/index.ts';
import { definitionOf } from '../accept/check.ts';
import { namedSessions } from '../accept/correlation.ts';

/** What to look for; every condition given has to hold. */
export interface EventQuery {
  /** Events of this session, and events of others whose payload names it. */
  model_session_id?: string;
  /** A type string or FR-EVT id. */
  type?: string;
  /** The longest prefix before the number: `FR-EVT-SESS-SPAWN`. */
  family?: string;
  /** Events of sessions that have this role. */
  role?: string;
  wp_id?: string;
  trace_id?: string;
  /** RFC 3339; from inclusive, to exclusive. */
  from?: string;
  to?: string;
  /** Only events after this place in the store's order. */
  after_seq?: number;
  limit?: number;
}

/** An event with the place that the store gave it; `seq` orders everything (D-47). */
export interface StoredEvent {
  seq: number;
  event: FlightRecorderEvent;
  /** Of a kind that this version does not know: a later one wrote it, or an import. It may have any shape. */
  unknown?: true;
}

export type RoleOf = (session_id: string) => string | undefined;

/** Whether an event answers a query; `limit` and `after_seq` are the reader's business. */
export function matches(event: FlightRecorderEvent, query: EventQuery, roleOf: RoleOf): boolean {
  const session = event.model_session_id;
  if (query.model_session_id !== undefined && session !== query.model_session_id) {
    if (!namedSessions(event).includes(query.model_session_id)) return false;
  }
  if (query.type !== undefined && event.type !== query.type && event.fr_event_id !== query.type) return false;
  if (query.family !== undefined && definitionOf(event.fr_event_id)?.family !== query.family) return false;
  if (query.wp_id !== undefined && event.wp_id !== query.wp_id) return false;
  if (query.trace_id !== undefined && event.trace_id !== query.trace_id) return false;
  if (query.from !== undefined && Date.parse(event.timestamp) < Date.parse(query.from)) return false;
  if (query.to !== undefined && Date.parse(event.timestamp) >= Date.parse(query.to)) return false;
  return query.role === undefined || (session !== undefined && roleOf(session) === query.role);
}
