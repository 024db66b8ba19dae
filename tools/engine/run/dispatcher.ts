import type { CommandName, Effect, RunKey, SpawnCall } from '../../kernel/index.ts';
import type { RunIO, Runner } from '../api.ts';
import type { Core } from '../core.ts';
import { aborted } from '../errors.ts';
import { type Boot, type RecoveryReport, recoverDead } from './recovery.ts';
import { Run } from './run.ts';
import { GRACE_MS } from './run-time.ts';

/** Commands after which a waiting run may find a permit free. */
const frees: ReadonlySet<CommandName> = new Set(['finish_run', 'start_tool', 'cancel', 'recover']);

/** Commands after which a queued job may be able to start. */
const stirs: ReadonlySet<CommandName> = new Set([
  ...frees,
  'approve',
  'close',
  'consent',
  'enqueue',
  'resume',
  'revoke_consent',
  'route',
  'send',
  'spawn',
]);

/** How often to ask whether another process has written; asking costs a few microseconds. */
const LOOK_MS = 50;

/** Starts what may start, whenever something has changed. */
export class Dispatcher {
  readonly #core: Core;
  readonly #runner: Runner;
  readonly #boot: Boot;
  readonly #recovered: ((report: RecoveryReport) => void) | undefined;
  readonly #spawn: (request: SpawnCall, run: RunKey) => ReturnType<RunIO['spawn']>;
  readonly #runs = new Map<string, { run: Run; done: Promise<void> }>();
  /** Runs that are over and could not be finished; tried again before anything else starts. */
  readonly #unfinished = new Set<Run>();
  #waiting: (() => void)[] = [];
  #started = false;
  #registered = false;
  #recoveredDead = false;
  #stopped = false;
  #pumping: Promise<void> | null = null;
  #again = false;
  #nextAt: number | null = null;
  #alarm: AbortController | null = null;
  #lookout: NodeJS.Timeout | null = null;
  #fault: unknown = null;
  /** Counts launches and commits, so that idling can tell rest from a pause for breath. */
  #activity = 0;

