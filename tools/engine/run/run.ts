import { v5 } from 'uuid';
import type { TokenUsage } from '../../generated/index.ts';
import {
  type JobRow,
  pendingToolCalls,
  type RunKey,
  type RunOutcome,
  type SessionRow,
  type SpawnCall,
} from '../../kernel/index.ts';
import type { RunIO, Runner, RunResult, RunSpawnCall, ToolCall, ToolResult } from '../api.ts';
import type { Core } from '../core.ts';
import { aborted, brief, EngineError } from '../errors.ts';
import * as inputs from '../inputs.ts';
import { parse } from '../parse.ts';
import { messageRecord, sessionRecord } from '../records.ts';
import { artifactId, contentOf } from '../store/artifacts.ts';
import { relatives } from './relatives.ts';
import { CallTimer, GRACE_MS, insist, segmentOf } from './run-time.ts';
import { Speech } from './speech.ts';
import { outcomeOf, RunStopped, type StopReason } from './stopped.ts';
import { callTool } from './tool-call.ts';

/** One execution of a job: feeds the runner, writes what it does, and finishes it exactly once. */
export class Run {
  readonly session: SessionRow;
  readonly job: JobRow;
  readonly #core: Core;
  readonly #spawn: (request: SpawnCall, run: RunKey) => ReturnType<RunIO['spawn']>;
  readonly #freed: () => Promise<void>;
  readonly #abort = new AbortController();
  readonly #stopped: Promise<never>;
  readonly #speech: Speech;
  #spawns = 0;
  #tools = 0;
  readonly #toolCalls = new Set<string>();
  /** How often the job was continued after a pause: what it names by default is new in each part. */
  #segment = 0;
  #pauseRequested = false;
  #ended = false;
  readonly #timer: CallTimer;
  /** The tool call that nobody may repeat unseen (INV-RECOVER-002). */
  #gate = '';
  #outcome: RunOutcome | null = null;

  constructor(
    core: Core,
    started: { session: SessionRow; job: JobRow },
    hooks: { spawn(request: SpawnCall, run: RunKey): ReturnType<RunIO['spawn']>; freed(): Promise<void> },
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
    this.#speech = new Speech(core, this.key, (why) => this.stop(why));
    this.#timer = new CallTimer(core.clock, this.job.timeout_ms, () => this.stop('timeout'));
  }

