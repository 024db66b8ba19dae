import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';

const text = readFileSync(new URL('../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');
const { log } = await runScenario(text, { unboundSessions: 'allow' });

type Log = FlightRecorderEvent[];
const index = (events: Log, id: string): number => events.findIndex((event) => event.fr_event_id === id);
const without = (id: string, where: (event: FlightRecorderEvent) => boolean = () => true): Log => {
  const gone = log.find((event) => event.fr_event_id === id && where(event));
  expect(gone).toBeDefined();
  return log.filter((event) => event !== gone);
};
const state = (to: string) => (event: FlightRecorderEvent) =>
  event.fr_event_id === 'FR-EVT-SESS-002' && event.payload.to_state === to;
const rules = (events: Log): string[] => [...new Set(verifyLog(events).map((violation) => violation.rule))];

describe('what a log proves about itself', () => {
  it('ours breaks no rule', () => {
    expect(verifyLog(log)).toEqual([]);
  });

  it.each([
    ['a spawn that nobody asked for', without('FR-EVT-SESS-SPAWN-001'), 'spawn/not-requested'],
    [
      'a child that was never created',
      without('FR-EVT-SESS-001', (event) => (event.payload as { spawn_depth: number }).spawn_depth > 0),
      'spawn/no-child',
    ],
    ['an announcement without letter', without('FR-EVT-GOV-MAILBOX-001'), 'announce/no-letter'],
    [
      'a cascade that missed somebody',
      without('FR-EVT-SESS-002', state('CANCELLED')),
      'cascade/not-cancelled',
    ],
    ['a state that nobody left', without('FR-EVT-SESS-002', state('BLOCKED')), 'session/from-state'],
    ['an event twice', [...log, log.at(-1)!], 'event/duplicate'],
    ['a completion out of nothing', without('FR-EVT-SESS-002', state('COMPLETED')), 'session/completed'],
  ])('%s', (_, broken, rule) => {
    expect(rules(broken)).toContain(rule);
  });

  it('terminal is sticky', () => {
    const last = log.findLast(state('COMPLETED')) as Extract<
      FlightRecorderEvent,
      { fr_event_id: 'FR-EVT-SESS-002' }
    >;
    const revived = {
      ...last,
      event_id: '00000000-0000-7000-8000-000000000001',
      payload: { ...last.payload, from_state: 'COMPLETED' as const, to_state: 'ACTIVE' as const },
    };
    expect(rules([...log, revived])).toEqual(['session/terminal-sticky']);
  });

  it('a child announces each task once', () => {
    const at = index(log, 'FR-EVT-SESS-SPAWN-004');
    const again = { ...log[at]!, event_id: '00000000-0000-7000-8000-000000000002' } as FlightRecorderEvent;
    expect(rules([...log.slice(0, at + 1), again, ...log.slice(at + 1)])).toEqual(['announce/twice']);
  });

  it('an announcement of a summary that does not exist', () => {
    expect(verifyLog(log, { hasArtifact: () => false }).map((violation) => violation.rule)).toContain(
      'announce/no-artifact',
    );
  });

  it('a foreign line that is no event is reported at its place, and reading goes on', () => {
    expect(verifyLog([log[0], { hello: 1 }, null, log[1]])).toMatchObject([
      { rule: 'event/invalid', at: 2 },
      { rule: 'event/invalid', at: 3 },
    ]);
  });
});
