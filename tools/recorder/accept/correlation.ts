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

/** Sessions that the payload names besides the one the event belongs to: a query for them finds it too (D-32). */
export function namedSessions(event: FlightRecorderEvent): string[] {
  const payload = event.payload as unknown as Record<string, unknown>;
  const own = event.model_session_id;
  const named: string[] = [];
  for (const field of naming) {
    const id = payload[field];
    if (typeof id === 'string' && id !== own && !named.includes(id)) named.push(id);
  }
  if (event.fr_event_id !== 'FR-EVT-SESS-SPAWN-005') return named;
  // Of any length, so a set keeps each once.
  const all = new Set([...named, ...event.payload.cancelled_session_ids]);
  if (own !== undefined) all.delete(own);
  return [...all];
}
