import { describe, expect, it } from 'vitest';
import { events, type FlightRecorderEvent } from '../../../tools/generated/index.ts';
import {
  type Fate,
  fateOf,
  type Policy,
  RETENTION,
  retentionOf,
  retentionWith,
  sessionEnds,
} from '../../../tools/recorder/index.ts';
import { accepted, created, DAY, id, inference, letter, moved, NOON, sample } from './samples.ts';

const policyOf = (over: Partial<Policy> = {}): Policy => ({
  times: retentionWith(),
  now: NOON,
  sessions: sessionEnds(),
  isOpenPacket: () => false,
  ...over,
});

/** Sessions by their end: null = alive; `root` where it is not a root itself. */
function ends(...sessions: { n: number; ended: number | null; root?: number; wp?: string }[]) {
  const known = sessionEnds();
  for (const { n, ended, root = n, wp = null } of sessions)
    known.know({ session_id: id(n), root_session_id: id(root), ended_at: ended, wp_id: wp });
  return known;
}

const said = (event: FlightRecorderEvent, over: Partial<Policy>): string => {
  const fate: Fate = fateOf(event, policyOf(over));
  return fate.does === 'keep' ? `keep: ${fate.why}` : fate.does;
};

const OLD = NOON - 400 * DAY;

describe('D-45: the table of families', () => {
  it('every event of the registry has a time, and each id one of D-45', () => {
    const times = Object.keys(events).map((fr_event_id) => {
      const { family, days, afterwards } = retentionOf(fr_event_id)!;
      return `${fr_event_id} ${family} ${days} ${afterwards}`;
    });
    expect(times).toEqual([
      'FR-EVT-006 FR-EVT-006 7 purge',
      'FR-EVT-007 FR-EVT-007 30 archive',
      'FR-EVT-GOV-MAILBOX-001 FR-EVT-GOV-MAILBOX 30 archive',
      'FR-EVT-GOV-MAILBOX-002 FR-EVT-GOV-MAILBOX 30 archive',
      'FR-EVT-GOV-MAILBOX-003 FR-EVT-GOV-MAILBOX 30 archive',
      'FR-EVT-SESS-001 FR-EVT-SESS 30 archive',
      'FR-EVT-SESS-002 FR-EVT-SESS 30 archive',
      'FR-EVT-SESS-003 FR-EVT-SESS 30 archive',
      'FR-EVT-SESS-004 FR-EVT-SESS 30 archive',
      'FR-EVT-SESS-005 FR-EVT-SESS 30 archive',
      'FR-EVT-SESS-SCHED-001 FR-EVT-SESS-SCHED 30 archive',
      'FR-EVT-SESS-SCHED-002 FR-EVT-SESS-SCHED 30 archive',
      'FR-EVT-SESS-SCHED-003 FR-EVT-SESS-SCHED 30 archive',
      'FR-EVT-SESS-SCHED-004 FR-EVT-SESS-SCHED 30 archive',
      'FR-EVT-SESS-SPAWN-001 FR-EVT-SESS-SPAWN 30 archive',
      'FR-EVT-SESS-SPAWN-002 FR-EVT-SESS-SPAWN 30 archive',
      'FR-EVT-SESS-SPAWN-003 FR-EVT-SESS-SPAWN 30 archive',
      'FR-EVT-SESS-SPAWN-004 FR-EVT-SESS-SPAWN 30 archive',
      'FR-EVT-SESS-SPAWN-005 FR-EVT-SESS-SPAWN 30 archive',
      'FR-EVT-WF-RECOVERY FR-EVT-WF-RECOVERY 30 archive',
    ]);
    expect(retentionOf('FR-EVT-999')).toBeUndefined();
    expect(retentionOf('toString')).toBeUndefined();
  });

  it('a configuration lengthens, and never shortens', () => {
    const times = retentionWith({ 'FR-EVT-006': 90, 'FR-EVT-SESS': 1 });
    expect(times.of('FR-EVT-006')!.days).toBe(90);
    expect(times.of('FR-EVT-SESS-001')!.days).toBe(30);
    expect(times.of('FR-EVT-SESS-SPAWN-001')!.days).toBe(30);
    expect(times.shortest).toBe(30);
    expect(retentionWith().shortest).toBe(7);
    expect(Math.min(...RETENTION.map(({ days }) => days))).toBe(7);
  });
});

