import type { EventDefinition, FlightRecorderEvent } from '../../generated/index.ts';

/** The rule that an event breaks, in words; null = it correlates (D-48). */
export function correlationFault(definition: EventDefinition, event: FlightRecorderEvent): string | null {
  const payload = event.payload as unknown as Record<string, unknown>;
  if (definition.correlation) {
    const { field } = definition.correlation;
    if (event.model_session_id === undefined) return `missing model_session_id (expected payload.${field})`;
    if (event.model_session_id !== payload[field]) {
      return `model_session_id ${event.model_session_id} differs from payload.${field} ${String(payload[field])}`;
    }
  }
  if (event.fr_event_id === 'FR-EVT-007' && event.payload.actor.kind !== event.actor) {
    return `payload.actor.kind ${event.payload.actor.kind} differs from actor ${event.actor} (D-50)`;
  }
  return null;
}

const naming = ['session_id', 'requester_session_id', 'child_session_id', 'root_session_id'] as const;

/**
 * Sessions that the payload names besides the one the event belongs to: a query for them finds it too (D-32). Stored
 * events of a later version, or of an import, may have any payload at all.
 */
export function namedSessions(event: FlightRecorderEvent): string[] {
  const payload: unknown = event.payload;
  if (payload === null || typeof payload !== 'object') return [];
  const fields = payload as Record<string, unknown>;
  const own = event.model_session_id;
  const named: string[] = [];
  for (const field of naming) {
    const id = fields[field];
    if (typeof id === 'string' && id !== own && !named.includes(id)) named.push(id);
  }
  // The thread of a letter is its requester's (D-59); the envelope is its child's.
  if (event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001') return distinct([...named, fields.thread_id], own);
  if (event.fr_event_id !== 'FR-EVT-SESS-SPAWN-005') return named;
  const { cancelled_session_ids: cancelled } = fields;
  return Array.isArray(cancelled) ? distinct([...named, ...cancelled], own) : named;
}

/** Of any length: a cascade names thousands. */
function distinct(ids: readonly unknown[], own: string | undefined): string[] {
  const all = new Set(ids);
  all.delete(own);
  return [...all].filter((id) => typeof id === 'string');
}
