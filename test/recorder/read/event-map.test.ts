import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createEventMap, eventMapSchema } from '../../../tools/recorder/index.ts';
import { log, read } from '../conform/told-log.ts';

const path = join(import.meta.dirname, '../../../templates/maps/handshake.yaml');
const map = createEventMap(eventMapSchema.parse(parse(readFileSync(path, 'utf8'))));
const mapped = (definition: object) =>
  createEventMap(eventMapSchema.parse({ schema: 'govkit.event-map@1', ...definition }));

type Fields = Record<string, unknown>;

describe('a map of a foreign envelope', () => {
  it('moves a field from where it is to where an event has it, and leaves its source as it was', () => {
    const given = { a: { b: { c: 1, d: 2 } }, ts_utc: 't', payload: { x: 1 } };
    const before = structuredClone(given);
    const move = mapped({ fields: { job_id: 'a.b.c', timestamp: 'ts_utc', 'payload.y': 'a.b.d' } });
    expect(move(given)).toEqual({ a: { b: {} }, job_id: 1, timestamp: 't', payload: { x: 1, y: 2 } });
    expect(given).toEqual(before);
  });

  it('exchanges two fields', () => {
    const swap = mapped({ fields: { event_id: 'trace_id', trace_id: 'event_id' } });
    expect(swap({ event_id: 1, trace_id: 2 })).toEqual({ event_id: 2, trace_id: 1 });
  });

  it('takes one of two that say the same, and keeps both that do not', () => {
    const move = mapped({ fields: { type: 'event_type' } });
    expect(move({ type: 'a', event_type: 'a' })).toEqual({ type: 'a' });
    expect(move({ type: 'a', event_type: 'b' })).toEqual({ type: 'a', event_type: 'b' });
    expect(move({ type: 'a' })).toEqual({ type: 'a' });
  });

  it('leaves keys out by name and by pattern', () => {
    const drop = mapped({ ignore: ['x_*', '*_ms', 'payload.a*b*c', 'none.x'] });
    expect(
      drop({ x_: 1, x: 2, took_ms: 3, ms: 4, none: 5, payload: { abc: 1, aXbYc: 2, ac: 3, abcd: 4 } }),
    ).toEqual({ x: 2, ms: 4, none: 5, payload: { ac: 3, abcd: 4 } });
  });

  it('fills in what the foreign log never says', () => {
    const fill = mapped({ constants: { actor: 'system', wp_id: null, 'payload.wp_id': null } });
    expect(fill({ actor: 'agent', payload: {} })).toEqual({
      actor: 'agent',
      wp_id: null,
      payload: { wp_id: null },
    });
    expect(fill({ payload: 3 })).toEqual({ actor: 'system', wp_id: null, payload: 3 });
  });

  it.each([
    [{ fields: { nowhere: 'a' } }],
    [{ fields: { 'payload.a.b': 'a' } }],
    [{ fields: { type: 'a..b' } }],
    [{ fields: { type: '__proto__.a' } }],
    [{ ignore: ['__proto__'] }],
    [{ constants: { actor: [] } }],
    [{ more: 1 }],
  ])('%j is none', (definition) => {
    expect(() => mapped(definition)).toThrow();
  });
});

/** An event in the envelope of the reference implementation. */
function theirs({ fr_event_id, type, payload, ...envelope }: Fields): Fields {
  return {
    ...envelope,
    actor_id: 'orchestrator',
    workflow_id: null,
    wsids: [],
    event_type: type,
    payload: { type, event_id: fr_event_id, ...(payload as Fields) },
  };
}

const id = (n: number): string => `019c8ee0-7280-7000-8000-${String(n).padStart(12, '0')}`;
const [parent, child, job, trace] = [id(1), id(2), id(3), id(4)];

