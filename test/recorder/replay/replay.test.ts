import { describe, expect, it } from 'vitest';
import { createReplay, replay } from '../../../tools/recorder/index.ts';
import { record } from '../conform/recorded.ts';

const { log, ids } = await record();
const told = replay(log);

describe('a log that is replayed gives each session as it is', () => {
  it('state, parent, depth, role and children', () => {
    expect(told.get(ids.root)).toMatchObject({
      state: 'COMPLETED',
      reason: null,
      role: 'Orchestrator',
      parent_session_id: null,
      spawn_depth: 0,
      children: [ids.first, ids.second, ids.third],
    });
    expect(told.get(ids.below)).toMatchObject({
      state: 'CANCELLED',
      reason: 'no longer wanted',
      role: 'Coder',
      wp_id: null,
      parent_session_id: ids.second,
      spawn_depth: 2,
      children: [],
    });
    expect(told.get(ids.cloud)).toMatchObject({ state: 'BLOCKED', reason: 'consent', jobs: 2 });
  });

  it('announcements, in their order, with status and requester', () => {
    const announced = (id: string) =>
      told.get(id)!.announcements.map(({ status, requester_session_id: to }) => [status, to]);
    expect(announced(ids.first)).toEqual([['COMPLETED', ids.root]]);
    expect(announced(ids.second)).toEqual([['CANCELLED', ids.root]]);
    expect(announced(ids.third)).toEqual([['FAILED', ids.root]]);
    expect(announced(ids.lasting)).toEqual([
      ['COMPLETED', ids.other],
      ['COMPLETED', ids.other],
    ]);
    expect(announced(ids.orphan)).toEqual([]);
    const letters = log.flatMap((event) =>
      event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001' && event.model_session_id === ids.lasting
        ? event.payload.message_id
        : [],
    );
    expect(told.get(ids.lasting)!.announcements.map((letter) => letter.mailbox_message_id)).toEqual(letters);
  });

  it('cancellations, by the cascade that lists them', () => {
    const under = (root: string, reason: string) => ({
      root_session_id: root,
      reason,
      event_id: log.find(
        (event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-005' && event.model_session_id === root,
      )!.event_id,
    });
    expect(told.get(ids.below)!.cancelled).toEqual(under(ids.second, 'no longer wanted'));
    expect(told.get(ids.orphan)!.cancelled).toEqual(under(ids.third, 'parent_failed'));
    expect(told.get(ids.lasting)!.cancelled).toEqual(under(ids.other, 'the day is over'));
    expect(told.get(ids.root)!.cancelled).toBeNull();
  });

  it('what was told at completion', () => {
    expect(told.get(ids.root)!.completed).toEqual({
      total_tokens: 90,
      total_cost_usd: 0.25,
      duration_ms: 1000,
      messages_count: 3,
    });
    expect(told.get(ids.first)!.completed).toMatchObject({ total_tokens: 20, messages_count: 2 });
    expect(told.get(ids.third)!.completed).toBeNull();
    expect(told.get(ids.root)!.messages).toBe(3);
  });

  it('event by event as well as at once', () => {
    const replayed = createReplay();
    for (const event of log) replayed.read(event);
    expect([...replayed.sessions]).toEqual([...told]);
    expect(told.size).toBe(log.filter((event) => event.fr_event_id === 'FR-EVT-SESS-001').length);
  });

  it('what is about a session that was never created is passed over', () => {
    const strange = log.filter((event) => event.fr_event_id !== 'FR-EVT-SESS-001');
    expect(replay(strange).size).toBe(0);
  });
});
