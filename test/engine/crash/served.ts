import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Started } from './processes.ts';
import type { Answer, Order, Serving } from './serve.ts';

/** An engine in another process. */
export interface Served {
  /** Makes the calls together; the answers come in their order. */
  order(calls: Order['calls'], at?: number): Promise<Answer[]>;
  /** The next thing that it says by itself. */
  heard(): Promise<unknown[]>;
  signal(name: NodeJS.Signals): void;
  /** Ends it in order. */
  end(): Promise<void>;
}

/** Starts an engine and waits until it is open. */
export async function served(
  start: (program: string, path: string, argument: unknown) => Started,
  path: string,
  serving: Serving,
): Promise<Served> {
  const { child, ended } = start('serve', path, JSON.stringify(serving));
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown[]> => {
    const line = await lines.next();
    if (line.done) throw new Error(`process ${child.pid} ended: ${(await ended).err}`);
    return JSON.parse(line.value) as unknown[];
  };
  await next(); // ready
  return {
    async order(calls, at = 0) {
      child.stdin!.write(`${JSON.stringify({ at, calls } satisfies Order)}\n`);
      const [, answers] = await next();
      return answers as Answer[];
    },
    heard: next,
    signal: (name) => void child.kill(name),
    async end() {
      child.stdin!.end();
      const { code, err } = await ended;
      if (code !== 0) throw new Error(`process ${child.pid} ended with ${code}: ${err}`);
    },
  };
}
