import type { FlightRecorderEvent, ModelSession } from '../../generated/index.ts';
import type { CascadeCancelRecord, Role } from '../../kernel/index.ts';
import { type Violation, verifyLog } from '../../recorder/index.ts';
import type { Engine, EngineOptions } from '../api.ts';
import { EngineError } from '../errors.ts';
import { openEngine } from '../open.ts';
import { type Admission, type Clock, seededIds, simulatedClock } from '../ports.ts';
import { type Artifacts, folderArtifacts, memoryArtifacts } from '../store/artifacts.ts';
import { parseScenario, type Scenario } from './language.ts';
import { type Scripts, scripted } from './scripted.ts';

export interface ScenarioOptions {
  /** Default `memory:`. A database must be new: the ids of a scenario repeat. */
  store?: EngineOptions['store'];
  admission?: Admission;
  /** Sessions without a packet; 'refuse' unless the caller's configuration allows them. */
  unboundSessions?: EngineOptions['unboundSessions'];
  /** Roles of the repository, for a scenario that brings none of its own. */
  roles?: Record<string, Role>;
  /** What errors call the scenario. */
  file?: string;
  /** Default: simulated time. On another clock a run also waits for sessions that somebody has paused. */
  clock?: Clock;
  /** Stops the run in order: its jobs return to the queue, and the call rejects. */
  signal?: AbortSignal;
  /** Told once all roots are there, and then at the beginning and the end of every run. */
  onProgress?(progress: ScenarioProgress): void;
}

export interface ScenarioProgress {
  /** Runs that have begun. */
  runs: number;
  /** By the clock of the run. */
  elapsed_ms: number;
  /** Root sessions by the names that the scenario gives them. */
  roots: ReadonlyMap<string, string>;
  /** Sessions that the run waits for: nothing goes on until somebody resumes or cancels them. */
  paused: readonly string[];
}

/** Between two looks at sessions that somebody in another process may resume. */
const LOOK_AGAIN_MS = 200;

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

/** Plays a scenario on simulated time and verifies what it recorded. The same text gives the same bytes. */
export async function runScenario(text: string, options: ScenarioOptions = {}): Promise<ScenarioResult> {
  const scenario = parseScenario(text, options.file);
  const store = options.store ?? 'memory:';
  const roles = scenario.roles ?? options.roles;
  const { signal, onProgress } = options;
  const clock: Clock = options.clock ?? simulatedClock(Date.parse(scenario.start));
  const start = clock.now();
  const runner = scripted(scenario.scripts as unknown as Scripts, clock);
  const artifacts = store === 'memory:' ? memoryArtifacts() : folderArtifacts(`${store.slice(7)}.artifacts`);
  const names = new Map<string, string>();
  let runs = 0;
  const tell = (paused: readonly string[] = []): void =>
    onProgress?.({ runs, elapsed_ms: clock.now() - start, roots: names, paused });
  await using engine = await openEngine({
    store,
    runner: {
      async run(call, io) {
        runs += 1;
        tell();
        try {
          return await runner.run(call, io);
        } finally {
          tell();
        }
      },
    },
    clock,
    artifacts,
    ids: seededIds(scenario.seed),
    unboundSessions: options.unboundSessions ?? 'refuse',
    limits: defined(scenario.limits),
    scheduler: defined(scenario.scheduler),
    budgets: defined(scenario.budgets),
    ...(roles ? { roles } : {}),
    ...(options.admission ? { admission: options.admission } : {}),
  });
  const resolve = (name: string): string | undefined => names.get(name) ?? runner.names.get(name);
  for (const root of scenario.sessions) {
    const { as, script, model, grants, wp_id, ...rest } = root;
    const session = await engine.createSession({
      ...rest,
      model_id: model,
      ...(grants ? { capability_grants: grants } : {}),
      ...(wp_id === undefined ? {} : { wp_id }),
    });
    names.set(as, session.session_id);
    runner.assign(session.session_id, script);
    await engine.enqueue({ session_id: session.session_id });
  }
  tell();
  const outside = scheduleActions(scenario, engine, { clock, ...(signal && { signal }) }, resolve);
  const call = signal ? { signal } : {};
  engine.start();
  await engine.idle(call);
  while (clock.advance?.(null)) await engine.idle(call); // actions that come after everything has come to rest
  await Promise.all(outside.pending);
  while (!clock.advance) {
    await engine.idle(call);
    const paused = await engine.sessions({ state: 'PAUSED' });
    if (paused.length === 0) break;
    tell(paused.map(({ session_id }) => session_id));
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }

  const log: FlightRecorderEvent[] = [];
  for await (const event of engine.events()) log.push(event);
  const rows = await engine.sessions();
  const nameOf = new Map([...names, ...runner.names].map(([name, id]) => [id, name]));
  const violations = [
    ...verifyLog(log, { hasArtifact: (id) => artifacts.has(id) }),
    ...(await verifyRest(engine, rows, log, artifacts)),
    ...[...runner.surprises, ...outside.failures].map((message) =>
      note('scenario/expectation', message, log.length),
    ),
  ];
  return {
    title: scenario.title,
    sessions: rows.map((row) => ({ ...row, name: nameOf.get(row.session_id) ?? null })),
    events: count(log.map((event) => event.fr_event_id)),
    violations,
    stats: {
      ...statsOf(log, rows),
      cascade: {
        cancelled: log.reduce((sum, event) => sum + cancelledIn(event), 0),
        skipped: outside.cancellations.reduce((sum, record) => sum + record.skipped_session_ids.length, 0),
      },
      simulated_ms: clock.now() - start,
    },
    log,
  };
}

/** What somebody outside does at its time: promises that the simulated clock fulfils. */
function scheduleActions(
  scenario: Scenario,
  engine: Engine,
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
  resolve: (name: string) => string | undefined,
): { pending: Promise<void>[]; cancellations: CascadeCancelRecord[]; failures: string[] } {
  const cancellations: CascadeCancelRecord[] = [];
  const failures: string[] = [];
  const act = async (action: Scenario['actions'][number]): Promise<void> => {
    const id = resolve(action.session);
    if (id === undefined)
      throw new EngineError('session_not_found', `session ${action.session} was never spawned`);
    const { reason, by } = action;
    switch (action.do) {
      case 'cancel':
        cancellations.push(await engine.cancel(id, { reason, by }));
        return;
      case 'pause':
        await engine.pause(id, reason);
        return;
      case 'resume':
        await engine.resume(id);
        return;
      case 'close':
        await engine.close(id);
        return;
      case 'send':
        await engine.send({ to_session_id: id, content: action.text ?? '', source: by });
    }
  };
  const pending = scenario.actions.map(async (action) => {
    try {
      await clock.sleep(action.at, signal);
      await act(action);
    } catch (error) {
      if (signal?.aborted) return; // the run rejects; what it did not do is no failure of the scenario
      if (!(error instanceof EngineError)) throw error;
      failures.push(`${action.do} of ${action.session} at ${action.at} ms: ${error.message}`);
    }
  });
  return { pending, cancellations, failures };
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

/** Without the keys that are undefined, which an optional property may not hold. */
function defined<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;
}
