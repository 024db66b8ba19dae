// One change to a recorded log, as a value: what a fault of its writer would have left in it.
import type { Event, Log, Recorded } from './recorded.ts';

type Id = Event['fr_event_id'];
type Of<Name extends Id> = Extract<Event, { fr_event_id: Name }>;
type Where<Name extends Id> = (event: Of<Name>) => boolean;

/** The place of the first event of this id that is meant; a plant that finds nothing to change is an error. */
export function placeOf<Name extends Id>(log: Log, id: Name, where: Where<Name> = () => true): number {
  const at = log.findIndex((event) => event.fr_event_id === id && where(event as Of<Name>));
  if (at < 0) throw new Error(`the log has no such ${id}`);
  return at;
}

export const without = <Name extends Id>(log: Log, id: Name, where?: Where<Name>): Log =>
  log.toSpliced(placeOf(log, id, where), 1);

/** Another payload: the fields that are given, over those that were there. */
export function payload<Name extends Id>(
  log: Log,
  id: Name,
  over: Partial<Of<Name>['payload']>,
  where?: Where<Name>,
): Log {
  const at = placeOf(log, id, where);
  const event = log[at]!;
  return log.with(at, { ...event, payload: { ...event.payload, ...over } } as Event);
}

/** Another envelope; undefined takes a field out. */
export function envelope<Name extends Id>(
  log: Log,
  id: Name,
  over: { [Field in keyof Event]?: Event[Field] | undefined },
  where?: Where<Name>,
): Log {
  const at = placeOf(log, id, where);
  const fields = Object.entries({ ...log[at]!, ...over }).filter(([, value]) => value !== undefined);
  return log.with(at, Object.fromEntries(fields) as unknown as Event);
}

/** The event once more, changed, as a new one: behind itself, or at another place. */
export function again<Name extends Id>(
  log: Log,
  id: Name,
  { where, at, over = {} }: { where?: Where<Name>; at?: number; over?: Partial<Of<Name>['payload']> } = {},
): Log {
  const from = placeOf(log, id, where);
  const event = log[from]!;
  const copy = { ...event, event_id: FRESH, payload: { ...event.payload, ...over } } as Event;
  return log.toSpliced(at ?? from + 1, 0, copy);
}

const FRESH = '00000000-0000-7000-8000-000000000001';

/** Moves an event to another place. */
export function moved(log: Log, from: number, to: number): Log {
  return log.toSpliced(from, 1).toSpliced(to, 0, log[from]!);
}

export const of =
  (session_id: string) =>
  (event: Event): boolean =>
    event.model_session_id === session_id;

/** A change of state into this one. */
export const into =
  (session_id: string, to: string) =>
  (event: Of<'FR-EVT-SESS-002'>): boolean =>
    event.payload.session_id === session_id && event.payload.to_state === to;

type Span = Recorded['spans'][number];

export function spanWhere(spans: readonly Span[], where: (span: Span) => boolean): number {
  const at = spans.findIndex(where);
  if (at < 0) throw new Error('there is no such span');
  return at;
}

export function respan(spans: readonly Span[], where: (span: Span) => boolean, over: Partial<Span>): Span[] {
  const at = spanWhere(spans, where);
  return spans.with(at, { ...spans[at]!, ...over });
}
