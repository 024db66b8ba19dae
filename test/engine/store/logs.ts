// Logs at random, with sessions that have rows and others that have none, and what a query finds in them by the book.
import fc from 'fast-check';
import type { EventQuery, Store, StoredEvent } from '../../../tools/engine/index.ts';
import { events, type FlightRecorderEvent } from '../../../tools/generated/index.ts';
import type { Change, JobRow, SessionRow } from '../../../tools/kernel/index.ts';
import { decision } from './drivers.ts';

export const sessionId = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const jobId = (n: number): string => `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`;
const begin = Date.parse('2026-03-01T09:00:00Z');
const time = (minute: number): string => new Date(begin + minute * 60_000).toISOString();

const roles = ['Coder', 'Validator'] as const;
const models = ['local/large', 'local/small'] as const;
const packets = ['WP-1-One-v1', 'WP-1-Two-v1'] as const;
const lanes = ['PRIMARY', 'SUBAGENT'] as const;
const actors = ['agent', 'system', 'human'] as const;

/** So many sessions have a row; the next few occur in events alone. */
export interface Shape {
  rows: number;
  foreign: number;
  minutes: number;
}

interface Session {
  session_id: string;
  parent_session_id: string | null;
  role: string;
  model_id: string;
  wp_id: string | null;
  lane: string;
}

export interface World {
  sessions: Session[];
  jobs: { job_id: string; session_id: string }[];
  log: FlightRecorderEvent[];
}

const among = <Item>(items: readonly Item[]): fc.Arbitrary<Item> => fc.constantFrom(...items);
const maybe = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item | undefined> =>
  fc.option(item, { nil: undefined, freq: 2 });

const session = (n: number): fc.Arbitrary<Session> =>
  fc.record({
    session_id: fc.constant(sessionId(n)),
    parent_session_id: n === 0 ? fc.constant(null) : fc.option(fc.nat(n - 1).map(sessionId), { freq: 4 }),
    role: among(roles),
    model_id: among(models),
    wp_id: fc.option(among(packets)),
    lane: among(lanes),
  });

const ids = [
  'FR-EVT-006',
  'FR-EVT-GOV-MAILBOX-001',
  'FR-EVT-SESS-002',
  'FR-EVT-SESS-SCHED-001',
  'FR-EVT-SESS-SPAWN-002',
  'FR-EVT-SESS-SPAWN-005',
] as const;

const eventOf = ({ rows, foreign, minutes }: Shape): fc.Arbitrary<Record<string, unknown>> => {
  const anybody = fc.nat(rows + foreign - 1).map(sessionId);
  return fc
    .record({
      fr_event_id: among(ids),
      minute: fc.nat(minutes - 1),
      actor: among(actors),
      trace: fc.nat(2),
      own: maybe(anybody),
      other: anybody,
      more: fc.array(anybody, { maxLength: 2 }),
      job: maybe(fc.nat(5)),
      lane: among(lanes),
      model_id: maybe(among(models)),
      wp_id: maybe(among(packets)),
    })
    .map(({ fr_event_id, minute, actor, trace, own, other, more, job, lane, model_id, wp_id }) => {
      const job_id = job === undefined ? undefined : jobId(job);
      const payloads: Record<(typeof ids)[number], object> = {
        'FR-EVT-006': {},
        'FR-EVT-GOV-MAILBOX-001': { thread_id: other },
        'FR-EVT-SESS-002': { session_id: own },
        'FR-EVT-SESS-SCHED-001': { session_id: own, job_id: job_id ?? jobId(0), lane },
        'FR-EVT-SESS-SPAWN-002': { requester_session_id: own, child_session_id: other },
        'FR-EVT-SESS-SPAWN-005': { root_session_id: own, cancelled_session_ids: more },
      };
      return {
        fr_event_id,
        type: events[fr_event_id].type,
        timestamp: time(minute),
        actor,
        trace_id: `trace-${trace}`,
        ...(own !== undefined && { model_session_id: own }),
        ...(job_id !== undefined && { job_id }),
        ...(model_id !== undefined && { model_id }),
        ...(wp_id !== undefined && { wp_id }),
        payload: payloads[fr_event_id],
      };
    });
};

