import type { FlightRecorderEvent } from '../../generated/index.ts';
import { isTerminal, type KnownSession, type LogState, type Place, type Rules } from './state.ts';

interface Expected {
  what: 'active' | 'paused' | 'completion';
  place: Place;
  trace: string;
}

/**
 * Pairs of events that D-53 puts next to each other: a dispatch and ACTIVE, a recovery and PAUSED, COMPLETED and the
 * report of it. Where one of two is missing, the state is taken for what the other one says, so that one lost event
 * gives one violation.
 */
export function nextRules({ sessions, report, here, partial }: LogState): Rules {
  const expected = new Map<string, Expected>();

  const missed = (id: string, { what, place }: Expected): void => {
    const session = sessions.get(id)!;
    if (what === 'active') {
      report(
        'scheduler/active',
        `a run of session ${id} starts, and the session never becomes ACTIVE`,
        place,
      );
      session.state = 'ACTIVE';
    } else if (what === 'paused') {
      report('recovery/no-pause', `session ${id} is recovered and not PAUSED (crash_recovery)`, place);
      session.state = 'PAUSED';
    } else report('session/not-reported', `session ${id} is COMPLETED and never reports it`, place);
  };

  const alone = ({ id, work }: KnownSession): void => {
    report('scheduler/active', `session ${id} becomes ACTIVE without a run that starts`);
    const next = work && [...work.jobs].find(([, seen]) => seen === 'queued');
    if (!next) return;
    work.jobs.set(next[0], 'dispatched');
    work.waiting -= 1;
    work.running = next[0];
  };

  return {
    before(event) {
      const id = event.model_session_id;
      const session = id === undefined ? undefined : sessions.get(id);
      if (id === undefined || !session) return;
      const awaited = expected.get(id);
      const kind = kindOf(event);
      if (awaited) expected.delete(id);
      if (awaited && awaited.what !== kind) missed(id, awaited);
      if (awaited?.what === kind) {
        if (awaited?.what === 'paused' && awaited.trace !== event.trace_id)
          report('trace/broken', `session ${id} is recovered in trace ${awaited.trace}, paused in another`);
        return;
      }
      // Out of any other state it would be illegal, and is told as that.
      if (kind === 'active' && waits(session.state)) alone(session);
      // A person may give that reason to a session that rests; then nothing was recovered.
      if (kind === 'paused' && event.actor === 'system')
        report('recovery/untold', `session ${id} is PAUSED by a recovery of which no event tells`);
    },

    after(event) {
      const id = event.model_session_id;
      if (id === undefined) return;
      const what = asksFor(event);
      const session = what && sessions.get(id);
      if (!what || !session) return;
      const { state } = session;
      if (what === 'completion' ? session.completed : isTerminal(state)) return;
      if (what === 'active' && !waits(state)) return;
      expected.set(id, { what, place: here(), trace: event.trace_id });
    },

    end() {
      if (partial) return;
      for (const [id, awaited] of expected) missed(id, awaited);
    },
  };
}

const waits = (state: string): boolean => state === 'BLOCKED' || state === 'CREATED';

/** Which expectation an event meets. */
function kindOf(event: FlightRecorderEvent): Expected['what'] | null {
  if (event.fr_event_id === 'FR-EVT-SESS-003') return 'completion';
  if (event.fr_event_id !== 'FR-EVT-SESS-002') return null;
  const { to_state, reason } = event.payload;
  if (to_state === 'ACTIVE') return 'active';
  return to_state === 'PAUSED' && reason === 'crash_recovery' ? 'paused' : null;
}

/** Which one it brings about. */
function asksFor(event: FlightRecorderEvent): Expected['what'] | null {
  switch (event.fr_event_id) {
    case 'FR-EVT-SESS-SCHED-002':
      return 'active';
    case 'FR-EVT-WF-RECOVERY':
      return 'paused';
    case 'FR-EVT-SESS-002':
      return event.payload.to_state === 'COMPLETED' ? 'completion' : null;
    default:
      return null;
  }
}