  get key(): RunKey {
    return { job_id: this.job.job_id, run_epoch: this.job.run_epoch };
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  stop(why: StopReason): void {
    if (!this.signal.aborted) this.#abort.abort(new RunStopped(why));
  }

  /** A pause stops the run at its next boundary; the next chunk is one (D-07). */
  requestPause(requested: boolean): void {
    this.#pauseRequested = requested;
  }

  async execute(runner: Runner): Promise<void> {
    let result: RunOutcome;
    this.#timer.start();
    const done = new AbortController();
    const performing = this.#perform(runner);
    try {
      result = await Promise.race([performing, this.#abandoned(done.signal)]);
      this.#ended = true;
      await this.#settleUsage();
      this.signal.throwIfAborted();
    } catch (error) {
      this.#ended = true;
      await this.#settleUsage();
      result = outcomeOf(error, this.signal, this.#gate);
    } finally {
      done.abort();
      this.#timer.end();
      performing.catch(() => {}); // what a run says that was let go is dropped
    }
    this.#outcome = result;
    await insist(this.#core.clock, () => this.finish());
  }

  /** Writes the end of a run that is over. It may be said again: only the first time that succeeds counts. */
  async finish(): Promise<void> {
    const result = this.#outcome!;
    if (result.outcome === 'interrupted') await this.#speech.write(); // what was streamed until the pause
    try {
      await this.#core.execute('finish_run', { ...this.key, result });
    } catch (error) {
      const passing = !(error instanceof EngineError) || /^store_/.test(error.code);
      if (passing) throw error;
      // The result itself cannot be recorded; that will not change, but the run has to end.
      this.#outcome = { outcome: 'failed', error: error.message, retryable: false };
      await this.#core.execute('finish_run', { ...this.key, result: this.#outcome });
    }
  }

  /** A runner that does not listen is let go after a while, so that its permit comes back (D-14). */
  async #abandoned(done: AbortSignal): Promise<never> {
    await this.#stopped.catch(() => {});
    if (!done.aborted) await this.#core.clock.sleep(GRACE_MS, done).catch(() => {});
    throw this.signal.reason;
  }

  /** Usage that is on its way counts: totals and warnings are complete when the run is over. */
  async #settleUsage(): Promise<void> {
    await this.#speech.booked().catch(() => {});
  }

  async #perform(runner: Runner): Promise<RunResult> {
    await this.#core.execute('read_inbox', {
      session_id: this.session.session_id,
      take: true,
      run: this.key,
    });
    const { session, messages, pending, segment } = await this.#core.store.read((view) => ({
      session: view.get('session', this.session.session_id)!,
      messages: view.select('message', 'session', this.session.session_id),
      pending: view.select('tool_call', 'pending', this.session.session_id),
      segment: segmentOf(view, this.job),
    }));
    this.#segment = segment;
    if (session.pause_requested !== null) this.#pauseRequested = true;
    const call = {
      session: sessionRecord(session),
      job: this.job,
      messages: messages.map(messageRecord),
      pending_tool_calls: pendingToolCalls(pending),
      task_payload_artifact_id: session.task_payload_artifact_id,
    };
    // The only call of a runner: a job gets here by its dispatch and by nothing else (INV-SCHED-001).
    const said = await runner.run(call, this.#io());
    this.#check();
    await this.flush();
    this.#check();
    const result = parse<RunResult>(inputs.runResult, said, 'result');
    return result.outcome === 'failed' ? { ...result, error: brief(result.error) } : result;
  }

  /** A run that is over, or was stopped, does nothing more to the world. */
  #check(): void {
    if (this.#ended || this.signal.aborted) throw aborted(this.signal, 'the run is over');
  }

  #io(): RunIO {
    return {
      signal: this.signal,
      chunk: (text) => {
        if (this.#pauseRequested && !this.#ended) this.stop('paused');
        this.#check();
        this.#speech.add(parse<string>(inputs.chunk, text, 'chunk'));
      },
      usage: (tokens, cost) => {
        if (this.#ended) this.#check();
        this.#speech.spend(
          parse<TokenUsage>(inputs.tokenUsage, tokens, 'usage'),
          parse<number | null>(inputs.cost, cost, 'cost_usd'),
        );
        this.#check(); // what a stopped call has cost is booked all the same (D-14)
      },
      toolCall: async (call) => {
        parse(inputs.toolCall, call, 'call');
        return this.#toolCall(call); // the object itself: what it invokes may need its own `this`
      },
      keep: (text) => {
        this.#check();
        const id = artifactId(parse<string>(inputs.chunk, text, 'content'));
        this.#core.artifacts.put(id, text);
        return id;
      },
      content: (artifact_id) => {
        this.#check();
        return contentOf(this.#core.artifacts, parse<string>(inputs.artifact, artifact_id, 'artifact_id'));
      },
      ...relatives(this.#core, {
        key: this.key,
        session: this.session,
        segment: this.#segment,
        name: (count) => this.#name(count),
        boundary: async () => {
          this.#check();
          await this.flush();
          this.#check();
        },
        obey: (boundary) => this.obey(boundary),
      }),
      spawn: async (given) => {
        const request = parse<RunSpawnCall>(inputs.spawnRequest, given, 'request');
        this.#check();
        await this.flush();
        await this.#checkCurrent();
        const { session_id, role } = this.session;
        if ((request.requester_session_id ?? session_id) !== session_id) {
          throw new EngineError('invalid_request', 'a run spawns for its own session and for no other');
        }
        this.#spawns += 1;
        const named = {
          ...request,
          requester_session_id: session_id,
          requester_role: request.requester_role ?? role,
          request_id: request.request_id ?? this.#name(this.#spawns),
        };
        return this.#spawn(named, this.key);
      },
    };
  }

  /**
   * The n-th call of a job keeps its name when the job is retried: a retry spawns nothing twice (F5). After a pause
   * the job goes on instead of beginning again, so the names go on too.
   */
  #name(count: number): string {
    const part = this.#segment === 0 ? count : `${this.#segment}:${count}`;
    return `${this.job.job_id}:${part}`;
  }

  /** Another process may have taken the session over meanwhile. */
  async #checkCurrent(): Promise<void> {
    this.#check();
    const { session_id } = this.session;
    this.notice(await this.#core.store.read((view) => view.get('session', session_id)));
    this.#check();
  }

  /** What the row of its session says now, whoever wrote it: the run is not its own any more, or is to pause. */
  notice(session: SessionRow | undefined): void {
    const { job_id, run_epoch } = this.key;
    if (session?.run_epoch !== run_epoch || session.running_job_id !== job_id) this.stop('cancelled');
    else this.requestPause(session.pause_requested !== null);
  }

  /** Writes the text so far as one message: at every boundary, and at the end. */
  async flush(): Promise<void> {
    await this.#speech.booked();
    const boundary = await this.#speech.write();
    if (boundary) this.obey(boundary);
  }

  /** Stops where the run has been overtaken, or a pause was asked for (D-07). */
  obey(boundary: { fenced: boolean; pause: boolean }): void {
    if (boundary.fenced) this.stop('cancelled');
    if (boundary.pause) this.stop('paused');
    this.#check();
  }

  ask(tool_call_id: string): never {
    this.#gate = tool_call_id;
    this.stop('approval');
    throw aborted(this.signal, 'the run is over');
  }

  async #toolCall(call: ToolCall): Promise<ToolResult> {
    this.#check();
    this.#tools += 1;
    const count = this.#segment === 0 ? this.#tools : `${this.#segment}:${this.#tools}`;
    const nameOf = (taken: number): string =>
      call.tool_call_id ?? v5(`tool:${count}${taken === 0 ? '' : `~${taken}`}`, this.job.job_id);
    const id = nameOf(0);
    if (this.#toolCalls.has(id)) {
      throw new EngineError('invalid_request', `call.tool_call_id ${id} names an earlier call of this run`);
    }
    this.#toolCalls.add(id);
    await this.flush();
    this.#check();
    this.#timer.pause(); // it bounds the calls of the provider, and the tool is none
    try {
      const result = await callTool(this.#core, this, call, nameOf);
      await this.#regainPermit();
      return result;
    } finally {
      this.#timer.start();
    }
  }

  /** The tool held no permit; the next provider call needs one again. */
  async #regainPermit(): Promise<void> {
    for (;;) {
      const answer = await this.#core.execute('resume_call', this.key);
      if (answer.refusal !== null) this.stop('consent');
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
