// What a scenario has come to, and what of it should not have.
import type { FlightRecorderEvent, ModelSession } from '../../generated/index.ts';
import { type Violation, verifyLog } from '../../recorder/index.ts';
import type { Engine } from '../api.ts';
import type { Artifacts } from '../store/artifacts.ts';
import type { Cast } from './cast.ts';
import { judge } from './judge.ts';
import type { Scenario } from './language.ts';
import type { Lives } from './life.ts';
import type { Outside } from './outside.ts';
import type { ReadScenario } from './read.ts';

export interface ScenarioResult {
  title: string;
  sessions: (ModelSession & { name: string | null })[];
  /** How often each event occurred, by FR-EVT id. */
  events: Record<string, number>;
  violations: Violation[];
  stats: {
    spawned: number;
    refused: Record<string, number>;
    announced: number;
    cascade: { cancelled: number; skipped: number };
    simulated_ms: number;
    sessions: number;
    levels: number;
    events_total: number;
  };
  log: FlightRecorderEvent[];
}

/** A scenario that has been played, and who took part. */
export interface Played {
  scenario: Scenario;
  placeOf: ReadScenario['placeOf'];
  cast: Cast;
  artifacts: Artifacts;
  outside: Outside;
  simulated_ms: number;
}

/** What happened, and what of it should not have. */
export async function report(lives: Lives, played: Played): Promise<ScenarioResult> {
  const { scenario, placeOf, cast, artifacts, outside, simulated_ms } = played;
  const { engine } = await lives.current;
  const log: FlightRecorderEvent[] = [];
  for await (const event of engine.events()) log.push(event);
  const rows = await engine.sessions();
  const failures = await judge(scenario.expect, {
    log,
    sessions: rows,
    simulated_ms,
    idOf: (name) => cast.idOf(name),
    nameOf: (id) => cast.nameOf(id) ?? id,
    unread: async (id) => {
      const letters = await engine.inbox(id);
      return letters.map(({ from_session_id }) => cast.nameOf(from_session_id) ?? from_session_id);
    },
    thread: async (id) => (await engine.thread(id)).map(({ role }) => role),
  });
  const unexpected = [...cast.surprises(), ...outside.failures, ...failures].map(({ path, message }) => {
    const { file, line, column } = placeOf(path);
    return note('scenario/expectation', `${file}:${line}:${column} ${message}`, log.length);
  });
  return {
    title: scenario.title,
    sessions: rows.map((row) => ({ ...row, name: cast.nameOf(row.session_id) ?? null })),
    events: count(log.map((event) => event.fr_event_id)),
    violations: [
      ...verifyLog(log, { hasArtifact: (id) => artifacts.has(id) }),
      ...(await verifyRest(engine, rows, log, artifacts)),
      ...unexpected,
    ],
    stats: {
      ...statsOf(log, rows),
      cascade: {
        cancelled: log.reduce((sum, event) => sum + cancelledIn(event), 0),
        skipped: outside.cancellations.reduce((sum, record) => sum + record.skipped_session_ids.length, 0),
      },
      simulated_ms,
    },
    log,
  };
}

/** What the log alone does not show: replayed states are the stored ones, nothing ended has an open span. */
async function verifyRest(
  engine: Engine,
  sessions: readonly ModelSession[],
  log: readonly FlightRecorderEvent[],
  artifacts: Artifacts,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  const replayed = new Map<string, string>();
  for (const event of log) {
    if (event.fr_event_id === 'FR-EVT-SESS-001') replayed.set(event.payload.session_id, 'CREATED');
    if (event.fr_event_id === 'FR-EVT-SESS-002')
      replayed.set(event.payload.session_id, event.payload.to_state);
  }
  for (const { session_id, state } of sessions) {
    if (replayed.get(session_id) !== state) {
      violations.push(
        note(
          'session/replay',
          `session ${session_id} is ${state}, its events say ${replayed.get(session_id)}`,
          log.length,
        ),
      );
    }
    if (!['COMPLETED', 'FAILED', 'CANCELLED'].includes(state)) continue;
    for (const span of await engine.spans(session_id)) {
      if (span.end_time === null)
        violations.push(
          note('span/open', `${state} session ${session_id} has an open ${span.kind} span`, log.length),
        );
    }
    for (const message of await engine.thread(session_id)) {
      if (!artifacts.has(message.content_artifact_id)) {
        violations.push(
          note('message/no-artifact', `message ${message.message_id} has no content`, log.length),
        );
      }
    }
  }
  return violations;
}

const note = (rule: string, message: string, at: number): Violation => ({ rule, at, event_id: '', message });

function statsOf(log: readonly FlightRecorderEvent[], rows: readonly ModelSession[]) {
  const of = (id: string): number => log.filter((event) => event.fr_event_id === id).length;
  return {
    spawned: of('FR-EVT-SESS-SPAWN-002'),
    refused: count(
      log.flatMap((event) =>
        event.fr_event_id === 'FR-EVT-SESS-SPAWN-003' ? [event.payload.rejection_reason] : [],
      ),
    ),
    announced: of('FR-EVT-SESS-SPAWN-004'),
    sessions: rows.length,
    levels: 1 + Math.max(...rows.map((row) => row.spawn_depth)),
    events_total: log.length,
  };
}

const cancelledIn = (event: FlightRecorderEvent): number =>
  event.fr_event_id === 'FR-EVT-SESS-SPAWN-005' ? event.payload.cancelled_session_ids.length : 0;

function count(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of [...values].sort()) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
