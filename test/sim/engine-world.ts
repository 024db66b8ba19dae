/**
 * A world of the real engine: its dispatcher, its runs and its commits, on a clock that nobody waits for. A crash drops
 * the process at one of its commits, and another engine opens the same store.
 */

import { createCore } from '../../tools/engine/core.ts';
import { createEngine } from '../../tools/engine/engine.ts';
import type { Clock, Engine, EngineOptions, Processes, Reading, Store } from '../../tools/engine/index.ts';
import { memoryArtifacts, openMemoryStore, seededIds, simulatedClock } from '../../tools/engine/index.ts';
import { mortal, mortalClock } from '../../tools/engine/scenario/life.ts';
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type { Decision, Rejection, Rules } from '../../tools/kernel/index.ts';
import type { Coverage } from './coverage.ts';
import { provider } from './engine-provider.ts';
import { Judge } from './judge.ts';
import { Random } from './random.ts';
import { sampleRules } from './sampled-rules.ts';
import { type Given, START } from './world.ts';

/** How often, in a thousand commits, the process dies just before it or just after it. */
const FATAL = 8;
const never = new Promise<never>(() => {});

/** One process. */
interface Life {
  engine: Engine;
  dead: AbortController;
  over: Promise<undefined>;
}

export async function openEngineWorld(parts: {
  seed: number;
  coverage: Coverage;
  store?: Store;
}): Promise<EngineWorld> {
  const store = parts.store ?? openMemoryStore();
  return store.read((view) => new EngineWorld(parts.seed, parts.coverage, store, view));
}

export class EngineWorld {
  readonly seed: number;
  readonly random: Random;
  readonly rules: Rules;
  readonly view: Reading;
  readonly clock = simulatedClock(START);
  readonly artifacts = memoryArtifacts();
  readonly coverage: Coverage;
  readonly judge: Judge;
  steps = 0;
  last: Given | null = null;
  /** Nobody dies any more: what is left has to come to rest. */
  calm = false;
  /** What the processes themselves have seen go wrong. */
  readonly faults: unknown[] = [];
  /** How often a call that must not be repeated was really executed and approved, by what it was to do. */
  readonly executions = new Map<string, number>();
  readonly approvals = new Map<string, number>();
  readonly #fates: Random;
  readonly #ids: ReturnType<typeof seededIds>;
  readonly #store: Store;
  #lives = 0;
  #life: Life;
  #decided: (() => void) | null = null;

  constructor(seed: number, coverage: Coverage, store: Store, view: Reading) {
    this.seed = seed;
    this.random = new Random(seed);
    this.#fates = new Random(seed ^ 0x5bd1e995);
    this.rules = sampleRules(this.random);
    this.coverage = coverage;
    coverage.newWorld();
    this.#ids = seededIds(seed);
    this.#store = store;
    this.view = view;
    this.judge = new Judge(view, this.rules, coverage);
    this.#life = this.#begin();
  }

  /** How many processes there have been. */
  get lives(): number {
    return this.#lives;
  }

  get log(): readonly FlightRecorderEvent[] {
    return this.judge.log;
  }

  /** What the process that lives now answers, or nothing if it dies before it does. */
  async ask<Answer>(work: (engine: Engine) => Promise<Answer>): Promise<Answer | undefined> {
    const { engine, over } = this.#life;
    return Promise.race([work(engine), over]);
  }

  /** Everything in memory is lost, and nothing is shut down. */
  crash(): void {
    const { dead } = this.#life;
    if (dead.signal.aborted) return;
    dead.abort();
    this.#life = this.#begin();
  }

  /** Ends in order. */
  async close(): Promise<void> {
    await this.ask(async (engine) => engine[Symbol.asyncDispose]());
  }

