// What a run needs of time: its timeout, the grace of a stopped one, another try, and what went before it.
import { identity, type JobRow, type View } from '../../kernel/index.ts';
import type { Clock } from '../ports.ts';

/** How long a runner may take to notice that it was stopped. */
export const GRACE_MS = 5_000;

const TRIES = 5;
const FIRST_WAIT_MS = 100;

/** Tries again what failed, a few times and ever more slowly; the last failure is the answer. */
export async function insist(clock: Clock, work: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === TRIES) throw error;
    }
    await clock.sleep(FIRST_WAIT_MS * 2 ** (tried - 1));
  }
}

/** Counts the time of provider calls: it stands still while one tool or more are at work. */
export class CallTimer {
  readonly #clock: Clock;
  readonly #expire: () => void;
  #left: number;
  #pauses = 1;
  #since = 0;
  #sleep: AbortController | null = null;

  constructor(clock: Clock, timeout_ms: number, expire: () => void) {
    this.#clock = clock;
    this.#expire = expire;
    this.#left = timeout_ms;
  }

  /** Goes on when every pause is over. */
  start(): void {
    this.#pauses -= 1;
    if (this.#pauses > 0) return;
    const sleep = new AbortController();
    this.#sleep = sleep;
    this.#since = this.#clock.now();
    this.#clock.sleep(Math.max(0, this.#left), sleep.signal).then(
      () => {
        if (this.#sleep === sleep) this.#expire();
      },
      () => {}, // paused, or over
    );
  }

  pause(): void {
    this.#pauses += 1;
    if (!this.#sleep) return;
    this.#left -= this.#clock.now() - this.#since;
    this.#sleep.abort();
    this.#sleep = null;
  }

  end(): void {
    this.pause();
  }
}

/**
 * How often a job was continued rather than begun again: its attempts that a pause, a stop or the runner's own wish for
 * an approval ended. One that crashed, or was stopped to ask about a call that a crash had cut off, is begun again; recovery took an epoch of its own after it, so no attempt has the next one.
 */
export function segmentOf(view: View, { job_id, run_epoch }: JobRow): number {
  const attempt = (epoch: number) => view.get('span', identity.attemptSpan(job_id, epoch));
  let continued = 0;
  for (let epoch = run_epoch - 1; epoch > 0; epoch -= 1) {
    const status = attempt(epoch)?.status;
    if (status === undefined) {
      epoch -= 1; // recovery's own
      if (!attempt(epoch)) break;
    } else if (status === 'interrupted' || status === 'awaiting_user') continued += 1;
  }
  return continued;
}
