// An engine in a process of its own that does what its parent says, line by line.
import { appendFileSync, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Engine, EngineError, type EngineOptions, systemClock } from '../../../tools/engine/index.ts';
import type { Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import { engineOn, type Play } from './engine-on.ts';
import { spawnOf } from './workload.ts';

export interface Serving {
  /** How its runs are played. */
  play: 'complete' | 'work' | 'oversleep';
  /** Runs write here what they do. */
  diary: string;
  limits?: EngineOptions['limits'];
  scheduler?: EngineOptions['scheduler'];
}

type Method = 'createSession' | 'enqueue' | 'spawn' | 'cancel' | 'sessions' | 'idle' | 'start';

/** Calls that are made together, not before the time that all processes have been told. */
export interface Order {
  at: number;
  calls: [method: Method, ...given: unknown[]][];
}

/** An answer, or the error that the caller got. */
export type Answer = { value: unknown } | { error: string; message: string };

const WORK_MS = 15;

/** The file that ends the sleep of those who oversleep. */
export const alarmOf = (diary: string): string => `${diary}.alarm`;

type Say = (...words: unknown[]) => void;

function playing({ play, diary }: Serving, say: Say): Play {
  const write = (what: string): void => appendFileSync(diary, `${what}\n`);
  switch (play) {
    case 'complete':
      return async () => ({ outcome: 'completed', close: true });
    case 'work':
      return async ({ job }, io) => {
        write(`begin ${job.job_id} ${process.pid}`);
        await systemClock.sleep(WORK_MS, io.signal);
        write(`end ${job.job_id} ${process.pid}`);
        return { outcome: 'completed', close: true };
      };
    case 'oversleep':
      return overslept(alarmOf(diary), say, write);
  }
}

/** It hears nothing until a file wakes it, and then it tries everything that a run can do. */
function overslept(alarm: string, say: Say, write: (what: string) => void): Play {
  return async ({ session }, io) => {
    say('runs');
    const bed = new Int32Array(new SharedArrayBuffer(4));
    while (!existsSync(alarm)) Atomics.wait(bed, 0, 0, 10);
    const tries: Record<string, () => unknown> = {
      chunk: () => io.chunk('I was asleep.'),
      spawn: () => io.spawn(spawnOf(session, 'Late')),
      toolCall: () =>
        io.toolCall({
          tool_id: 'ledger.append',
          tool_version: '1.0.0',
          arguments: {},
          side_effect: 'WRITE',
          idempotency: 'NON_IDEMPOTENT',
          invoke: async () => write('invoked'),
        }),
    };
    for (const [name, attempt] of Object.entries(tries)) {
      try {
        await attempt();
        say(name, 'done');
      } catch (error) {
        say(name, (error as Error).message);
      }
    }
    return { outcome: 'completed', close: true };
  };
}

async function answerOf(engine: Engine, [method, ...given]: Order['calls'][number]): Promise<Answer> {
  try {
    const call = engine[method] as (...given: unknown[]) => unknown;
    return { value: (await call(...given)) ?? null };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { error: error.code, message: error.message };
  }
}

export async function serve(path: string, driver: Driver, serving: Serving, say: Say): Promise<void> {
  const { limits = {}, scheduler = {} } = serving;
  const engine = await engineOn(path, {
    run: playing(serving, say),
    clock: systemClock,
    driver,
    options: { limits, scheduler },
  });
  const lines = createInterface({ input: process.stdin });
  say('ready');
  for await (const line of lines) {
    const { at, calls } = JSON.parse(line) as Order;
    await systemClock.sleep(Math.max(0, at - Date.now()));
    say('answers', await Promise.all(calls.map((call) => answerOf(engine, call))));
  }
  await engine[Symbol.asyncDispose]();
}
