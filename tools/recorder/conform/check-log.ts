import type { FlightRecorderEvent } from '../../generated/index.ts';
import { sessionTransitions } from '../../kernel/index.ts';
import { checkEvent } from '../accept/check.ts';
import { RecorderError } from '../accept/errors.ts';
import { consentRules } from './consent.ts';
import { IdTable } from './id-table.ts';
import { Sessions } from './sessions.ts';
import { spawnRules } from './spawn.ts';
import { isTerminal, type LogState, type VerifyOptions, type Violation } from './state.ts';

export interface LogCheck {
  /** One entry of the log, in order, with its place: a line of a file, or a number from 1. */
  observe(entry: unknown, at: number): void;
  /** One span line, in any order among the events. */
  span?(line: unknown, at: number): void;
  /** After the last entry: what can only be told then. */
  end(): void;
  /** How many sessions the log has created so far. */
  readonly sessions: number;
}

/** Checks a log entry by entry, so that it need not be held as a whole; `report` hears of each violation as it shows. */
export function createLogCheck(
  report: (violation: Violation) => void,
  options: VerifyOptions = {},
): LogCheck {
  const sessions = new Sessions();
  const seen = new IdTable();
  let place = 0;
  let current = '';
  const state: LogState = {
    sessions,
    report: (rule, message) => report({ rule, at: place, event_id: current, message }),
  };
  const spawning = spawnRules(state, options);
  const consenting = consentRules(state);
  return {
    observe(entry, at) {
      place = at;
      current = String((entry as { event_id?: unknown } | null)?.event_id ?? '');
      let event: FlightRecorderEvent;
      try {
        event = checkEvent(entry);
      } catch (error) {
        if (!(error instanceof RecorderError)) throw error;
        state.report('event/invalid', error.message);
        return;
      }
      if (!seen.add(event.event_id)) state.report('event/duplicate', `event ${event.event_id} occurs twice`);
      spawning.before(event);
      followState(state, event);
      spawning.after(event);
      consenting(event);
      sessions.settle();
    },
    end: () => spawning.end(),
    get sessions() {
      return sessions.size;
    },
  };
}

/**
 * Reads a whole log, ours or anybody's, and returns what is wrong with it: shape, correlation, legal and sticky
 * states, spawns that nobody asked for, cascades that missed somebody, announcements without letter or twice, calls to
 * the cloud without consent.
 */
export function verifyLog(log: Iterable<unknown>, options: VerifyOptions = {}): Violation[] {
  const violations: Violation[] = [];
  const check = createLogCheck((violation) => violations.push(violation), options);
  let at = 0;
  for (const entry of log) check.observe(entry, ++at);
  check.end();
  return violations;
}

function followState(state: LogState, event: FlightRecorderEvent): void {
  const { sessions, report } = state;
  switch (event.fr_event_id) {
    case 'FR-EVT-SESS-001': {
      const { session_id, spawn_depth } = event.payload;
      if (sessions.has(session_id)) report('session/created-twice', `session ${session_id} is created twice`);
      else
        sessions.set(session_id, {
          state: 'CREATED',
          parent: null,
          depth: spawn_depth,
          children: [],
          completed: false,
        });
      return;
    }
    case 'FR-EVT-SESS-002': {
      const { session_id, from_state, to_state } = event.payload;
      const session = sessions.get(session_id);
      if (!session) {
        report('session/unknown', `session ${session_id} changes state before it is created`);
        return;
      }
      if (session.state !== from_state) {
        report(
          'session/from-state',
          `session ${session_id} is ${session.state}, the event says ${from_state}`,
        );
      } else if (!sessionTransitions[from_state].includes(to_state)) {
        const rule = isTerminal(from_state) ? 'session/terminal-sticky' : 'session/illegal-transition';
        report(rule, `session ${session_id} goes from ${from_state} to ${to_state}`);
      }
      session.state = to_state;
      return;
    }
    case 'FR-EVT-SESS-003': {
      const { session_id } = event.payload;
      const session = sessions.get(session_id);
      if (session?.state !== 'COMPLETED' || session.completed) {
        report(
          'session/completed',
          `session ${session_id} reports completion ${session?.completed ? 'twice' : 'without being COMPLETED'}`,
        );
      }
      if (session) session.completed = true;
      return;
    }
    case 'FR-EVT-SESS-SCHED-002': {
      const session = sessions.get(event.payload.session_id);
      if (
        session &&
        (isTerminal(session.state) || session.state === 'PAUSED' || session.state === 'ACTIVE')
      ) {
        report(
          'scheduler/dispatch',
          `a run of session ${event.payload.session_id} starts while it is ${session.state}`,
        );
      }
      return;
    }
    default:
  }
}
