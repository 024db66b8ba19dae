import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../tools/engine/index.ts';
import { coveredIds } from '../../../tools/recorder/index.ts';
import { check, type Log, record, rulesOf } from './recorded.ts';

/** By which rule a log is found from which one emitter of the engine was taken out (F21). */
const CAUSAL = {
  'FR-EVT-SESS-001': 'session/unknown',
  'FR-EVT-SESS-002': 'scheduler/active',
  'FR-EVT-SESS-003': 'session/not-reported',
  'FR-EVT-SESS-004': 'session/messages',
  'FR-EVT-SESS-SCHED-001': 'scheduler/not-enqueued',
  'FR-EVT-SESS-SCHED-002': 'scheduler/active',
  'FR-EVT-SESS-SCHED-004': 'scheduler/left-over',
  'FR-EVT-SESS-SPAWN-001': 'spawn/not-requested',
  'FR-EVT-SESS-SPAWN-002': 'spawn/unanswered',
  'FR-EVT-SESS-SPAWN-003': 'spawn/unanswered',
  'FR-EVT-SESS-SPAWN-004': 'announce/missing',
  'FR-EVT-SESS-SPAWN-005': 'cascade/untold',
  'FR-EVT-007': 'tool/untold',
  'FR-EVT-GOV-MAILBOX-001': 'announce/no-letter',
  'FR-EVT-WF-RECOVERY': 'recovery/untold',
} as const;

/** Nothing follows from these two, and nothing leads to them that a log shows: they have to be demanded. */
const DEMANDED = ['FR-EVT-SESS-005', 'FR-EVT-SESS-SCHED-003'] as const;

const { log } = await record();
const folder = new URL('../../../.GOV/scenarios/', import.meta.url);
const played = await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map(async (name) => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const scenario = await runScenario(text, { unboundSessions: 'allow' });
      return [name, scenario.log] as const;
    }),
);

/** Events that were accepted when they were recorded. */
const accepted = { accepted: true };
const without = (events: Log, id: string): Log => events.filter((event) => event.fr_event_id !== id);

describe('F21: an emitter that is gone is found', () => {
  it('every event that the log of a run may have is in one of the two lists', () => {
    const occur = [...new Set(log.map((event) => event.fr_event_id))].sort();
    expect([...Object.keys(CAUSAL), ...DEMANDED].sort()).toEqual(occur);
  });

  it.each(Object.entries(CAUSAL))('%s, by what is missing around it', (id, rule) => {
    expect(rulesOf(check(without(log, id), [], accepted))).toContain(rule);
  });

  it.each(DEMANDED)('%s, where it is demanded', (id) => {
    const gone = without(log, id);
    expect(check(gone)).toEqual([]);
    expect(check(gone, [], { require: [id] })).toMatchObject([
      { rule: 'coverage/missing', message: `no ${id} occurs, which is required` },
    ]);
    expect(check(log, [], { require: [id] })).toEqual([]);
  });

  it.each(played)('in the log of %s, whichever it is', (_, events) => {
    expect(check(events, [], accepted)).toEqual([]);
    for (const id of new Set(events.map((event) => event.fr_event_id))) {
      const found = rulesOf(check(without(events, id), [], { ...accepted, require: [id] }));
      expect([id, found]).toEqual([id, expect.arrayContaining(['coverage/missing'])]);
    }
  });

  it('the scenarios alone show most of it by what is missing', () => {
    const blind = Object.keys(CAUSAL).filter((id) => {
      const exercised = played.filter(([, events]) => events.some((event) => event.fr_event_id === id));
      return !exercised.some(([, events]) => check(without(events, id), [], accepted).length > 0);
    });
    expect(blind).toEqual([]);
  });
});

describe('coverage that is demanded', () => {
  it('takes ids and patterns, and each of them as often as it likes', () => {
    expect(coveredIds(['FR-EVT-SESS-SPAWN-00*', 'FR-EVT-SESS-SPAWN-001', '*-RECOVERY'])).toEqual([
      'FR-EVT-SESS-SPAWN-001',
      'FR-EVT-SESS-SPAWN-002',
      'FR-EVT-SESS-SPAWN-003',
      'FR-EVT-SESS-SPAWN-004',
      'FR-EVT-SESS-SPAWN-005',
      'FR-EVT-WF-RECOVERY',
    ]);
  });

  it.each(['FR-EVT-SESS-006', 'fr-evt-sess-001', 'FR.EVT.SESS.001', ''])(
    'a pattern that covers nothing: "%s"',
    (pattern) => {
      expect(() => coveredIds(['FR-EVT-SESS-001', pattern])).toThrow(
        `"${pattern}" covers no event id, expected one of `,
      );
      expect(() => check([], [], { require: [pattern] })).toThrow(RangeError);
    },
  );

  it('an empty log has nothing of what is demanded', () => {
    expect(check([], [], { require: ['FR-EVT-SESS-00*'] }).map(({ message }) => message)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `no FR-EVT-SESS-00${n} occurs, which is required`),
    );
  });
});
