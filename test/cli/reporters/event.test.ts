import { readFileSync } from 'node:fs';
import stringWidth from 'fast-string-width';
import { expect, it } from 'vitest';
import { createOutput } from '../../../tools/cli/output.ts';
import { eventPrinter } from '../../../tools/cli/reporters/event.ts';
import { runScenario } from '../../../tools/engine/index.ts';
import type { FlightRecorderEvent } from '../../../tools/generated/index.ts';

const text = readFileSync(new URL('../../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');
const { log } = await runScenario(text, { unboundSessions: 'allow' });

const printer = (columns: number) => {
  const stdout = { write: () => true, isTTY: true, columns };
  return eventPrinter(createOutput({ stdout, stderr: stdout, env: {} }, { color: false }));
};

it('an event is a line with its time, its session, its type and what matters of it, and a day stands above', () => {
  const print = printer(80);
  const first = log.filter(({ type }, at) => log.findIndex((event) => event.type === type) === at);
  expect(first.map(print).join('\n')).toMatchInlineSnapshot(`
    "2026-02-24
    09:00:00  019c…89  session.created                 Orchestrator on local/large
    09:00:00  019c…89  session_scheduler.enqueue       PRIMARY, priority 50
    09:00:00  019c…89  session_scheduler.dispatch      PRIMARY, waited 0 ms
    09:00:00  019c…89  session.state_change            CREATED → ACTIVE
    09:00:00  019c…89  session.spawn_requested         Researcher, ONE_SHOT
    09:00:00  019c…89  session.spawn_accepted          Researcher 044d…75
    09:00:00  019c…89  session.message                 ASSISTANT, 150 tokens
    09:00:00  019c…89  session.budget_warning          session_tokens 4100 of 4000
    09:00:00  e6f1…7f  session.spawn_rejected          capability_widening
    09:00:00  044d…75  tool_call                       web.fetch ok, 200 ms
    09:00:00  ddb1…54  session.completed               50 tokens, 500 ms
    09:00:01  044d…75  session_scheduler.rate_limited  hosted, again in 4.4 s
    09:00:02  e6f1…7f  gov_mailbox_message_created     SessionAnnounceBack from Val…
    09:00:02  e6f1…7f  session.announce_back           COMPLETED to 019c…89, sha256…
    09:00:30  8801…18  session_scheduler.cancelled     by operator: wrong branch
    09:00:30  019c…89  session.cascade_cancel          4 sessions: wrong branch"
  `);
});

it('no line is wider than the terminal, and no event of a later version stops it', () => {
  const print = printer(60);
  const later = {
    ...log[0]!,
    type: 'session.\u001b[2Jfrozen',
    fr_event_id: 'FR-EVT-SESS-009',
    payload: null,
  };
  const known = { ...log[0]!, payload: null };
  expect(print(later as unknown as FlightRecorderEvent)).toContain('session.\\u001b[2Jfrozen');
  expect(print(known as unknown as FlightRecorderEvent)).toContain('session.created');
  for (const event of log)
    for (const line of print(event).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(60);
});

it('on a narrow terminal the type leaves room for what matters', () => {
  const print = printer(60);
  expect(print(log[0]!).split('\n')[1]).toBe('09:00:00  019c…89  session.created      Orchestrator on loc…');
  const changed = log.find(({ type }) => type === 'session.state_change')!;
  expect(print(changed)).toBe('09:00:00  019c…89  session.state_change  CREATED → ACTIVE');
});
