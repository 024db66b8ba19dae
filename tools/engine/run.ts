import { ModelSession, type SessionMessage, type TokenUsage } from '../generated/index.ts';
import type { JobRow, MessageRow, RunOutcome, SessionRow, SpawnCall } from '../kernel/index.ts';
import { sha256 } from '../text/index.ts';
import type { RunIO, Runner, RunResult, RunSpawnCall, ToolCall, ToolResult } from './api.ts';
import { artifactId } from './artifacts.ts';
import type { Core } from './core.ts';
import { EngineError } from './errors.ts';
import * as inputs from './inputs.ts';
import { parse } from './parse.ts';
import { callTool } from './tool-call.ts';

/** Why a run was stopped from outside. */
export type StopReason = 'cancelled' | 'paused' | 'timeout' | 'over_budget' | 'shutdown';

export class RunStopped extends Error {
  override name = 'RunStopped';
  readonly why: StopReason;
  constructor(why: StopReason) {
    super(`the run was stopped: ${why}`);
    this.why = why;
  }
}

/** One execution of a job: feeds the runner, writes what it does, and finishes it exactly once. */
export class Run {
  readonly session: SessionRow;
  readonly job: JobRow;
  readonly #core: Core;
  readonly #spawn: (request: SpawnCall) => ReturnType<RunIO['spawn']>;
  readonly #freed: () => Promise<void>;
  readonly #abort = new AbortController();
  readonly #stopped: Promise<never>;
  #text = '';
  #tokens: number | null = null;
  #calls = 0;
  #pending: Promise<void> = Promise.resolve();