describe('D-45: when an event may go', () => {
  const session = (ended: number | null): Partial<Policy> => ({ sessions: ends({ n: 1, ended }) });

  it.each([
    ['FR-EVT-006, 7 days old', inference(NOON - 7 * DAY), {}, 'purge'],
    ['FR-EVT-006, a millisecond younger', inference(NOON - 7 * DAY + 1), {}, 'keep: too_young'],
    ['FR-EVT-006, from a clock that runs ahead', inference(NOON + DAY), {}, 'keep: too_young'],
    [
      'FR-EVT-006 counts from itself, whenever its session ended',
      inference(NOON - 8 * DAY, { model_session_id: id(1) }),
      session(NOON - DAY),
      'purge',
    ],
    [
      'FR-EVT-006 of a session that lives',
      inference(OLD, { model_session_id: id(1) }),
      session(null),
      'keep: live_session',
    ],
    ['its session ended exactly 30 days ago', created(1, OLD), session(NOON - 30 * DAY), 'archive'],
    ['a millisecond less', created(1, OLD), session(NOON - 30 * DAY + 1), 'keep: too_young'],
    ['its session never ended', created(1, OLD), session(null), 'keep: live_session'],
    ['its session ended in the future', created(1, OLD), session(NOON + DAY), 'keep: too_young'],
    [
      'it came after the end, and is young itself',
      moved(1, 'COMPLETED', NOON - 29 * DAY),
      session(NOON - 40 * DAY),
      'keep: too_young',
    ],
    ['nobody knows its session', created(9, OLD), session(OLD), 'keep: unknown_session'],
    [
      'it names no session: from its own time',
      sample('FR-EVT-GOV-MAILBOX-002', 'gov_mailbox_exported', NOON - 30 * DAY, {
        ...{ export_root: 'docs/ROLE_MAILBOX/', export_manifest_sha256: '1'.repeat(64) },
        ...{ thread_count: 1, message_count: 1 },
      }),
      {},
      'archive',
    ],
    [
      'an id that nobody knows',
      { ...created(1, OLD), fr_event_id: 'FR-EVT-SESS-099' } as unknown as FlightRecorderEvent,
      session(OLD),
      'keep: unknown_event',
    ],
    ['a time that is none', { ...created(1, OLD), timestamp: 'then' }, session(OLD), 'keep: too_young'],
    [
      'not before the time that was asked for',
      created(1, OLD),
      { ...session(OLD), before: OLD },
      'keep: not_before',
    ],
    ['before it', created(1, OLD), { ...session(OLD), before: OLD + 1 }, 'archive'],
  ] as [string, FlightRecorderEvent, Partial<Policy>, string][])('%s', (_, event, over, expected) => {
    expect(said(event, over)).toBe(expected);
  });

  it('D-59: a thread closes when the session of its requester ends, and any other thread stays', () => {
    const over = { sessions: ends({ n: 1, ended: NOON - 31 * DAY }, { n: 2, ended: NOON - 60 * DAY }) };
    expect(said(letter(2, id(1), OLD), over)).toBe('archive');
    expect(said(letter(2, id(1), OLD), { ...over, now: NOON - 2 * DAY })).toBe('keep: too_young');
    expect(said(letter(2, 'a thread of people', OLD), over)).toBe('keep: unknown_session');
    expect(said(letter(2, id(1), OLD), { sessions: ends({ n: 1, ended: null }, { n: 2, ended: OLD }) })).toBe(
      'keep: live_session',
    );
  });
});

