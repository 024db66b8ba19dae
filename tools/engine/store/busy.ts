// Waiting for another process that holds the file, without holding up this one.
import { randomInt } from 'node:crypto';
import { EngineError } from '../errors.ts';

/** How long SQLite itself may wait: all of this process waits with it. */
export const BUSY_TIMEOUT_MS = 5;

const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 50;

/** Both drivers: one gives the name of the code, the other its number. */
export function isBusy(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  if (typeof errcode === 'number') return (errcode & 0xff) === 5 || (errcode & 0xff) === 6;
  return typeof code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(code);
}

/** Tries until the file is free, at random distances so that waiting processes do not keep in step. */
export async function whenFree<Result>(
  path: string,
  patience_ms: number,
  work: () => Result,
): Promise<Result> {
  let waited = 0;
  for (let most = FIRST_WAIT_MS; ; most = Math.min(LONGEST_WAIT_MS, most * 2)) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waited >= patience_ms) {
        const seconds = Math.round(patience_ms / 1000);
        const held = `another process has held ${path} for ${seconds} s`;
        throw new EngineError('store_busy', `${held}; nothing was written, try again`, { cause: error });
      }
    }
    const pause = randomInt(1, most + 1);
    waited += pause + BUSY_TIMEOUT_MS;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
