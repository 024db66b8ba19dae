import type { SessionLane, SessionsData } from '../../data/sessions.ts';
import { reasonOf } from './words.ts';

/** What is looked for; an empty text asks for nothing. Times are RFC 3339, UTC. */
export interface Filter {
  session: string;
  role: string;
  model: string;
  wp: string;
  state: string;
  from: string;
  to: string;
  text: string;
}

export const FILTERS = ['session', 'role', 'model', 'wp', 'state', 'from', 'to', 'text'] as const;

export function filterOf(query: URLSearchParams): Filter {
  const value = (name: string) => query.get(name) ?? '';
  return {
    session: value('session').trim(),
    role: value('role'),
    model: value('model'),
    wp: value('wp'),
    state: value('state'),
    from: value('from'),
    to: value('to'),
    text: value('text'),
  };
}

export const isFiltered = (filter: Filter): boolean => FILTERS.some((name) => filter[name] !== '');

/** Of sessions without a work packet: the word that asks for them. */
export const NO_PACKET = '-';

/** Milliseconds since `zero`; null where nothing, or no time, is asked for. */
export function timeOf(text: string, zero: number): number | null {
  const time = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time - zero;
}

/** What can be found in each lane by a word: in lower case, once. */
export function textsOf({ lanes, spans, cancels }: SessionsData): string[] {
  return lanes.map((lane) => {
    const tools = new Set<string>();
    for (let at = lane.spans.first; at < lane.spans.first + lane.spans.count; at++) {
      const name = spans.name[at];
      if (name) tools.add(name);
    }
    const cancel = lane.cancelled === null ? undefined : cancels[lane.cancelled];
    return [
      lane.session_id,
      lane.role,
      lane.model_id,
      lane.wp_id,
      lane.state,
      lane.because,
      reasonOf(lane),
      lane.trace_id,
      cancel?.by,
      cancel?.reason,
      ...tools,
    ]
      .filter((text) => text)
      .join('\n')
      .toLowerCase();
  });
}

/** The lanes that answer, in the order in which they are given. */
export function answering(
  lanes: readonly SessionLane[],
  texts: readonly string[],
  filter: Filter,
  zero: number,
  length: number,
): boolean[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const from = timeOf(filter.from, zero) ?? Number.NEGATIVE_INFINITY;
  const to = timeOf(filter.to, zero) ?? Number.POSITIVE_INFINITY;
  const is = (wanted: string, value: string) => wanted === '' || wanted === value;
  return lanes.map(
    (lane, at) =>
      lane.session_id.startsWith(filter.session) &&
      is(filter.role, lane.role) &&
      is(filter.model, lane.model_id) &&
      is(filter.wp, lane.wp_id ?? NO_PACKET) &&
      is(filter.state, lane.state) &&
      lane.start < to &&
      (lane.end ?? length) >= from &&
      words.every((word) => texts[at]!.includes(word)),
  );
}

/** What the lanes have under a name, with how many of them, the most frequent first. */
export function choicesOf(
  lanes: readonly SessionLane[],
  valueIn: (lane: SessionLane) => string,
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const lane of lanes) counts.set(valueIn(lane), (counts.get(valueIn(lane)) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
