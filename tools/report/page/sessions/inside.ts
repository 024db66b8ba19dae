import type { SpanColumns } from '../../data/sessions.ts';
import { eventsOf, isInside, type Lookup } from './lookup.ts';

/** The events of a span and of all spans inside of it, by their order; of a session (-1) all of its own. */
export function eventsInside(lookup: Lookup, lane: number, span: number): number[] {
  const { events, spans } = lookup.data;
  const all = Array.from(eventsOf(lookup, lane));
  if (span < 0 || spans.parent[span] === -1) return all;
  return all.filter((at) => events.span[at]! >= 0 && isInside(spans.parent, events.span[at]!, span));
}

/** The spans around a span, the outermost first, itself last. */
export function spansAround({ parent }: SpanColumns, span: number): number[] {
  const around: number[] = [];
  for (let at = span; at >= 0; at = parent[at]!) around.unshift(at);
  return around;
}

/** The spans directly inside of a span of this lane. */
export function spansWithin(
  { parent }: SpanColumns,
  { first, count }: { first: number; count: number },
  span: number,
): number[] {
  const within: number[] = [];
  for (let at = first; at < first + count; at++) if (parent[at] === span) within.push(at);
  return within;
}

/** How deep an event is looked into, as whoever built the report did: one of a later version may have any shape. */
const DEEPEST = 8;

/** Ids of artifacts that an event names, in the order in which it does. */
export function artifactIdsOf(event: Record<string, unknown>): string[] {
  const ids = new Set<string>();
  const look = (value: unknown, deep: number) => {
    if (typeof value === 'string') {
      if (/^sha256:[0-9a-f]{64}$/.test(value)) ids.add(value);
    } else if (value !== null && typeof value === 'object' && deep > 0)
      for (const each of Object.values(value)) look(each, deep - 1);
  };
  look(event.payload, DEEPEST);
  return [...ids];
}
