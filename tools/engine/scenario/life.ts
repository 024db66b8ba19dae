import type { Engine } from '../api.ts';
import type { Clock } from '../ports.ts';
import type { ScriptedRunner } from './scripted.ts';

/** One process: an engine and its runner, and how both end without a word. */
export interface Life {
  engine: Engine;
  runner: ScriptedRunner;
}

/** What starts a process: on ports that fall silent when the signal says that it is dead. */
export type Begin = (dead: AbortSignal, first: boolean) => Promise<Life>;

interface Process {
  life: Promise<Life>;
  dead: AbortController;
  over: Promise<undefined>;
  end(): void;
}

/** The process of a scenario, and after a crash the next one. */
export class Lives {
  readonly #begin: Begin;
  #now: Process;

  constructor(begin: Begin) {
    this.#begin = begin;
    this.#now = this.#next(true);
  }

  /** The process that lives now, as soon as it can answer. */
  get current(): Promise<Life> {
    return this.#now.life;
  }

  /** What the current process says, or nothing if it dies before. */
  async ask<Answer>(work: (life: Life) => Promise<Answer>): Promise<Answer | undefined> {
    const { life, over } = this.#now;
    return Promise.race([work(await life), over]);
  }

  /** Everything in memory is lost, nothing is shut down; another process opens the store and recovers. */
  async crash(): Promise<void> {
    const { dead, end } = this.#now;
    dead.abort();
    this.#now = this.#next(false);
    end();
    await this.#now.life;
  }

  #next(first: boolean): Process {
    const dead = new AbortController();
    let end = (): void => {};
    const over = new Promise<undefined>((resolve) => {
      end = () => resolve(undefined);
    });
    return { life: this.#begin(dead.signal, first), dead, over, end };
  }
}

const never = new Promise<never>(() => {});

/** A port that never answers again once its process is dead: no failure, no shutdown, no effect. */
export function mortal<Port extends object>(port: Port, dead: AbortSignal): Port {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => (dead.aborted ? never : Reflect.apply(value, target, given));
    },
  });
}

/** The same of a clock. What the dead were waiting for is taken off it, so that no time passes for them. */
export function mortalClock(clock: Clock, dead: AbortSignal): Clock {
  const { advance } = clock;
  return {
    now: () => clock.now(),
    turn: () => (dead.aborted ? never : clock.turn()),
    async sleep(ms, signal) {
      if (dead.aborted) return never;
      try {
        await clock.sleep(ms, signal ? AbortSignal.any([signal, dead]) : dead);
      } catch (error) {
        if (dead.aborted) return never;
        throw error;
      }
      return dead.aborted ? never : undefined;
    },
    ...(advance ? { advance: (limit: number | null) => !dead.aborted && advance(limit) } : {}),
  };
}