/** A log of so many events; a long one repeats a few hundred with other ids, since drawing them takes its time. */
export const worlds = (shape: Shape, length: { min: number; max: number }): fc.Arbitrary<World> =>
  fc
    .record({
      sessions: fc.tuple(...Array.from({ length: shape.rows }, (_, n) => session(n))),
      jobs: fc.array(fc.nat(shape.rows - 1).map(sessionId), { minLength: 3, maxLength: 3 }),
      drawn: fc.array(eventOf(shape), {
        minLength: Math.min(length.min, 200),
        maxLength: Math.min(length.max, 400),
      }),
      length: fc.integer(length),
    })
    .map(({ sessions, jobs, drawn, length }) => ({
      sessions,
      jobs: jobs.map((session_id, n) => ({ job_id: jobId(n), session_id })),
      log: Array.from(
        { length: drawn.length === 0 ? 0 : Math.max(length, drawn.length) },
        (_, n) =>
          ({
            ...drawn[(n * 7 + Math.floor(n / drawn.length)) % drawn.length],
            event_id: `event-${n}`,
          }) as unknown as FlightRecorderEvent,
      ),
    }));

const some = <Item>(items: readonly Item[]): fc.Arbitrary<Item | Item[]> =>
  fc.oneof(among(items), fc.array(among(items), { minLength: 1, maxLength: 2 }));

/** A query as anybody may ask it: most conditions are left away in most. */
export const queries = ({ rows, foreign, minutes }: Shape, length: number): fc.Arbitrary<EventQuery> => {
  const anybody = fc.nat(rows + foreign).map(sessionId);
  const places = fc.tuple(fc.nat(length), fc.nat(length)).map((pair) => pair.sort((a, b) => a - b));
  const most = fc.oneof(fc.nat(5), fc.nat(600));
  const conditions = {
    model_session_id: anybody,
    tree: anybody,
    type: some([
      'session.state_change',
      'FR-EVT-006',
      'session.spawn_accepted',
      'gov_mailbox_message_created',
    ]),
    family: some(['FR-EVT', 'FR-EVT-SESS', 'FR-EVT-SESS-*', 'FR-EVT-*-SPAWN', 'FR-EVT-GOV-MAILBOX']),
    role: among(roles),
    model_id: among(models),
    wp_id: among(packets),
    lane: among(lanes),
    job_id: fc.nat(6).map(jobId),
    actor: among(actors),
    trace_id: fc.nat(3).map((n) => `trace-${n}`),
    from: fc.nat(minutes).map(time),
    to: fc.nat(minutes).map(time),
  };
  return fc
    .record({
      asked: fc.uniqueArray(among(Object.keys(conditions)), { maxLength: 3 }),
      conditions: fc.record(conditions),
      places: maybe(places),
      end: maybe(fc.record({ last: fc.boolean(), most })),
    })
    .map(({ asked, conditions, places, end }) => ({
      ...Object.fromEntries(Object.entries(conditions).filter(([name]) => asked.includes(name))),
      ...(places && { after_seq: places[0]!, before_seq: places[1]! + 1 }),
      ...(end && (end.last ? { last: end.most } : { limit: end.most })),
    }));
};

/** Rows first, so that no session is foreign that has one. */
export async function fill(store: Store, { sessions, jobs, log }: World): Promise<void> {
  const changes = [
    ...sessions.map((row, n) => ({
      table: 'session',
      key: row.session_id,
      row: { ...row, spawn_seq: n, terminal: null, spawn_mode: 'ONE_SHOT' } as unknown as SessionRow,
    })),
    ...jobs.map((row) => ({
      table: 'job',
      key: row.job_id,
      row: { ...row, job_seq: 1, state: 'completed', held: false, not_before: null } as unknown as JobRow,
    })),
  ] as Change[];
  await store.transact(
    () => decision(changes),
    () => log,
  );
}

