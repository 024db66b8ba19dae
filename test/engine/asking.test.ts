import { expect, it } from 'vitest';
import { type EventQuery, openReadOnly } from '../../tools/engine/index.ts';
import { completes, database, open, request, root, storeOf } from './opened.ts';

async function ids(events: AsyncIterable<{ event_id: string } | { event: { event_id: string } }>) {
  const found: string[] = [];
  for await (const one of events) found.push('event' in one ? one.event.event_id : one.event_id);
  return found;
}

it('F10, 11.9.1.X.2: an engine and a reader of its database answer alike, without a span and with nobody else’s events', async () => {
  const path = database();
  await using engine = await open(completes, { store: `sqlite:${path}` });
  const { session_id } = await engine.createSession(root);
  const { session_id: other } = await engine.createSession({ ...root, role: 'Coder' });
  const { child_session_id } = await engine.spawn(request(session_id));
  engine.start();
  await engine.idle();
  await using log = await openReadOnly(path);
  const child = child_session_id!;
  for (const query of [
    { model_session_id: session_id },
    { model_session_id: child, type: 'session.state_change', from: '2026-02-24T09:00:00Z' },
    { tree: session_id, family: 'FR-EVT-SESS-*' },
    { tree: child, last: 3 },
    { role: 'Coder', lane: 'PRIMARY', actor: 'system' },
  ] as EventQuery[]) {
    const answer = await ids(engine.events(query));
    expect(answer.length).toBeGreaterThan(0);
    expect(await ids(log.readEvents(query))).toEqual(answer);
  }
  for await (const event of engine.events({ tree: session_id }))
    expect(JSON.stringify(event)).not.toContain(other);
  const letters = engine.events({ model_session_id: session_id, type: 'gov_mailbox_message_created' });
  expect(await ids(letters)).toHaveLength(1);
});

it('a query that nobody can mean is refused with the name that may be meant', async () => {
  await using engine = await open(completes, { store: storeOf('memory') });
  const refusal = async (query: object): Promise<string> => {
    try {
      await ids(engine.events(query as EventQuery));
      return 'answered';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(await refusal({ type: ['session.created', 'session.creatd'] })).toBe(
    'query.type.1 is "session.creatd", expected a type or an event id (did you mean session.created?)',
  );
  expect(await refusal({ family: 'FR-EVT-SES' })).toBe(
    'query.family is "FR-EVT-SES", expected an event family (did you mean FR-EVT-SESS?)',
  );
  expect(await refusal({ family: [] })).toBe('query.family is a list, expected one name at least');
  expect(await refusal({ type: 7 })).toBe('query.type is 7, expected text');
  expect(await refusal({ lane: 'FAST' })).toBe(
    'query.lane is "FAST", expected one of PRIMARY, SUBAGENT, BACKGROUND, VALIDATION',
  );
  const [from, to] = ['2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z'];
  expect(await refusal({ from, to })).toBe(
    `query.to is "${to}", expected a time after from, which is ${from}`,
  );
  expect(await refusal({ after_seq: 5, before_seq: 5 })).toBe(
    'query.before_seq is 5, expected a place after after_seq, which is 5',
  );
  expect(await refusal({ limit: 1, last: 2 })).toBe('query.last is 2, expected either limit or last');
  expect(await refusal({ family: 'FR-EVT-SESS-*', type: 'FR-EVT-006' })).toBe('answered');
});