describe('a tree goes as a whole', () => {
  it('an ended child stays while its root lives, and an ended root while a child lives', () => {
    const root = { sessions: ends({ n: 1, ended: null }, { n: 2, ended: OLD, root: 1 }) };
    expect(said(created(2, OLD, null, 1), root)).toBe('keep: live_session');
    const child = { sessions: ends({ n: 1, ended: OLD }, { n: 2, ended: null, root: 1 }) };
    expect(said(created(1, OLD), child)).toBe('keep: live_session');
  });

  it('its days count from the end of its last session', () => {
    const tree = (last: number) => ({ sessions: ends({ n: 1, ended: OLD }, { n: 2, ended: last, root: 1 }) });
    expect(said(created(1, OLD), tree(NOON - 30 * DAY + 1))).toBe('keep: too_young');
    expect(said(created(1, OLD), tree(NOON - 30 * DAY))).toBe('archive');
  });

  it('a spawn between two trees waits for both', () => {
    const two = { sessions: ends({ n: 1, ended: OLD }, { n: 2, ended: null }) };
    expect(said(accepted(1, 2, OLD), two)).toBe('keep: live_session');
  });
});

describe('F16: what an open work packet refers to is kept', () => {
  const open = (...open: string[]): Pick<Policy, 'isOpenPacket'> => ({
    isOpenPacket: (wp) => open.includes(wp),
  });
  const over = (wp?: string): Partial<Policy> => ({
    sessions: ends({ n: 1, ended: OLD }, { n: 2, ended: OLD, root: 1, ...(wp && { wp }) }),
  });

  it.each([
    ['by its envelope', created(1, OLD, 'WP-1-A-v1'), over()],
    ['by its payload', letter(1, id(1), OLD, 'WP-1-A-v1'), over()],
    ['by another session of its tree', created(1, OLD), over('WP-1-A-v1')],
    ['though it would be purged', inference(OLD, { wp_id: 'WP-1-A-v1' }), over()],
  ] as [string, FlightRecorderEvent, Partial<Policy>][])('%s', (_, event, policy) => {
    expect(said(event, { ...policy, ...open('WP-1-A-v1') })).toBe('keep: open_packet');
    expect(said(event, { ...policy, ...open('WP-1-B-v1') })).not.toContain('keep');
  });
});

describe('a log without a store tells itself when its sessions ended', () => {
  const told = (...log: FlightRecorderEvent[]) => {
    const known = sessionEnds();
    for (const event of log) known.observe(event);
    return known;
  };

  it('root, child and state come from SESS-001, SPAWN-002 and SESS-002', () => {
    const known = told(
      created(1, OLD),
      created(2, OLD, 'WP-1-A-v1', 1),
      accepted(1, 2, OLD),
      moved(2, 'COMPLETED', OLD + 5),
    );
    expect(known.treeOf(id(2))!.ended_at).toBeNull();
    known.observe(moved(1, 'FAILED', OLD + 9));
    expect(known.treeOf(id(2))).toEqual({ ended_at: OLD + 9, packets: new Set(['WP-1-A-v1']) });
    expect(known.isStored(id(2))).toBe(false);
  });

  it('a child whose parent nobody names has no tree, nor has a circle', () => {
    expect(told(created(2, OLD, null, 1), moved(2, 'FAILED', OLD)).treeOf(id(2))).toBeUndefined();
    const circle = told(
      accepted(1, 2, OLD),
      accepted(2, 1, OLD),
      moved(1, 'FAILED', OLD),
      moved(2, 'FAILED', OLD),
    );
    expect(circle.treeOf(id(1))).toBeUndefined();
  });

  it('a store is believed before the log', () => {
    const known = told(created(1, OLD), moved(1, 'COMPLETED', OLD));
    known.know({ session_id: id(1), root_session_id: id(1), ended_at: null, wp_id: null });
    expect(known.treeOf(id(1))!.ended_at).toBeNull();
    expect(known.isStored(id(1))).toBe(true);
  });
});