const list = (given: string | readonly string[]): readonly string[] =>
  typeof given === 'string' ? [given] : given;

/** The answer of somebody who reads everything and skips nothing. */
export function byTheBook({ sessions, jobs, log }: World, query: EventQuery): StoredEvent[] {
  const of = new Map(sessions.map((one) => [one.session_id, one]));
  const all = log.map((event, n) => ({ seq: n + 1, event }));
  const concerned = (event: FlightRecorderEvent): unknown[] => {
    const payload = event.payload as unknown as Record<string, unknown>;
    const { thread_id, child_session_id, cancelled_session_ids = [] } = payload;
    return [event.model_session_id, thread_id, child_session_id, ...(cancelled_session_ids as string[])];
  };
  const below = new Set([query.tree]);
  for (const one of sessions) if (below.has(one.parent_session_id ?? 'nobody')) below.add(one.session_id);
  const definitions = Object.values(events);
  const familyOf = (id: string): string => definitions.find((one) => one.fr_event_id === id)!.family;
  const inFamily: Record<string, (family: string) => boolean> = {
    'FR-EVT-SESS-*': (family) => family.startsWith('FR-EVT-SESS'),
    'FR-EVT-*-SPAWN': (family) => family === 'FR-EVT-SESS-SPAWN',
  };
  const tests: { [Name in keyof EventQuery]-?: (event: FlightRecorderEvent, seq: number) => boolean } = {
    model_session_id: (event) => concerned(event).includes(query.model_session_id),
    tree: (event) => concerned(event).some((id) => id !== undefined && below.has(id as string)),
    type: (event) => list(query.type!).some((name) => name === event.type || name === event.fr_event_id),
    family: (event) =>
      list(query.family!).some((name) =>
        (inFamily[name] ?? ((own) => own === name))(familyOf(event.fr_event_id)),
      ),
    role: (event) => of.get(event.model_session_id!)?.role === query.role,
    model_id: (event) => (of.get(event.model_session_id!) ?? event).model_id === query.model_id,
    wp_id: (event) => (of.get(event.model_session_id!) ?? event).wp_id === query.wp_id,
    lane: (event) =>
      event.fr_event_id === 'FR-EVT-SESS-SCHED-001'
        ? event.payload.lane === query.lane
        : of.get(event.model_session_id!)?.lane === query.lane,
    job_id: (event) => {
      const owner = jobs.find((job) => job.job_id === query.job_id)?.session_id;
      const named = event.fr_event_id === 'FR-EVT-SESS-SCHED-001' ? event.payload.job_id : undefined;
      if (owner !== undefined && !concerned(event).includes(owner)) return false;
      return event.job_id === query.job_id || named === query.job_id;
    },
    actor: (event) => event.actor === query.actor,
    trace_id: (event) => event.trace_id === query.trace_id,
    from: (event) => Date.parse(event.timestamp) >= Date.parse(query.from!),
    to: (event) => Date.parse(event.timestamp) < Date.parse(query.to!),
    after_seq: (_, seq) => seq > query.after_seq!,
    before_seq: (_, seq) => seq < query.before_seq!,
    limit: () => true,
    last: () => true,
  };
  const asked = Object.keys(query) as (keyof EventQuery)[];
  const found = all.filter(({ event, seq }) => asked.every((name) => tests[name](event, seq)));
  if (query.last !== undefined) return found.slice(Math.max(0, found.length - query.last));
  return found.slice(0, query.limit);
}

let count = 0;

/** One more change of state of a session: what a follower waits for. */
export const said = (by: number, over: object = {}): FlightRecorderEvent =>
  ({
    event_id: `event-${++count}`,
    fr_event_id: 'FR-EVT-SESS-002',
    type: 'session.state_change',
    timestamp: '2026-03-01T09:00:00.000Z',
    actor: 'system',
    trace_id: 'trace',
    model_session_id: sessionId(by),
    payload: { session_id: sessionId(by) },
    ...over,
  }) as unknown as FlightRecorderEvent;