  constructor(
    core: Core,
    runner: Runner,
    boot: Boot,
    hooks: { spawn: Dispatcher['spawn']; recovered: ((report: RecoveryReport) => void) | undefined },
  ) {
    this.#core = core;
    this.#runner = runner;
    this.#boot = boot;
    this.#spawn = hooks.spawn;
    this.#recovered = hooks.recovered;
    core.onCommitted((kind, effects, input) => this.#committed(kind, effects, input));
  }

  get spawn(): (request: SpawnCall, run: RunKey) => ReturnType<RunIO['spawn']> {
    return this.#spawn;
  }

  start(): void {
    this.#started = true;
    // On simulated time nobody but this process is there, and no time passes by itself.
    if (!this.#core.clock.advance) {
      this.#lookout ??= setInterval(() => void this.#look(), LOOK_MS);
      this.#lookout.unref();
    }
    void this.#pump();
  }

  /** What another process has committed says nothing to this one: it has to look (a cancel, a pause, a free permit). */
  async #look(): Promise<void> {
    const { store } = this.#core;
    if (this.#stopped || !store.changedElsewhere()) return;
    try {
      const runs = [...this.#runs.values()].map(({ run }) => run);
      const rows = await store.read((view) => runs.map((run) => view.get('session', run.session.session_id)));
      for (const [at, run] of runs.entries()) run.notice(rows[at]);
      this.#wakeWaiting();
      this.#activity += 1;
      await this.#pump();
    } catch (error) {
      this.#fault ??= error;
    }
  }

  #wakeWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wakeUp of waiting) wakeUp();
  }

  /** Resolves when no run is left and nothing waits for time to pass. */
  async idle(signal?: AbortSignal): Promise<void> {
    const { clock } = this.#core;
    for (;;) {
      if (signal?.aborted) throw aborted(signal);
      const seen = this.#activity;
      await this.#pump();
      await clock.turn();
      if (this.#fault) {
        const fault = this.#fault;
        this.#fault = null; // said once; what comes next may succeed
        throw fault;
      }
      if (this.#activity !== seen || this.#pumping) continue; // no time passes while something can go on
      const due = this.#nextAt;
      if (this.#runs.size === 0 && due === null) return;
      if (clock.advance) {
        if (clock.advance(due)) continue;
        if (this.#runs.size === 0) return;
      }
      const waits: Promise<unknown>[] = [...this.#runs.values()].map(({ done }) => done);
      const stop = new AbortController();
      if (signal) waits.push(abortOf(signal, stop.signal));
      if (due !== null && !clock.advance)
        waits.push(clock.sleep(Math.max(0, due - clock.now()), stop.signal).catch(() => {}));
      await Promise.race(waits);
      stop.abort();
    }
  }

  /** Stops every run; their jobs return to the queue and keep their attempt. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm?.abort();
    if (this.#lookout) clearInterval(this.#lookout);
    for (const { run } of this.#runs.values()) run.stop('shutdown');
    await this.#passing(Promise.all([...this.#runs.values()].map(({ done }) => done)));
    await this.#pumping;
    await this.settle().catch(() => {}); // recovery of the next process finds what is left
    if (!this.#registered) return;
    const { boot_id } = this.#boot;
    await this.#core.execute('leave_boot', { boot_id }).catch(() => {}); // others see that the process is gone
  }

  /** Finishes what could not be finished before; throws if it still cannot. */
  async settle(): Promise<void> {
    const faults: unknown[] = [];
    for (const run of [...this.#unfinished]) {
      try {
        await run.finish();
        this.#unfinished.delete(run);
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  /** Waits. On simulated time nobody else lets the grace of a runner pass that does not listen. */
  async #passing(work: Promise<unknown>): Promise<void> {
    const { clock } = this.#core;
    if (!clock.advance) return void (await work);
    let over = false;
    const watched = work.finally(() => {
      over = true;
    });
    const limit = clock.now() + 2 * GRACE_MS;
    for (let turn = 1; !over; turn += 1) {
      await clock.turn();
      if (turn % 16 === 0 && !over && clock.now() < limit) clock.advance(limit);
    }
    await watched;
  }

  #committed(kind: CommandName, effects: readonly Effect[], input: unknown): void {
    if (kind === 'pause' || kind === 'resume') {
      const { session_id } = input as { session_id: string };
      for (const { run } of this.#runs.values())
        if (run.session.session_id === session_id) run.requestPause(kind === 'pause');
    }
    for (const effect of effects) this.#runs.get(effect.job_id)?.run.stop('cancelled');
    if (frees.has(kind)) this.#wakeWaiting();
    if (kind === 'dispatch') return;
    this.#activity += 1;
    if (stirs.has(kind)) void this.#pump();
  }

  #pump(): Promise<void> {
    if (!this.#started || this.#stopped) return Promise.resolve();
    this.#again = true;
    this.#pumping ??= this.#drain().finally(() => {
      this.#pumping = null;
    });
    return this.#pumping;
  }

  /** Before anything is dispatched: others can see that this process lives, and what dead ones left is paused. */
  async #begin(): Promise<void> {
    const { boot_id, processes } = this.#boot;
    if (!this.#registered) {
      await this.#core.execute('register_boot', { boot_id, ...processes.own() });
      this.#registered = true;
    }
    if (this.#recoveredDead) return;
    const report = await recoverDead(this.#core, this.#boot);
    this.#recoveredDead = true;
    this.#recovered?.(report);
  }

  async #drain(): Promise<void> {
    try {
      await this.#begin();
      await this.settle().catch((error) => {
        this.#fault ??= error; // what else waits goes on
      });
      while (this.#again && !this.#stopped) {
        this.#again = false;
        const { job, session, next_at } = await this.#core.execute('dispatch', {
          boot_id: this.#boot.boot_id,
        });
        this.#nextAt = next_at;
        if (!job || !session) continue;
        this.#again = true;
        this.#launch(
          new Run(this.#core, { job, session }, { spawn: this.#spawn, freed: () => this.#freed() }),
        );
      }
    } catch (error) {
      this.#fault ??= error;
    }
    this.#setAlarm();
  }

  /** A retry or a job that the rate limit holds back comes due by itself, whether anybody calls or not. */
  #setAlarm(): void {
    const { clock } = this.#core;
    this.#alarm?.abort();
    this.#alarm = null;
    const again = this.#unfinished.size > 0 ? clock.now() + GRACE_MS : Number.POSITIVE_INFINITY;
    const at = Math.min(this.#nextAt ?? Number.POSITIVE_INFINITY, again);
    if (clock.advance || at === Number.POSITIVE_INFINITY || this.#stopped) return; // idle() moves simulated time
    const alarm = new AbortController();
    this.#alarm = alarm;
    clock.sleep(Math.max(0, at - clock.now()), alarm.signal).then(
      () => void this.#pump(),
      () => {}, // another alarm, or the end, came first
    );
  }

  #launch(run: Run): void {
    const id = run.job.job_id;
    this.#activity += 1;
    const done = run
      .execute(this.#runner)
      .catch((error) => {
        this.#fault ??= error;
        this.#unfinished.add(run);
        this.#setAlarm();
      })
      .then(() => {
        if (this.#runs.get(id)?.run === run) this.#runs.delete(id);
      });
    this.#runs.set(id, { run, done });
  }

  #freed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** Resolves when the call is aborted; leaves no listener behind when it is no longer waited for. */
function abortOf(signal: AbortSignal, until: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve(); // while we looked: no event tells of it any more
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true, signal: until }),
  );
}
