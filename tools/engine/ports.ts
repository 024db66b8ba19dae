import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ids } from '../kernel/index.ts';

/** Time. The only way the engine learns what time it is, or waits. */
export interface Clock {
  now(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason if that comes first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Lets everything run that can run without time passing. */
  turn(): Promise<void>;
  /** Simulated clocks only: moves to the next timer, or to `limit` if that is earlier; false if neither is. */
  advance?(limit: number | null): boolean;
}

/** What the gate says about a session that is bound to a work packet. */
export interface Admission {
  admit(
    wp_id: string,
    role: string,
  ): Promise<
    | { capabilities: string[]; paths: string[]; packet_digest: string; refused?: false }
    | { refused: true; code: string; message: string }
  >;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    });
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};

/** Randomness is drawn in bulk: asking the system for every id costs more than the id. */
function randomPool(): () => Uint8Array {
  let pool = randomBytes(0);
  let used = 0;
  return () => {
    if (used + 16 > pool.length) {
      pool = randomBytes(4096);
      used = 0;
    }
    used += 16;
    return pool.subarray(used - 16, used);
  };
}

const random = randomPool();

/** A part of a name that nobody else uses; nothing that is recorded depends on it. */
export const nonce = (): string => Buffer.from(random()).toString('hex');

export const systemIds: Ids = { uuid7: (now) => v7({ msecs: now, random: random() }) };

/** Ids from a counter: the same seed and the same calls give the same ids. */
export function seededIds(seed: number): Ids {
  let count = 0;
  return {
    uuid7(now) {
      count += 1;
      const time = now.toString(16).padStart(12, '0');
      const low = (count % 0x1000).toString(16).padStart(3, '0');
      const high = Math.floor(count / 0x1000)
        .toString(16)
        .padStart(3, '0');
      const tail = (seed % 2 ** 48).toString(16).padStart(12, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-8${low}-${tail}`;
    },
  };
}

interface Timer {
  at: number;
  order: number;
  fire(): void;
}

/** A clock that stands still until everything waits, and then jumps. */
export function simulatedClock(start: number): Clock & { advance(limit: number | null): boolean } {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();
  const earliest = (): number => Math.min(...[...timers].map((timer) => timer.at));
  return {
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const stop = (): void => {
          timers.delete(timer);
          reject(signal?.reason);
        };
        const timer: Timer = {
          at: now + Math.max(0, ms),
          order: ++order,
          fire() {
            timers.delete(timer);
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        timers.add(timer);
        signal?.addEventListener('abort', stop, { once: true });
      });
    },
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    advance(limit) {
      const target = Math.min(earliest(), limit ?? Number.POSITIVE_INFINITY);
      if (target === Number.POSITIVE_INFINITY) return false;
      now = Math.max(now, target);
      const due = [...timers]
        .filter((timer) => timer.at <= now)
        .sort((a, b) => a.at - b.at || a.order - b.order);
      for (const timer of due) timer.fire();
      return true;
    },
  };
}
