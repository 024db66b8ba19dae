import { type EventDefinition, events, type FlightRecorderEvent } from '../../generated/index.ts';
import { canonicalJson, redact } from '../../text/index.ts';
import { correlationFault } from './correlation.ts';
import { invalid, RecorderError, shown } from './errors.ts';
import { misfit } from './fit.ts';
import { hollow, inlineContent } from './inline.ts';
import { judgeOf, suspect, suspects } from './judge.ts';
import { storedText } from './stored-text.ts';

/** In lower case alone: two spellings of one id would be two events (F11). */
const version7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** The registry entry of an id; ids that are not registered, in any spelling, have none. */
export function definitionOf(fr_event_id: unknown): EventDefinition | undefined {
  if (typeof fr_event_id !== 'string' || !Object.hasOwn(events, fr_event_id)) return undefined;
  return events[fr_event_id as keyof typeof events];
}

/**
 * Checks one event against its shape, the correlation rule and the redaction rules, and returns it as it may be
 * stored. Throws RecorderError HSK-400-INVALID-EVENT; the caller has stored nothing yet.
 */
export function checkEvent(input: unknown): FlightRecorderEvent {
  try {
    const before = suspects();
    const event = rightEvent(input);
    return suspects() === before ? event : redact(event, storedText);
  } catch (error) {
    if (error instanceof RecorderError) throw error;
    // A getter or a proxy that throws, or a value that JSON does not know
    throw invalid('an event is one JSON object, and this one cannot be read', { cause: error });
  }
}

function rightEvent(input: unknown): FlightRecorderEvent {
  if (input === null || typeof input !== 'object' || Array.isArray(input))
    throw invalid('an event is one JSON object');
  const candidate = withoutAlias(input as Record<string, unknown>);
  const definition = definitionOf(candidate.fr_event_id);
  if (!definition) throw invalid(`unknown event id ${shown(candidate.fr_event_id)}`);
  const event = shaped(definition, candidate);
  if (!version7.test(event.event_id))
    throw invalid(
      `${definition.fr_event_id} event_id: ${event.event_id} is no UUID of version 7 in lower case (D-46)`,
    );
  const fault = correlationFault(definition, event);
  if (fault) throw invalid(`${definition.fr_event_id}: ${fault}`);
  return event;
}

/** The event as its schema wants it, its keys in canonical order: what JSON.stringify writes of it is RFC 8785. */
function shaped(definition: EventDefinition, candidate: Record<string, unknown>): FlightRecorderEvent {
  const fitted = judgeOf(definition)(candidate);
  if (fitted !== misfit) return fitted as FlightRecorderEvent;
  suspect();
  const inline = inlineContent(candidate.payload);
  if (inline) throw invalid(`${definition.fr_event_id} holds content inline at ${inline}`);
  const hole = hollow(candidate);
  if (hole !== null) throw invalid(`${definition.fr_event_id} ${hole}: an array with holes`);
  const parsed = definition.schema.safeParse(candidate);
  if (parsed.success) return JSON.parse(canonicalJson(parsed.data)) as FlightRecorderEvent;
  const issue = parsed.error.issues[0]!;
  throw invalid(`${definition.fr_event_id} ${issue.path.join('.') || 'event'}: ${issue.message}`);
}

/** `event_type` is accepted on input where it says the same as `type`, or stands in its place (D-46). */
function withoutAlias(input: Record<string, unknown>): Record<string, unknown> {
  if (!Object.hasOwn(input, 'event_type')) return input;
  const { event_type, ...event } = input;
  if (event.type === undefined) event.type = event_type;
  if (event.type !== event_type)
    throw invalid(`event_type ${shown(event_type)} differs from type ${shown(event.type)}`);
  return event;
}
