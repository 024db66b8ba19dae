import type { Role } from '../../kernel/index.ts';
import type { EngineOptions, Runner } from '../api.ts';
import { artifactsOf, engineOn, openStore } from '../open.ts';
import { type Admission, type Clock, seededIds, simulatedClock } from '../ports.ts';
import { systemProcesses } from '../processes.ts';
import type { Store } from '../store/store.ts';
import { Cast } from './cast.ts';
import type { Scenario } from './language.ts';
import { type Life, Lives, mortal, mortalClock } from './life.ts';
import { scheduleActions } from './outside.ts';
import { readScenario } from './read.ts';
import { report, type ScenarioResult } from './report.ts';
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

/** Plays a scenario on simulated time and verifies what it recorded. The same text gives the same bytes. */
export async function runScenario(text: string, options: ScenarioOptions = {}): Promise<ScenarioResult> {
  const { scenario, placeOf } = readScenario(text, options.file);
  const storeName = options.store ?? 'memory:';
  const { signal } = options;
  const clock: Clock = options.clock ?? simulatedClock(Date.parse(scenario.start));
  const start = clock.now();
  const artifacts = artifactsOf(storeName);
  const cast = new Cast();
  const configured = {
    ...optionsOf(scenario, options),
    store: storeName,
    artifacts,
    ids: seededIds(scenario.seed),
  };
  const store = await openStore(storeName);
  const roots = new Map<string, string>();
  let runs = 0;
  const tell = (paused: readonly string[] = []): void =>
    options.onProgress?.({ runs, elapsed_ms: clock.now() - start, roots, paused });
  const told = (runner: Runner): Runner => ({
    async run(call, io) {
      runs += 1;
      tell();
      try {
        return await runner.run(call, io);
      } finally {
        tell();
      }
    },
  });
  const lives = new Lives(async (dead, first) => {
    const time = mortalClock(clock, dead);
    const runner = cast.enter(scripted(scenario.scripts as Scripts, time));
    const engine = engineOn(mortal(store, dead), { ...configured, runner: told(runner), clock: time });
    if (!first) {
      await engine.recover({ presumed_dead: await bootsOfThis(store) });
      engine.start();
    }
    return { engine, runner };
  });
  try {
    const { engine } = await lives.current;
    const begin = async ({ as, script, model, grants, wp_id, at: _, run, ...rest }: Root): Promise<void> => {
      const life = await lives.current;
      const session = await life.engine.createSession({
        ...rest,
        model_id: model,
        ...(grants ? { capability_grants: grants } : {}),
        ...(wp_id === undefined ? {} : { wp_id }),
      });
      cast.assign(as, session.session_id, script);
      roots.set(as, session.session_id);
      await life.engine.enqueue({ session_id: session.session_id, ...defined(run ?? {}) });
    };
    for (const root of scenario.sessions) if (root.at === 0) await begin(root);
    tell();
    const stage = { lives, clock, artifacts, cast, ...(signal && { signal }) };
    const later = scenario.sessions.filter(({ at }) => at > 0);
    const outside = scheduleActions(
      scenario.actions,
      stage,
      later.map((root) => [root.at, () => begin(root)]),
    );
    engine.start();
    await rest(lives, clock, signal);
    await outside.done;
    while (!clock.advance) {
      await rest(lives, clock, signal);
      const paused = await (await lives.current).engine.sessions({ state: 'PAUSED' });
      if (paused.length === 0) break;
      tell(paused.map(({ session_id }) => session_id));
      await clock.sleep(LOOK_AGAIN_MS, signal);
    }
    return await report(lives, {
      scenario,
      placeOf,
      cast,
      artifacts,
      outside,
      simulated_ms: clock.now() - start,
    });
  } finally {
    const { engine } = await lives.current;
    await engine[Symbol.asyncDispose]();
  }
}

/** Until nothing can run: neither in this process, nor in one that followed it, nor by an action that is left. */
async function rest(lives: Lives, clock: Clock, signal?: AbortSignal): Promise<void> {
  let played: Life;
  do {
    played = await lives.current;
    await lives.ask((life) => life.engine.idle(signal ? { signal } : {}));
  } while (played !== (await lives.current) || clock.advance?.(null));
}

/** All lives of a scenario are one process of the machine, and look alive: those before this one are known to be dead. */
async function bootsOfThis(store: Store): Promise<string[]> {
  const own = systemProcesses.own();
  const boots = await store.read((view) => view.select('boot', 'all', 'all'));
  return boots.filter(({ pid, host }) => pid === own.pid && host === own.host).map(({ boot_id }) => boot_id);
}

type Root = Scenario['sessions'][number];

/** What the scenario decides of the engine, and its caller of the rest. */
function optionsOf(scenario: Scenario, options: ScenarioOptions): Omit<EngineOptions, 'store' | 'runner'> {
  const roles = scenario.roles ?? options.roles;
  return {
    unboundSessions: options.unboundSessions ?? 'refuse',
    limits: defined(scenario.limits),
    scheduler: defined(scenario.scheduler) as NonNullable<EngineOptions['scheduler']>,
    budgets: defined(scenario.budgets),
    ...(roles ? { roles } : {}),
    ...(options.admission ? { admission: options.admission } : {}),
  };
}

/** Without the keys that are undefined, which an optional property may not hold. */
function defined<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;
}
