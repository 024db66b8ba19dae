import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMemoryStore, runScenario } from '../../tools/engine/index.ts';
import { events, type FlightRecorderEvent } from '../../tools/generated/index.ts';
import { checkEvent, createRecorder, namedSessions } from '../../tools/recorder/index.ts';
import { fault } from './fault.ts';

const text = readFileSync(new URL('../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');
const { log } = await runScenario(text, { unboundSessions: 'allow' });
const sessionIds = Object.keys(events).filter((id) => id.startsWith('FR-EVT-SESS'));
async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
const sample = (id: string): FlightRecorderEvent => log.find((event) => event.fr_event_id === id)!;

describe('11.5: accept', () => {
  it('F20: the fourteen session events are registered, emitted and valid', () => {
    expect(sessionIds).toHaveLength(14);
    for (const id of sessionIds) expect(checkEvent(sample(id))).toEqual(sample(id));
  });

  it.each(sessionIds)('F04, FM-29: %s without or with another model_session_id is rejected', (id) => {
    const { model_session_id: _, ...without } = sample(id);
    expect(fault(without)).toContain('missing model_session_id');
    const other = '00000000-0000-7000-8000-000000000009';
    expect(fault({ ...sample(id), model_session_id: other })).toContain('differs from payload');
  });

  it('D-48: the binding of the spawn family', () => {
    const field = (id: keyof typeof events) => events[id].correlation?.field;
    expect(
      sessionIds.filter((id) => id.includes('SPAWN')).map((id) => field(id as keyof typeof events)),
    ).toEqual([
      'requester_session_id',
      'requester_session_id',
      'requester_session_id',
      'child_session_id',
      'root_session_id',
    ]);
  });

  it.each([
    'FR-EVT-SESS-006',
    'fr-evt-sess-001',
    ' FR-EVT-SESS-001',
    'FR-EVT-SES-001',
    'toString',
    7,
    undefined,
  ])('F03, FM-29: the id %j is unknown', (id) => {
    expect(fault({ ...sample('FR-EVT-SESS-001'), fr_event_id: id })).toContain('unknown event id');
  });

  it.each([
    ['an extra key', { surprise: 1 }],
    ['a wrong type', { type: 'session.completed' }],
    ['no UTC', { timestamp: '2026-02-24T09:00:00+01:00' }],
    ['an unknown actor', { actor: 'robot' }],
    ['no trace', { trace_id: undefined }],
  ])('D-46: %s is rejected', (_, wrong) => {
    expect(fault({ ...sample('FR-EVT-SESS-001'), ...wrong })).toContain('FR-EVT-SESS-001');
  });

  it.each([
    ['a missing key', { reason: undefined }],
    ['null for non-null', { to_state: null }],
    ['an extra key', { note: 'x' }],
  ])('F05: %s in the payload is rejected', (_, wrong) => {
    const event = sample('FR-EVT-SESS-002');
    expect(fault({ ...event, payload: { ...event.payload, ...wrong } })).toContain('payload');
  });

  it.each(['content', 'text', 'prompt', 'response', 'body', 'body_text', 'raw_body', 'Content'])(
    'INV-SESS-002, T-MAILBOX-004: an inline %s is rejected, however deep',
    (key) => {
      const event = sample('FR-EVT-007');
      expect(fault({ ...event, payload: { ...event.payload, error: { [key]: 'x' } } })).toContain(
        `payload.error.${key}`,
      );
    },
  );

  it('D-46: event_type is accepted where it says the same', () => {
    const { type, ...event } = sample('FR-EVT-SESS-001');
    expect(checkEvent({ ...event, event_type: type })).toEqual({ ...event, type });
    expect(checkEvent({ ...event, type, event_type: type })).toEqual({ ...event, type });
    expect(fault({ ...event, type, event_type: 'other' })).toContain('differs from type');
  });

  it('D-50: the actor of a tool call agrees with its envelope', () => {
    expect(fault({ ...sample('FR-EVT-007'), actor: 'human' })).toContain('D-50');
  });
});

describe('F17: secrets never reach the log', () => {
  const redacted = (reason: string): unknown => {
    const event = sample('FR-EVT-SESS-002');
    return (checkEvent({ ...event, payload: { ...event.payload, reason } }).payload as { reason: string })
      .reason;
  };
  const key = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
  it.each([
    [`token ghp_${key}`, 'token [redacted github-token]'],
    [`sk-proj-${key} failed`, '[redacted model-key] failed'],
    [`AKIA${'ABCDEFGH12345678'}`, '[redacted aws-key]'],
    [`Authorization: Bearer ${key}`, 'Authorization: [redacted bearer]'],
    ['postgres://me:hunter22@host/db', 'postgres://me:[redacted url-password]@host/db'],
    ['password=hunter22 now', 'password=[redacted assignment] now'],
    [`xoxb-${key}`, '[redacted slack-token]'],
  ])('%s', (reason, expected) => {
    expect(redacted(reason)).toBe(expected);
  });

  it('leaves hashes, ids and plain words alone', () => {
    for (const event of log) expect(checkEvent(event)).toEqual(event);
    expect(redacted('the token budget is spent')).toBe('the token budget is spent');
  });
});

describe('a recorder on a store', () => {
  it('F11: the same event twice is stored once; its id with another content is refused', async () => {
    const recorder = createRecorder(openMemoryStore());
    const event = sample('FR-EVT-SESS-002');
    await recorder.accept(event);
    await recorder.accept(event);
    await expect(recorder.accept({ ...event, actor: 'human' })).rejects.toMatchObject({
      code: 'HSK-400-INVALID-EVENT',
    });
    await expect(recorder.accept({ ...event, fr_event_id: 'FR-EVT-SESS-006' })).rejects.toThrow(
      'unknown event id',
    );
    expect(await collect(recorder.query())).toEqual([{ seq: 1, event }]);
  });

  it('11.5.1: a store that fails is HSK-500-DB', async () => {
    const store = openMemoryStore();
    const recorder = createRecorder({ ...store, appendEvents: () => Promise.reject(new Error('disk full')) });
    await expect(recorder.accept(sample('FR-EVT-SESS-002'))).rejects.toMatchObject({
      code: 'HSK-500-DB',
      message: 'disk full',
    });
  });

  it('F09, F10: one session finds its own events and those that name it, in order, and no others', async () => {
    const recorder = createRecorder(openMemoryStore());
    for (const event of log) await recorder.accept(event);
    const { child_session_id } = (
      sample('FR-EVT-SESS-SPAWN-004') as Extract<
        FlightRecorderEvent,
        { fr_event_id: 'FR-EVT-SESS-SPAWN-004' }
      >
    ).payload;
    const found = await collect(recorder.query({ model_session_id: child_session_id }));
    const expected = log.filter(
      (event) =>
        event.model_session_id === child_session_id || namedSessions(event).includes(child_session_id),
    );
    expect(found.map(({ event }) => event)).toEqual(expected);
    expect(found.map(({ event }) => event.fr_event_id)).toContain('FR-EVT-SESS-SPAWN-002');
  });

  it.each([
    ['type', { type: 'session.message' }, 27],
    ['FR-EVT id', { type: 'FR-EVT-SESS-SPAWN-002' }, 7],
    ['family', { family: 'FR-EVT-SESS-SPAWN' }, 24],
    ['limit', { limit: 5 }, 5],
    ['time', { from: '2026-02-24T09:00:30Z' }, 6],
    ['time, exclusive', { to: '2026-02-24T09:00:00Z' }, 0],
  ])('by %s', async (_, query, count) => {
    const recorder = createRecorder(openMemoryStore());
    for (const event of log) await recorder.accept(event);
    expect(await collect(recorder.query(query))).toHaveLength(count);
  });
});

it('F05: an array with holes is refused, however many it has', () => {
  const wsids: string[] = [];
  wsids.length = 4_000_000_000;
  expect(() => checkEvent({ ...log[0], wsids })).toThrow(`${log[0]!.fr_event_id} wsids: an array with holes`);
});

it('F05: a text that no line of a log could hold is refused', () => {
  const event = log.find(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-002')!;
  const said = (length: number) => ({ ...event, payload: { ...event.payload, reason: 'a'.repeat(length) } });
  expect(() => checkEvent(said(2_097_153))).toThrow('a text of 2097153 characters, expected 2097152 at most');
  expect(checkEvent(said(2_097_152))).toEqual(said(2_097_152));
});
