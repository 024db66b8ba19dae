// Commands that wait at the same time share one transaction; each has a savepoint of its own in it.
import type { FlightRecorderEvent } from '../../generated/index.ts';
import type { Decision, Rejection, View } from '../../kernel/index.ts';

/** One transaction holds at most this many commands: the lock is given back before others lose patience. */
export const GROUP_LIMIT = 64;

export interface Work {
  decideOn(view: View): Decision<unknown> | Rejection;
  prepare(decision: Decision<unknown>): readonly FlightRecorderEvent[];
}

type Answer = Decision<unknown> | Rejection;

interface Waiting extends Work {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface Transactions {
  /** Begins a transaction, when this process may write, and does the work in the same breath: nobody reads in between. */
  begin(work: () => void): Promise<void>;
  commit(): void;
  /** Undoes the transaction; must not throw. */
  rollback(): void;
  savepoint(): void;
  release(): void;
  /** Undoes what was written since the savepoint; false if the whole transaction is gone. */
  undo(): boolean;
  view: View;
  write(decision: Decision<unknown>, events: readonly FlightRecorderEvent[]): void;
}

/**
 * Runs commands in the order in which they came. Nothing is answered before it is durable: not even a refusal, which
 * may rest on what another command of the same group wrote.
 */
export class GroupCommit {
  readonly #store: Transactions;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(store: Transactions) {
    this.#store = store;
  }

  add(work: Work): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...work, resolve, reject });
      // Not at once: calls that were made together are all here when this turn of the queue is over.
      this.#running ??= Promise.resolve().then(() => this.#drain());
    });
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#next();
    } finally {
      this.#running = null;
    }
  }

  async #next(): Promise<void> {
    try {
      await this.#store.begin(() => this.#together(this.#waiting.splice(0, GROUP_LIMIT)));
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0, GROUP_LIMIT)) reject(error);
    }
  }

  #together(group: readonly Waiting[]): void {
    const answers: (() => void)[] = [];
    try {
      for (const waiting of group) answers.push(this.#carryOut(waiting, group.length === 1));
      this.#store.commit();
    } catch (error) {
      this.#store.rollback();
      for (const { reject } of group) reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  /** Throws only when the transaction as a whole has failed. */
  #carryOut({ decideOn, prepare, resolve, reject }: Waiting, alone: boolean): () => void {
    let decision: Answer;
    let events: readonly FlightRecorderEvent[];
    try {
      decision = decideOn(this.#store.view);
      if (decision.rejected) return () => resolve(decision);
      events = prepare(decision);
    } catch (error) {
      return () => reject(error); // nothing was written for it
    }
    if (alone) {
      this.#store.write(decision, events);
      return () => resolve(decision);
    }
    this.#store.savepoint();
    try {
      this.#store.write(decision, events);
    } catch (error) {
      if (!this.#store.undo()) throw error;
      return () => reject(error);
    }
    this.#store.release();
    return () => resolve(decision);
  }
}
