import { describe, expect, it, onTestFinished } from 'vitest';
import { openReadOnly, openSqliteStore } from '../../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../../tools/generated/index.ts';
import type { EventQuery, Gap, StoredEvent } from '../../../tools/recorder/index.ts';
import { completes, logOf as eventsOf, open } from '../opened.ts';
import { drivers, stores } from './drivers.ts';
import { createdEvent, logOf } from './tampered.ts';

async function collect(events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const stored of events) all.push(stored);
  return all;
}

/** As a later version may have written them: of a kind that nobody here knows, and of any shape. */
const strangers = [
  { payload: { session_id: 'session-1', more: [] } },
  { payload: null },
  { payload: 'text' },
  { payload: [1] },
  {},
  { model_session_id: null, payload: { session_id: 7 } },
  { model_session_id: 'session-1', wp_id: 4, trace_id: null },
].map(
  (shape, n) =>
    ({
      event_id: createdEvent(500 + n).event_id,
      fr_event_id: n % 2 === 0 ? 'FR-EVT-SESS-099' : 'constructor',
      timestamp: '2026-02-24T09:00:00.000Z',
      ...shape,
    }) as unknown as FlightRecorderEvent,
);

describe.each(stores)('%s', (_name, openStore) => {
  it('events that this version does not know are kept and given back as unknown, whatever their shape', async () => {
    await using store = await openStore();
    const known = [createdEvent(1), createdEvent(2)];
    await store.appendEvents([known[0]!, ...strangers, known[1]!]);
    const all = await collect(store.readEvents({}));
    expect(all).toEqual([
      { seq: 1, event: known[0] },
      ...strangers.map((event, at) => ({ seq: at + 2, event, unknown: true })),
      { seq: 9, event: known[1] },
    ]);
    const queries: EventQuery[] = [
      { family: 'FR-EVT-SESS' },
      { type: 'session.state_change' },
      { role: 'Coder' },
      { wp_id: 'WP-1-X-v1' },
      { model_session_id: 'session-2' },
    ];
    for (const query of queries)
      for (const { unknown } of await collect(store.readEvents(query)))
        expect([query, unknown]).toEqual([query, undefined]);
    const named = await collect(store.readEvents({ model_session_id: 'session-1' }));
    expect(named.map(({ seq }) => seq)).toEqual([1, 2, 8]);
    expect(await store.verify()).toMatchObject({ events: 9, faults: [] });
  });

  it('proves the same log to the same head', async () => {
    await using store = await openStore();
    const log = Array.from({ length: 5 }, (_, n) => ({
      ...createdEvent(n),
      event_id: `0000000${n}-0000-7000-8000-000000000000`,
    }));
    await store.appendEvents(log as FlightRecorderEvent[]);
    const report = await store.verify();
    expect(report).toMatchObject({ events: 5, first_seq: 1, last_seq: 5, segments: 0, gaps: [], faults: [] });
    expect(report.head.hash).toMatchInlineSnapshot(
      `"49647ac99d6da68957f307c89d45fae2b8c006bea0ed4304e9cddfb470bf0b18"`,
    );
    expect((await store.verify({ noted: { seq: 5, hash: '0'.repeat(64) } })).faults[0]).toMatchObject({
      rule: 'log/not-continued',
    });
    expect((await store.verify({ noted: report.head })).faults).toEqual([]);
  });
});

it('memory: an event that is changed after it was proven is located', async () => {
  await using store = await stores[0]![1]();
  await store.appendEvents([createdEvent(1), createdEvent(2), createdEvent(3)]);
  await store.verify();
  const [, second] = await collect(store.readEvents({}));
  (second!.event as { actor: string }).actor = 'agent';
  expect((await store.verify()).faults).toMatchObject([{ rule: 'log/edited', seq: 2 }]);
});

describe.each(drivers)('%s', (_name, driver) => {
  it('a body that is no JSON is passed over and told; everything else is read', async () => {
    const path = await logOf(driver, 6);
    const file = driver(path, {});
    onTestFinished(() => void file.close());
    for (const [seq, body] of [
      [2, "'{torn'"],
      [4, "'null'"],
      [5, "x'ff00'"],
    ])
      file.exec(`UPDATE events SET body = ${body} WHERE seq = ${seq}`);
    await using store = await openSqliteStore(path, { driver });
    await using log = await openReadOnly(path);
    for (const reader of [store, log]) {
      const skipped: Gap[] = [];
      const events = await collect(reader.readEvents({}, (gap) => skipped.push(gap)));
      expect(events.map(({ seq }) => seq)).toEqual([1, 3, 6]);
      expect(skipped).toEqual(
        [2, 4, 5].map((seq) => ({
          first_seq: seq,
          last_seq: seq,
          why: 'unreadable',
          archive: null,
          at: null,
        })),
      );
    }
    const { event_id } = file.prepare('SELECT event_id FROM events WHERE seq = 2').get() as {
      event_id: string;
    };
    expect(await store.findEvent(event_id)).toBeUndefined();
    await using engine = await open(completes, { store: `sqlite:${path}` });
    expect(await eventsOf(engine)).toHaveLength(3);
  });
});
