import type { FlightRecorderEvent } from '../../generated/index.ts';
import { checkEvent } from '../accept/check.ts';
import { RecorderError } from '../accept/errors.ts';
import { announceRules } from './announcing.ts';
import { budgetRules } from './budgets.ts';
import { cascadeRules } from './cascading.ts';
import { consentRules } from './consenting.ts';
import { coverageRules } from './coverage.ts';
import { IdTable } from './id-table.ts';
import { lifeRules } from './life.ts';
import { nextRules } from './next.ts';
import { scheduleRules } from './scheduling.ts';
import { Sessions } from './sessions.ts';
import { spanRules } from './spans.ts';
import { spawnRules } from './spawning.ts';
import type { LogState, Rules, VerifyOptions, Violation } from './state.ts';
import { toolRules } from './tools.ts';

export interface LogCheck {
  /** One entry of the log, in order, with its place: a line of a file, or a number from 1. */
  observe(entry: unknown, at: number): void;
  /** One span line, in any order among the events: see {@link spanOf} for its two shapes. */
  span(line: unknown, at: number): void;
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
  let here = { at: 0, event_id: '' };
  const partial = options.partial === true;
  const sessions = new Sessions();
  const strangers = new Set<string>();
  const state: LogState = {
    sessions,
    partial,
    here: () => here,
    report: (rule, message, { at, event_id } = here) => report({ rule, at, event_id, message }),
    silence: (id) => void strangers.add(id),
    about(id) {
      const known = sessions.get(id);
      if (known || partial || strangers.has(id)) return known;
      strangers.add(id);
      state.report('session/unknown', `session ${id} occurs, and its creation does not`);
      return undefined;
    },
  };
  const spans = spanRules(state);
  const rules: Rules[] = [
    nextRules(state), // what has to come next is looked at before the state moves on
    cascadeRules(state),
    lifeRules(state),
    scheduleRules(state),
    spawnRules(state),
    announceRules(state, options),
    consentRules(state),
    budgetRules(state),
    toolRules(state),
    spans,
    coverageRules(state, options.require ?? []),
  ];
  const befores = rules.flatMap(({ before }) => before ?? []);
  const afters = rules.flatMap(({ after }) => after ?? []);
  const seen = new IdTable();
  return {
    observe(entry, at) {
      here = { at, event_id: String((entry as { event_id?: unknown } | null)?.event_id ?? '') };
      const event = options.accepted ? (entry as FlightRecorderEvent) : shaped(entry, state);
      if (!event) return;
      if (!seen.add(event.event_id)) {
        // A copy tells nothing new: to follow it would report its consequences beside it.
        state.report('event/duplicate', `event ${event.event_id} occurs twice`);
        return;
      }
      for (const before of befores) before(event);
      sessions.settle(); // a cascade that ended with the event before this one has been looked at by now
      for (const after of afters) after(event);
    },
    span(line, at) {
      here = { at, event_id: '' };
      spans.line(line);
    },
    end() {
      for (const { end } of rules) end?.();
    },
    get sessions() {
      return sessions.size;
    },
  };
}

/**
 * Reads a whole log, ours or anybody's, and returns what is wrong with it, in the order of the places: shape,
 * correlation, legal and sticky states, spawns that nobody asked for, cascades that missed somebody, announcements
 * without letter or twice, calls to the cloud without consent. The rules are {@link LOG_RULES}.
 */
export function verifyLog(log: Iterable<unknown>, options: VerifyOptions = {}): Violation[] {
  const violations: Violation[] = [];
  const check = createLogCheck((violation) => violations.push(violation), options);
  let at = 0;
  for (const entry of log) check.observe(entry, ++at);
  check.end();
  return violations.sort((a, b) => a.at - b.at);
}

function shaped(entry: unknown, { report }: LogState): FlightRecorderEvent | undefined {
  try {
    return checkEvent(entry);
  } catch (error) {
    if (!(error instanceof RecorderError)) throw error;
    report('event/invalid', error.message);
    return undefined;
  }
}