/** Session events as the reference implementation writes them: what a table of its shapes says of each. */
function shaped(): Fields[] {
  let n = 100;
  const event = (fr: string, type: string, session: string | undefined, payload: Fields): Fields => {
    n += 1;
    return theirs({
      event_id: id(n),
      fr_event_id: `FR-EVT-${fr}`,
      type,
      timestamp: '2026-02-24T09:00:00.000Z',
      actor: 'system',
      trace_id: trace,
      ...(session !== undefined && { model_session_id: session }),
      payload,
    });
  };
  const about = (session_id: string, payload: Fields): Fields => ({ session_id, ...payload });
  const created = (session: string, spawn_depth: number): Fields =>
    event('SESS-001', 'session.created', session, {
      ...about(session, { model_id: 'local/large', backend: 'local', role: 'Coder' }),
      ...{ wp_id: 'WP-UNSPECIFIED', mt_id: 'MT-UNSPECIFIED', memory_policy: 'SESSION_SCOPED', spawn_depth },
    });
  const scheduled = { job_kind: 'model_run', attempt: 1 };
  return [
    created(parent, 0),
    event('SESS-SCHED-001', 'session_scheduler.enqueue', parent, {
      ...about(parent, { job_id: job, lane: 'PRIMARY', priority: 50, concurrency_group: null }),
      ...{ ...scheduled, queue_depth: 1, max_retries: 3 },
    }),
    event('SESS-SCHED-002', 'session_scheduler.dispatch', parent, {
      ...about(parent, { job_id: job, lane: 'PRIMARY', queue_wait_ms: 0 }),
      ...scheduled,
    }),
    event('SESS-002', 'session.state_change', parent, {
      ...about(parent, { from_state: 'CREATED', to_state: 'ACTIVE', reason: null }),
    }),
    event('SESS-SPAWN-001', 'session.spawn_requested', undefined, {
      ...{ requester_session_id: parent, child_role: 'Coder', spawn_depth: 1, spawn_mode: 'STANDARD' },
    }),
    created(child, 1),
    event('SESS-SPAWN-002', 'session.spawn_accepted', undefined, {
      ...{ requester_session_id: parent, child_session_id: child, child_role: 'Coder', spawn_depth: 1 },
    }),
    event('SESS-SPAWN-003', 'session.spawn_rejected', undefined, {
      ...{ requester_session_id: parent, spawn_depth: 1, active_children_count: 4 },
      rejection_reason: 'INV-SPAWN-002: active children exceed the cap',
    }),
    event('SESS-003', 'session.message', parent, {
      ...about(parent, { message_id: id(5), role: 'ASSISTANT', token_count: 7 }),
      ...{ content_artifact_id: 'sha256:0', redacted: false },
    }),
    event('SESS-005', 'session.budget_warning', parent, {
      ...about(parent, { metric: 'session_tokens', current_value: 4_100, threshold_value: 4_000 }),
      job_id: job,
    }),
    event('SESS-SPAWN-005', 'session.cascade_cancel', undefined, {
      ...{ root_session_id: parent, cancelled_session_ids: [child], reason: 'wrong branch' },
    }),
    event('SESS-004', 'session.completed', parent, {
      ...about(parent, { total_tokens: 7, total_cost_usd: null, messages_count: 1, job_id: job }),
    }),
  ];
}

const linesOf = (events: readonly Fields[]): string =>
  events.map((event) => JSON.stringify(event)).join('\n');

describe('a log in the envelope of the reference implementation', () => {
  it('is clean where its events are right', async () => {
    const { reading, faults } = await read(linesOf(log.map((event) => theirs({ ...event }))), { map });
    expect(faults).toEqual([]);
    expect(reading.events).toBe(log.length);
    expect(Object.keys(reading.ids)).toHaveLength(16);
  });

  it('says nothing to anybody without its map', async () => {
    const { reading, faults } = await read(linesOf(shaped()));
    expect(reading.ids).toEqual({});
    expect(faults.map(({ message }) => message)).toEqual(shaped().map(() => 'unknown event id undefined'));
  });

  it('breaks what the table of its shapes says: extra keys, swapped ids, spawns without a session', async () => {
    const { reading, told } = await read(linesOf(shaped()), { map });
    expect(reading.events).toBe(12);
    const expected = [
      '2:1 event/invalid FR-EVT-SESS-SCHED-001 payload: .*"job_kind", "attempt", "queue_depth", "max_retries"',
      '3:1 event/invalid FR-EVT-SESS-SCHED-002 payload: .*"job_kind", "attempt"',
      '5:1 event/invalid FR-EVT-SESS-SPAWN-001 payload.spawn_mode: .*"ONE_SHOT"',
      '7:1 event/invalid FR-EVT-SESS-SPAWN-002: missing model_session_id',
      '8:1 event/invalid FR-EVT-SESS-SPAWN-003: missing model_session_id',
      '9:1 event/invalid FR-EVT-SESS-003 type: .*"session.completed"',
      '10:1 event/invalid FR-EVT-SESS-005 payload.budget_type: ',
      '11:1 event/invalid FR-EVT-SESS-SPAWN-005: missing model_session_id',
      '12:1 event/invalid FR-EVT-SESS-004 type: .*"session.message"',
    ];
    expect(told).toEqual(expected.map((pattern) => expect.stringMatching(new RegExp(`^${pattern}`))));
  });
});
