import { describe, expect, it } from 'vitest';
import { type EventQuery, type Gap, openSqliteStore, type Store } from '../../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../../tools/generated/index.ts';
import { SEGMENT_SIZE } from '../../../tools/recorder/index.ts';
import { database } from '../opened.ts';
import { drivers, stores } from './drivers.ts';
import { fill, jobId, sessionId, type World } from './logs.ts';

const [, driver] = drivers[0]!;
const [parent, child, grandchild, other] = [0, 1, 2, 3].map(sessionId) as [string, string, string, string];

async function seqs(store: Store, query: EventQuery): Promise<number[]> {
  const found: number[] = [];
  for await (const { seq } of store.readEvents(query)) found.push(seq);
  return found;
}

let count = 0;
const event = (model_session_id: string, payload: object, over: object = {}): FlightRecorderEvent =>
  ({
    event_id: `event-${++count}`,
    fr_event_id: 'FR-EVT-SESS-002',
    type: 'session.state_change',
    timestamp: '2026-03-01T09:00:00.000Z',
    actor: 'system',
    trace_id: 'trace',
    model_session_id,
    payload,
    ...over,
  }) as unknown as FlightRecorderEvent;
const said = (by: string, over: object = {}): FlightRecorderEvent => event(by, { session_id: by }, over);
const spawned = (by: string, whom: string): FlightRecorderEvent =>
  event(
    by,
    { requester_session_id: by, child_session_id: whom },
    { fr_event_id: 'FR-EVT-SESS-SPAWN-002', type: 'session.spawn_accepted' },
  );
const letter = (by: string, thread_id: string): FlightRecorderEvent =>
  event(by, { thread_id }, { fr_event_id: 'FR-EVT-GOV-MAILBOX-001', type: 'gov_mailbox_message_created' });

const row = (session_id: string, parent_session_id: string | null, role = 'Coder') => ({
  session_id,
  parent_session_id,
  role,
  model_id: 'local/large',
  wp_id: null,
  lane: 'PRIMARY',
});
const family = [
  row(parent, null, 'Orchestrator'),
  row(child, parent),
  row(grandchild, child),
  row(other, null),
];
const world = (log: FlightRecorderEvent[]): World => ({
  sessions: family,
  jobs: [{ job_id: jobId(1), session_id: child }],
  log,
});

describe.each(stores)('a %s store', (_, open) => {
  it('F09, 11.9.1.X.2: one query by the root returns the conversation of its tree in order, and nothing else', async () => {
    await using store = await open();
    const log = [said(parent), spawned(parent, child), said(other), said(child), spawned(child, grandchild)];
    await fill(
      store,
      world([...log, said(grandchild), letter(grandchild, child), letter(child, parent), said(other)]),
    );
    expect(await seqs(store, { tree: parent })).toEqual([1, 2, 4, 5, 6, 7, 8]);
    expect(await seqs(store, { tree: child })).toEqual([2, 4, 5, 6, 7, 8]);
    expect(await seqs(store, { tree: grandchild })).toEqual([5, 6, 7]);
  });

  it('D-32, D-59: a letter is found by the session whose thread it goes into', async () => {
    await using store = await open();
    await fill(store, world([letter(child, parent), said(child)]));
    expect(await seqs(store, { model_session_id: parent })).toEqual([1]);
    expect(await seqs(store, { model_session_id: other })).toEqual([]);
  });

  it('gives an event once that is of a tree by its session and by its payload, on whichever page it stands', async () => {
    await using store = await open();
    const log = [said(parent), ...Array.from({ length: 700 }, () => spawned(parent, child))];
    await fill(store, world(log));
    expect(await seqs(store, { tree: parent })).toEqual(log.map((_, at) => at + 1));
    expect(await seqs(store, { model_session_id: child, last: 600 })).toEqual(
      log.slice(0, 600).map((_, at) => at + 102),
    );
  });

  it('misses nothing that is written while it reads, and what is newest is so at the moment of asking', async () => {
    await using store = await open();
    await fill(store, world(Array.from({ length: 600 }, () => said(child))));
    for (const query of [{}, { role: 'Coder' }, { tree: parent }, { model_session_id: child }]) {
      const before = (await seqs(store, { last: 1 }))[0]!;
      const found: number[] = [];
      for await (const { seq } of store.readEvents({ ...query, after_seq: before - 300 })) {
        if (found.length === 0) await store.appendEvents([said(child), said(child)]);
        found.push(seq);
      }
      expect(found).toEqual(Array.from({ length: 302 }, (_, at) => before - 299 + at));
    }
  });

  it('finds a session that is made while it reads, by its role and by its tree', async () => {
    await using store = await open();
    await fill(store, { sessions: [row(parent, null)], jobs: [], log: [said(parent)] });
    for (const [n, query] of [{ role: 'Coder' }, { tree: parent }].entries()) {
      const made = sessionId(10 + n);
      const found: string[] = [];
      for await (const { event } of store.readEvents(query)) {
        if (found.length === 0)
          await fill(store, { sessions: [row(made, parent)], jobs: [], log: [said(made)] });
        found.push(event.model_session_id!);
      }
      expect(found.at(-1)).toBe(made);
    }
  });
});

describe('a query of a database', () => {
  const wake = (path: string, ...statements: string[]): void => {
    const direct = driver(path, {});
    for (const statement of statements) direct.exec(statement);
    direct.close();
  };

  it('parses no body that its columns rule out', async () => {
    const path = database();
    await using store = await openSqliteStore(path, { driver });
    await fill(store, world([said(child), spawned(parent, child), said(other)]));
    wake(path, "UPDATE events SET body = 'torn' WHERE seq = 2");
    expect(await seqs(store, { type: 'session.state_change' })).toEqual([1, 3]);
    expect(await seqs(store, { model_session_id: other })).toEqual([3]);
    expect(await seqs(store, { model_session_id: child, family: 'FR-EVT-SESS' })).toEqual([1]);
    expect(await seqs(store, { to: '2026-03-01T09:00:00Z' })).toEqual([]);
    const skipped: Gap[] = [];
    for await (const _ of store.readEvents({ type: 'session.spawn_accepted' }, (gap) => skipped.push(gap)))
      expect.unreachable();
    expect(skipped).toEqual([{ first_seq: 2, last_seq: 2, why: 'unreadable', archive: null, at: null }]);
  });

  it('reads no segment that its seal rules out, by type or by time', async () => {
    const path = database();
    await using store = await openSqliteStore(path, { driver });
    await fill(store, world(Array.from({ length: 2 * SEGMENT_SIZE }, () => said(child))));
    await store.appendEvents([spawned(parent, child)]);
    const places = (from: number, to: number): number[] =>
      Array.from({ length: to - from }, (_, at) => from + at);
    // Nothing but the seal says now that the first segment has none of them.
    wake(path, "UPDATE event_segments SET fr_event_ids = '[]' WHERE segment = 0");
    const second = places(SEGMENT_SIZE + 1, 2 * SEGMENT_SIZE + 1);
    expect(await seqs(store, { type: 'session.state_change' })).toEqual(second);
    expect(await seqs(store, { type: 'session.state_change', tree: child })).toEqual(second);
    wake(path, 'UPDATE event_segments SET to_at = 0, from_at = 0 WHERE segment = 1');
    expect(await seqs(store, { from: '2026-01-01T00:00:00Z' })).toEqual([
      ...places(1, SEGMENT_SIZE + 1),
      2 * SEGMENT_SIZE + 1,
    ]);
  });
});
