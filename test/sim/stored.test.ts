// Faults of a log that a replay beside the rows has to find, each planted into the log of one world.
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type { TableName } from '../../tools/kernel/index.ts';
import { closed, done, world } from '../kernel/world.ts';
import { storedFaults } from './stored.ts';

const w = await world();
const root = (await w.root()).session_id;
const child = await w.child(root);
await w.play(child, done);
await w.play(root, closed);
const other = (await w.root({ wp_id: 'WP-1' })).session_id;
const lost = await w.child(other);
await w.run('cancel', { session_id: other, reason: 'too dear', by: 'operator' });

type Event = FlightRecorderEvent;
const log: readonly Event[] = w.log;

/** What the world has stored, as a store gives it: with every row of a table. */
const stored: Reading = Object.assign(Object.create(w.view()) as Reading, {
  sessionIds: () => w.rows('session').map(({ session_id }) => session_id),
  all: (name: TableName) => w.rows(name),
});

function faultsOf(events: readonly Event[]): string[] {
  const found: string[] = [];
  storedFaults((_, message) => found.push(message), stored, events);
  return found;
}

const change = (id: Event['fr_event_id'], session: string, over: object): Event[] =>
  log.map((event) =>
    event.fr_event_id === id && event.model_session_id === session
      ? ({ ...event, payload: { ...event.payload, ...over } } as Event)
      : event,
  );

describe('replaying the events gives what is stored', () => {
  it('of a log that is whole', () => {
    expect(faultsOf(log)).toEqual([]);
  });

  it.each([
    [
      'another state',
      change('FR-EVT-SESS-002', lost, { to_state: 'FAILED' }),
      `state of ${lost}: "FAILED" replayed, "CANCELLED" stored`,
    ],
    [
      'another parent',
      change('FR-EVT-SESS-SPAWN-002', other, { child_session_id: child }),
      `parent of ${child}: "${other}" replayed, "${root}" stored`,
    ],
    [
      'another depth',
      change('FR-EVT-SESS-001', child, { spawn_depth: 2 }),
      `depth of ${child}: 2 replayed, 1 stored`,
    ],
    [
      'another role',
      change('FR-EVT-SESS-001', child, { role: 'Validator' }),
      `role of ${child}: "Validator" replayed, "Coder" stored`,
    ],
    [
      'another packet',
      change('FR-EVT-SESS-001', other, { wp_id: null }),
      `packet of ${other}: null replayed, "WP-1" stored`,
    ],
    [
      'an announcement that is lost',
      log.filter((event) => event.fr_event_id !== 'FR-EVT-SESS-SPAWN-004'),
      `announcements of ${child}: [] replayed, `,
    ],
    [
      'another status',
      change('FR-EVT-SESS-SPAWN-004', child, { status: 'FAILED' }),
      `the status that is told of ${child}: "FAILED" replayed, "COMPLETED" stored`,
    ],
    [
      'another requester',
      change('FR-EVT-SESS-SPAWN-004', child, { requester_session_id: other }),
      `the requester that is told of ${child}: "${other}" replayed, "${root}" stored`,
    ],
    [
      'a cancellation that nothing lists',
      change('FR-EVT-SESS-SPAWN-005', other, { cancelled_session_ids: [other] }),
      `cancellation of ${lost}: undefined replayed, ${other}, too dear recorded`,
    ],
    [
      'a cancellation for another reason',
      change('FR-EVT-SESS-SPAWN-005', other, { reason: 'late' }),
      `cancellation of ${lost}: ${other}, late replayed, ${other}, too dear recorded`,
    ],
    [
      'a completion that is lost',
      log.filter((event) => event.fr_event_id !== 'FR-EVT-SESS-003'),
      `completion of ${root}: false replayed, true stored`,
    ],
    [
      'messages that are counted wrongly',
      change('FR-EVT-SESS-003', child, { messages_count: 7 }),
      `messages at completion of ${child}: 7 replayed, `,
    ],
    [
      'tokens that were never booked',
      change('FR-EVT-SESS-003', child, { total_tokens: 7 }),
      `${child} completed with 7 tokens and has 0`,
    ],
    [
      'a job that is lost',
      log.filter((event) => event.fr_event_id !== 'FR-EVT-SESS-SCHED-001'),
      `jobs of ${child}: 0 replayed, 1 stored`,
    ],
    [
      'a session that is lost',
      log.filter((event) => event.model_session_id !== lost),
      `${lost} is stored, and no event tells of it`,
    ],
  ])('%s is found', (_, events, fault) => {
    expect(faultsOf(events)).toEqual(expect.arrayContaining([expect.stringContaining(fault)]));
  });

  it('a session that was never stored is found', () => {
    const born = log.find((event) => event.fr_event_id === 'FR-EVT-SESS-001')!;
    const ghost = { ...born, payload: { ...born.payload, session_id: born.event_id } } as Event;
    expect(faultsOf([...log, ghost])).toContain(`events tell of ${born.event_id}, which is not stored`);
  });
});
