import { expect, it } from 'vitest';
import type { Clock } from '../../tools/engine/index.ts';
import { open, root, start } from './opened.ts';

/** A clock that time passes on, as on a wall: nobody may jump it, timers fire when the test says so. */
function wallClock() {
  let now = start;
  const timers = new Set<{ at: number; fire(): void }>();
  const clock: Clock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = {
          at: now + ms,
          fire() {
            timers.delete(timer);
            resolve();
          },
        };
        timers.add(timer);
        signal?.addEventListener('abort', () => {
          timers.delete(timer);
          reject(signal.reason);
        });
      }),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await clock.turn();
  };
  return {
    clock,
    timers,
    settle,
    async pass(ms: number): Promise<void> {
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) timer.fire();
      await settle();
    },
  };
}

it('INV-SCHED-003: a retry comes due by itself, without idle() and without another command', async () => {
  const { clock, timers, pass, settle } = wallClock();
  let attempts = 0;
  const engine = await open(
    async () => {
      attempts += 1;
      return attempts === 1
        ? { outcome: 'failed', error: 'the provider hiccuped', retryable: true }
        : { outcome: 'completed', close: true };
    },
    { clock },
  );
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  engine.start();
  await settle();
  expect(attempts).toBe(1);
  await pass(3_600_000);
  expect(attempts).toBe(2);
  expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  await engine[Symbol.asyncDispose]();
  expect(timers.size).toBe(0);
});
