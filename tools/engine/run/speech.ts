// What a run says and what it costs, until it is written: text at boundaries, usage one after the other.
import type { TokenUsage } from '../../generated/index.ts';
import { sha256 } from '../../text/index.ts';
import type { Core } from '../core.ts';
import { artifactId } from '../store/artifacts.ts';
import { insist } from './run-time.ts';
import type { StopReason } from './stopped.ts';

interface RunKey {
  job_id: string;
  run_epoch: number;
}

export class Speech {
  readonly #core: Core;
  readonly #key: RunKey;
  readonly #stop: (why: StopReason) => void;
  #text = '';
  #tokens: number | null = null;
  #booking: Promise<void> = Promise.resolve();

  constructor(core: Core, key: RunKey, stop: (why: StopReason) => void) {
    this.#core = core;
    this.#key = key;
    this.#stop = stop;
  }

  add(text: string): void {
    this.#text += text;
  }

  spend(tokens: TokenUsage, cost_usd: number | null): void {
    this.#tokens = (this.#tokens ?? 0) + tokens.completion_tokens;
    const before = this.#booking;
    this.#booking = (async () => {
      await before.catch(() => {});
      await insist(this.#core.clock, () => this.#book(tokens.total_tokens, cost_usd));
      await before;
    })();
    this.#booking.catch(() => {}); // reported by whoever waits for it next
  }

  /** Rejects with the first booking that failed. */
  booked(): Promise<void> {
    return this.#booking;
  }

  async #book(tokens: number, cost_usd: number | null): Promise<void> {
    const booked = await this.#core.execute('usage', { ...this.#key, tokens, cost_usd });
    if (booked.over_budget) this.#stop('over_budget');
    if (booked.pause) this.#stop('paused');
    if (booked.checkpoint_due) {
      await this.write(); // what was streamed so far belongs to the thread that is saved
      await this.#core.execute('checkpoint', this.#key);
    }
  }

  /** The text so far as one message; null where there is none. */
  async write(): Promise<{ fenced: boolean; pause: boolean } | null> {
    if (this.#text === '') return null;
    const text = this.#text;
    const token_count = this.#tokens;
    this.#text = '';
    this.#tokens = null;
    try {
      const content_artifact_id = artifactId(text);
      this.#core.artifacts.put(content_artifact_id, text);
      const content_hash = sha256(text);
      const message = { role: 'ASSISTANT' as const, content_hash, content_artifact_id, token_count };
      return await this.#core.execute('say', { ...this.#key, message });
    } catch (error) {
      this.#text = text + this.#text; // nothing was written; the next boundary says it
      if (token_count !== null) this.#tokens = token_count + (this.#tokens ?? 0);
      throw error;
    }
  }
}