  constructor(
    core: Core,
    started: { session: SessionRow; job: JobRow },
    hooks: { spawn(request: SpawnCall): ReturnType<RunIO['spawn']>; freed(): Promise<void> },
  ) {
    this.#core = core;
    this.session = started.session;
    this.job = started.job;
    this.#spawn = hooks.spawn;
    this.#freed = hooks.freed;
    this.#stopped = new Promise((_, reject) =>
      this.signal.addEventListener('abort', () => reject(this.signal.reason), { once: true }),
    );
    this.#stopped.catch(() => {}); // most runs are never stopped, and nobody waits
  }

  get key(): { job_id: string; run_epoch: number } {
    return { job_id: this.job.job_id, run_epoch: this.job.run_epoch };
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  stop(why: StopReason): void {
    if (!this.signal.aborted) this.#abort.abort(new RunStopped(why));
  }

  async execute(runner: Runner): Promise<void> {
    const done = new AbortController();
    const timer = this.#core.clock
      .sleep(this.job.timeout_ms, done.signal)
      .then(() => this.stop('timeout'))
      .catch(() => {});
    let result: RunOutcome;
    try {
      result = await this.#perform(runner);
    } catch (error) {
      result = this.#failure(error);
    } finally {
      done.abort(new RunStopped('shutdown'));
    }
    await timer;
    await this.#core.execute('finish_run', { ...this.key, result });
  }

  async #perform(runner: Runner): Promise<RunResult> {
    await this.#core.execute('read_inbox', { session_id: this.session.session_id, take: true });
    const { session, messages } = await this.#core.store.read((view) => ({
      session: view.get('session', this.session.session_id)!,
      messages: view.select('message', 'session', this.session.session_id),
    }));
    const call = {
      session: sessionRecord(session),
      job: this.job,
      messages: messages.map(messageRecord),
      task_payload_artifact_id: session.task_payload_artifact_id,
    };
    const said = await runner.run(call, this.#io());
    await this.flush();
    this.signal.throwIfAborted();
    return parse(inputs.runResult, said, 'result');
  }

  #failure(error: unknown): RunOutcome {
    const stopped = this.signal.aborted ? (this.signal.reason as RunStopped).why : null;
    switch (stopped) {
      case 'paused':
      case 'shutdown':
      case 'cancelled': // fenced already; what is said here changes nothing
        return { outcome: 'interrupted' };
      case 'timeout':
        return { outcome: 'failed', error: 'timeout', retryable: true };
      case 'over_budget':
        return { outcome: 'failed', error: 'token_budget_exceeded', retryable: false };
      case null:
        return {
          outcome: 'failed',
          error: error instanceof Error ? error.message : String(error),
          retryable: !(error instanceof EngineError),
        };
    }
  }

  #io(): RunIO {
    return {
      signal: this.signal,
      chunk: (text) => {
        this.signal.throwIfAborted();
        this.#text += parse<string>(inputs.chunk, text, 'chunk');
      },
      usage: (tokens, cost) =>
        this.#usage(
          parse<TokenUsage>(inputs.tokenUsage, tokens, 'usage'),
          parse<number | null>(inputs.cost, cost, 'cost_usd'),
        ),
      toolCall: async (call) => {
        parse(inputs.toolCall, call, 'call');
        return this.#toolCall(call); // the object itself: what it invokes may need its own `this`
      },
      keep: (text) => {
        const id = artifactId(parse<string>(inputs.chunk, text, 'content'));
        this.#core.artifacts.put(id, text);
        return id;
      },
      spawn: async (given) => {
        const request = parse<RunSpawnCall>(inputs.spawnRequest, given, 'request');
        await this.flush();
        this.signal.throwIfAborted();
        const { session_id, role } = this.session;
        if ((request.requester_session_id ?? session_id) !== session_id) {
          throw new EngineError('invalid_request', 'a run spawns for its own session and for no other');
        }
        this.#calls += 1;
        // The n-th call of a job keeps its name when the job is retried: a retry spawns nothing twice (F5).
        const request_id = request.request_id ?? `${this.job.job_id}:${this.#calls}`;
        return this.#spawn({
          ...request,
          requester_session_id: session_id,
          requester_role: request.requester_role ?? role,
          request_id,
        });
      },
    };
  }

  #usage(tokens: TokenUsage, cost_usd: number | null): void {
    this.#tokens = (this.#tokens ?? 0) + tokens.completion_tokens;
    this.#pending = this.#pending.then(async () => {
      const booked = await this.#core.execute('usage', {
        ...this.key,
        tokens: tokens.total_tokens,
        cost_usd,
      });
      if (booked.over_budget) this.stop('over_budget');
      if (booked.pause) this.stop('paused');
    });
    this.#pending.catch(() => {}); // reported by the next flush
  }

  /** Writes the text so far as one message: at every boundary, and at the end. */
  async flush(): Promise<void> {
    await this.#pending;
    if (this.#text === '') return;
    const text = this.#text;
    const token_count = this.#tokens;
    this.#text = '';
    this.#tokens = null;
    const content_artifact_id = artifactId(text);
    this.#core.artifacts.put(content_artifact_id, text);
    const message = {
      role: 'ASSISTANT' as const,
      content_hash: sha256(text),
      content_artifact_id,
      token_count,
    };
    this.obey(await this.#core.execute('say', { ...this.key, message }));
  }

  /** Stops where the run has been overtaken, or a pause was asked for (D-07). */
  obey(boundary: { fenced: boolean; pause: boolean }): void {
    if (boundary.fenced) this.stop('cancelled');
    if (boundary.pause) this.stop('paused');
    this.signal.throwIfAborted();
  }

  async #toolCall(call: ToolCall): Promise<ToolResult> {
    await this.flush();
    this.signal.throwIfAborted();
    this.#calls += 1;
    const result = await callTool(this.#core, this, call, this.#calls);
    await this.#regainPermit();
    return result;
  }

  /** The tool held no permit; the next provider call needs one again. */
  async #regainPermit(): Promise<void> {
    for (;;) {
      const answer = await this.#core.execute('resume_call', this.key);
      this.obey(answer);
      if (answer.granted) return;
      const { clock } = this.#core;
      const enough = new AbortController();
      const waits = [this.#freed(), this.#stopped];
      if (answer.next_at !== null) waits.push(clock.sleep(answer.next_at - clock.now(), enough.signal));
      try {
        await Promise.race(waits);
      } finally {
        for (const wait of waits) wait.catch(() => {});
        enough.abort();
      }
    }
  }
}

const sessionFields = Object.keys(ModelSession.shape) as (keyof ModelSession)[];

/** The spec's record of a session, without what the engine keeps beside it. */
export function sessionRecord(row: SessionRow): ModelSession {
  return Object.fromEntries(sessionFields.map((field) => [field, row[field]])) as unknown as ModelSession;
}

export function messageRecord({ message_seq: _, provenance: __, ...message }: MessageRow): SessionMessage {
  return message;
}