  #begin(): Life {
    const dead = new AbortController();
    const { signal } = dead;
    const pid = ++this.#lives;
    const clock: Clock = mortalClock(this.clock, signal);
    const store = this.#mortalStore(signal, () => this.crash());
    const artifacts = mortal(this.artifacts, signal);
    const core = createCore({ store, artifacts, clock, ids: this.#ids, rules: this.rules });
    const { execute } = core;
    // The kernel's decision is known to the store alone, and the command to the core alone: both in this one turn.
    const tagged: typeof core = {
      ...core,
      execute: (kind, input) => {
        this.#given = { kind, input } as unknown as Given;
        return execute(kind, input);
      },
    };
    const processes: Processes = {
      own: () => ({ host: 'here', pid, process_started: null }),
      lives: (other) => other.pid === pid,
    };
    const options: EngineOptions = {
      store: 'memory:',
      runner: mortal(provider(this, clock), signal),
      processes,
      unboundSessions: pid % 8 === 3 ? 'refuse' : 'allow',
      admission: {
        admit: async (wp_id) =>
          wp_id === 'WP-9'
            ? { refused: true, code: 'no_packet', message: `${wp_id} has no packet` }
            : { capabilities: ['fs', 'net.http', 'exec'], paths: [], packet_digest: '' },
      },
    };
    const engine = createEngine(tagged, options);
    const over = new Promise<undefined>((resolve) =>
      signal.addEventListener('abort', () => resolve(undefined), { once: true }),
    );
    engine.start();
    return { engine, dead, over };
  }

  #given: Given | null = null;

  /** The one store, as a process sees it that may die at each of its commits. */
  #mortalStore(dead: AbortSignal, die: () => void): Store {
    const store = this.#store;
    const transact: Store['transact'] = async (decideOn, prepare) => {
      if (dead.aborted) return never;
      const given = this.#given!;
      const fatal = !this.calm && this.#fates.below(1000) < FATAL;
      const before = fatal && this.#fates.chance(50);
      let answer: Awaited<ReturnType<typeof transact>>;
      try {
        answer = await store.transact(
          (view) => {
            this.#settle();
            if (dead.aborted) throw new Error('the process has died');
            const now = this.clock.now();
            const decision = decideOn(view);
            this.steps += 1;
            this.last = given;
            if (decision.rejected) this.#judged(given, decision, [], now);
            return decision;
          },
          (decision) => {
            const now = this.clock.now();
            const events = prepare(decision);
            if (before) {
              this.coverage.count('fault before the commit');
              die();
              throw new Error('the process has died');
            }
            this.#decided = () => this.#judged(given, decision, events, now);
            return events;
          },
        );
      } catch (error) {
        if (dead.aborted) return never;
        throw error;
      }
      this.#settle();
      if (fatal && !dead.aborted) {
        this.coverage.count('fault after the commit');
        die();
      }
      return dead.aborted ? never : (answer as never);
    };
    const ports: Pick<Store, 'transact' | typeof Symbol.asyncDispose> = {
      transact,
      [Symbol.asyncDispose]: async () => {}, // whoever opened it closes it
    };
    return new Proxy(store, {
      get: (target, key) =>
        Reflect.get(Object.hasOwn(ports, key) ? ports : mortal(target, dead), key) as unknown,
    });
  }

  /** The command before this one is in the store now, and nothing else has happened since. */
  #settle(): void {
    const judge = this.#decided;
    this.#decided = null;
    judge?.();
  }

  #judged(
    given: Given,
    decision: Decision<unknown> | Rejection,
    events: readonly FlightRecorderEvent[],
    now: number,
  ): void {
    if (this.faults.length > 0) return; // the first one counts
    try {
      this.judge.hear(given, decision, events, now);
      if (!decision.rejected) this.#kept(decision);
    } catch (error) {
      this.faults.push(error);
      this.calm = true;
    }
  }

  /** Content is there before anything names it: messages of a thread, and what a session was asked to keep. */
  #kept({ changes }: Decision<unknown>): void {
    for (const change of changes) {
      if (change.table !== 'message' || change.row === null) continue;
      const { content_artifact_id, message_id } = change.row;
      if (!this.artifacts.has(content_artifact_id))
        throw new Error(`artifacts: message ${message_id} names ${content_artifact_id}, which is not kept`);
    }
  }
}
