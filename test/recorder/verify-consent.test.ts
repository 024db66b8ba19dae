import { describe, expect, it } from 'vitest';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { agree, cloudRoot, receiptId, revoke } from '../kernel/receipts.ts';
import { world } from '../kernel/world.ts';

/** Two cloud runs under receipts 1 and 2, and a revocation of each. */
const w = await world();
const session_id = await cloudRoot(w);
const jobs: string[] = [];
for (const n of [1, 2]) {
  await agree(w, n, 'SESSION_SCOPED', [session_id]);
  if (n === 1) await w.run('enqueue', { session_id });
  jobs.push((await w.dispatch())!.job_id);
  await revoke(w, n);
}
const { log } = w;

type Edit = (event: FlightRecorderEvent) => FlightRecorderEvent;
const edited = (id: string, nth: number, edit: Edit): FlightRecorderEvent[] => {
  const wanted = log.filter((event) => event.fr_event_id === id)[nth];
  expect(wanted).toBeDefined();
  return log.map((event) => (event === wanted ? edit(event) : event));
};
const named =
  (id: string): Edit =>
  (event) => ({ ...event, policy_decision_id: id });
const unnamed: Edit = ({ policy_decision_id: _, ...event }) => event as FlightRecorderEvent;
const ending: Edit = (event) =>
  ({ ...event, payload: { ...event.payload, to_state: 'CANCELLED' } }) as FlightRecorderEvent;
const told = (events: FlightRecorderEvent[]) =>
  verifyLog(events)
    .filter(({ rule }) => rule.startsWith('consent/'))
    .map(({ rule, message }) => [rule, message]);

describe('4.3.9.14: what a log says of consent', () => {
  it('ours breaks no rule', () => {
    expect(log.filter((event) => event.fr_event_id === 'FR-EVT-SESS-SCHED-002')).toHaveLength(2);
    expect(verifyLog(log)).toEqual([]);
  });

  it('INV-CONSENT-001: a cloud run that names no receipt', () => {
    expect(told(edited('FR-EVT-SESS-SCHED-002', 0, unnamed))).toEqual([
      ['consent/missing', `cloud run ${jobs[0]} of session ${session_id} names no consent receipt`],
    ]);
  });

  it('INV-CONSENT-003: a cloud run under a receipt that was revoked', () => {
    expect(told(edited('FR-EVT-SESS-SCHED-002', 1, named(receiptId(1))))).toEqual([
      ['consent/revoked', `cloud run ${jobs[1]} starts under receipt ${receiptId(1)}, which was revoked`],
    ]);
    expect(told(edited('FR-EVT-SESS-SCHED-004', 0, unnamed))).toEqual([
      [
        'consent/untold',
        `session ${session_id} is BLOCKED since receipt ${receiptId(1)} was revoked, and no job of it was cancelled`,
      ],
    ]);
  });

  it('D-16: a session that was ended by the revocation', () => {
    const last = log.filter((event) => event.fr_event_id === 'FR-EVT-SESS-002').length - 1;
    const dead = edited('FR-EVT-SESS-002', last, ending);
    expect(told(dead)).toEqual([
      ['consent/not-blocked', `session ${session_id} is CANCELLED after receipt ${receiptId(2)} was revoked`],
    ]);
    expect(told(edited('FR-EVT-SESS-002', last, (event) => ending(unnamed(event))))).toEqual([]);
    expect(told(edited('FR-EVT-SESS-002', last, (event) => ending(named(receiptId(3))(event))))).toEqual([]);
  });

  it('a local run needs no receipt', () => {
    const local: Edit = (event) =>
      ({ ...event, payload: { ...event.payload, backend: 'local' } }) as FlightRecorderEvent;
    const events = edited('FR-EVT-SESS-001', 0, local).map((event) =>
      event.fr_event_id === 'FR-EVT-SESS-SCHED-002' ? unnamed(event) : event,
    );
    expect(told(events)).toEqual([]);
  });
});
