import type { SessionsData } from '../../data/sessions.ts';

/** What is asked of the data again and again, found once. Times are milliseconds since `from`. */
export interface Lookup {
  data: SessionsData;
  /** The moment `from`, in milliseconds since 1970. */
  zero: number;
  /** How long all of it lasts. */
  length: number;
  /** Lanes, each parent before its children. */
  order: Int32Array;
  /** Of each lane: its place in `order`, and the place behind the last lane below it. */
  place: Int32Array;
  below: Int32Array;
  children: number[][];
  /** Ids as short as they can be without meaning two. */
  short: string[];
  /** Events by lane: those of a lane stand in `events` from `first[lane]` to `first[lane + 1]`. */
  first: Int32Array;
  events: Int32Array;
  /** Spawns and announcements of each lane, as positions in `arrows`. */
  from: number[][];
  to: number[][];
}

export function lookupOf(data: SessionsData): Lookup {
  const { lanes, arrows } = data;
  const children: number[][] = lanes.map(() => []);
  for (const [lane, { parent }] of lanes.entries()) if (parent !== null) children[parent]!.push(lane);
  const order = new Int32Array(lanes.length);
  const place = new Int32Array(lanes.length);
  const below = new Int32Array(lanes.length);
  let next = 0;
  // A stack of its own: a chain of a thousand sessions must not exhaust that of the browser.
  const stack: number[] = [];
  for (let lane = lanes.length - 1; lane >= 0; lane--) if (lanes[lane]!.parent === null) stack.push(lane);
  while (stack.length > 0) {
    const lane = stack.pop()!;
    if (lane < 0) {
      below[~lane] = next;
      continue;
    }
    place[lane] = next;
    order[next++] = lane;
    stack.push(~lane);
    for (let child = children[lane]!.length - 1; child >= 0; child--) stack.push(children[lane]![child]!);
  }
  const from: number[][] = lanes.map(() => []);
  const to: number[][] = lanes.map(() => []);
  for (const [at, arrow] of arrows.entries()) {
    from[arrow.from]?.push(at);
    to[arrow.to]?.push(at);
  }
  const zero = Date.parse(data.from);
  return {
    data,
    zero,
    length: Math.max(Date.parse(data.as_of) - zero, 1),
    order,
    place,
    below,
    children,
    short: shortIds(lanes.map(({ session_id }) => session_id)),
    ...byLane(data.events.lane, lanes.length),
    from,
    to,
  };
}

/** Sorts by counting: as many steps as there are events. */
function byLane(lane: readonly number[], lanes: number): { first: Int32Array; events: Int32Array } {
  const first = new Int32Array(lanes + 1);
  for (const at of lane) if (at >= 0) first[at + 1]! += 1;
  for (let at = 0; at < lanes; at++) first[at + 1]! += first[at]!;
  const free = first.slice();
  const events = new Int32Array(first[lanes]!);
  for (let event = 0; event < lane.length; event++) {
    const at = lane[event]!;
    if (at >= 0) events[free[at]!++] = event;
  }
  return { first, events };
}

export const eventsOf = ({ first, events }: Lookup, lane: number): Int32Array =>
  events.subarray(first[lane]!, first[lane + 1]!);

/** Ids of one moment begin alike: where a beginning that is unlike others is long, its middle is left out. */
export function shortIds(ids: readonly string[]): string[] {
  const sorted = ids.map((id, at) => ({ id, at })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const short = new Array<string>(ids.length);
  for (const [at, { id, at: lane }] of sorted.entries()) {
    const length = Math.max(shared(id, sorted[at - 1]?.id), shared(id, sorted[at + 1]?.id)) + 1;
    short[lane] = cutTo(id, length);
  }
  // Where two have come to look alike all the same, nothing is left out of either.
  const times = new Map<string, number>();
  for (const one of short) times.set(one, (times.get(one) ?? 0) + 1);
  return short.map((one, lane) => (times.get(one) === 1 ? one : ids[lane]!));
}

/** The letters up to the one that makes it unlike all others are shown, the first of them at least. */
function cutTo(id: string, length: number): string {
  if (id.length <= 10) return id;
  if (length <= 8) return `${id.slice(0, 8)}…`;
  return `${id.slice(0, 4)}…${id.slice(Math.max(4, length - 6), length)}${length < id.length ? '…' : ''}`;
}

function shared(a: string, b: string | undefined): number {
  if (b === undefined) return 0;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** The one id that begins so; -1 where none does, or more than one without being it. */
export function found(ids: readonly string[], wanted: string): number {
  if (wanted === '') return -1;
  const whole = ids.indexOf(wanted);
  if (whole >= 0) return whole;
  const first = ids.findIndex((id) => id.startsWith(wanted));
  return first >= 0 && ids.findIndex((id, at) => at > first && id.startsWith(wanted)) >= 0 ? -1 : first;
}

/** Whether a span is another one or lies inside it. */
export function isInside(parent: readonly number[], span: number, outer: number): boolean {
  for (let at = span; at >= 0; at = parent[at]!) if (at === outer) return true;
  return false;
}
