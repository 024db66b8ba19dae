// The kernel under any order of commands; fast-check shrinks a row of commands that breaks it to the shortest one.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Reading } from '../../tools/engine/index.ts';
import type { Decision, Rejection, RunOutcome } from '../../tools/kernel/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { faults, Watch } from '../sim/invariants.ts';
import { type World, world } from './world.ts';

const LONG = process.env.GOVKIT_LONG === '1';

/** What the test knows besides the kernel: who exists and what was ever dispatched. */
interface Known {
  sessions: string[];
  runs: { job_id: string; run_epoch: number }[];
}

interface Real {
  w: World;
  watch: Watch;
}

type Answer = Decision<unknown> | Rejection;
type Act = (known: Known, real: Real) => Promise<Answer | null>;

/** One command; what it does to whom is drawn, so that a shrunk one says it in full. */
class Step implements fc.AsyncCommand<Known, Real> {
  readonly #name: string;
  readonly #act: Act;
  readonly #needsRun: boolean;

  constructor(name: string, act: Act, needsRun = false) {
    this.#name = name;
    this.#act = act;
    this.#needsRun = needsRun;
  }

  check(known: Readonly<Known>): boolean {
    return !this.#needsRun || known.runs.length > 0;
  }

  async run(known: Known, real: Real): Promise<void> {
    const answer = await this.#act(known, real);
    if (!answer || answer.rejected) return;
    expect(real.watch.step(answer)).toEqual([]);
    for (const event of answer.events)
      if (event.fr_event_id === 'FR-EVT-SESS-001') known.sessions.push(event.payload.session_id);
  }

  toString(): string {
    return this.#name;
  }
}

const pick = fc.nat(30);
const at = <Item>(items: readonly Item[], place: number): Item => items[place % items.length]!;

const spawns = fc.record({
  from: pick,
  announce_back: fc.boolean(),
  spawn_mode: fc.constantFrom('ONE_SHOT' as const, 'SESSION_PERSISTENT' as const),
  request_id: fc.option(fc.constantFrom('r1', 'r2', 'r3'), { nil: undefined }),
});

const results: RunOutcome[] = [
  { outcome: 'completed' },
  { outcome: 'completed', close: true },
  { outcome: 'yield' },
  { outcome: 'interrupted' },
  { outcome: 'awaiting_user', tool_call_id: 'call' },
  { outcome: 'failed', error: 'x', retryable: true },
  { outcome: 'failed', error: 'x', retryable: false },
];

const onSession = (name: string, act: (session_id: string, w: World) => Promise<Answer>) =>
  pick.map((n) => new Step(`${name}(${n})`, ({ sessions }, { w }) => act(at(sessions, n), w)));

/** The latest runs first, so that most reports come in time. */
const onRun = (name: string, act: (run: Known['runs'][number], w: World) => Promise<Answer>) =>
  fc
    .nat(5)
    .map((n) => new Step(`${name}(${n})`, ({ runs }, { w }) => act(at([...runs].reverse(), n), w), true));

const commands = [
  spawns.map(
    ({ from, request_id, ...options }) =>
      new Step(`spawn(${from}, ${JSON.stringify({ request_id, ...options })})`, ({ sessions }, { w }) => {
        const named = request_id === undefined ? {} : { request_id };
        return w.decide('spawn', { request: w.request(at(sessions, from), { ...options, ...named }) });
      }),
  ),
  fc.constantFrom('boot-1', 'boot-2').map(
    (boot_id) =>
      new Step(`dispatch(${boot_id})`, async ({ runs }, { w }) => {
        const answer = await w.decide('dispatch', { boot_id });
        if (!answer.rejected && answer.result.job) runs.push({ ...answer.result.job });
        return answer;
      }),
  ),
  fc.tuple(fc.nat(5), fc.constantFrom(...results)).map(
    ([n, result]) =>
      new Step(
        `finish(${n}, ${JSON.stringify(result)})`,
        ({ runs }, { w }) => {
          const { job_id, run_epoch } = at([...runs].reverse(), n);
          return w.decide('finish_run', { job_id, run_epoch, result });
        },
        true,
      ),
  ),
  onRun('usage', ({ job_id, run_epoch }, w) =>
    w.decide('usage', { job_id, run_epoch, tokens: 7, cost_usd: null }),
  ),
  onRun('resume_call', ({ job_id, run_epoch }, w) => w.decide('resume_call', { job_id, run_epoch })),
  onSession('enqueue', (session_id, w) => w.decide('enqueue', { session_id, max_retries: 1 })),
  onSession('pause', (session_id, w) => w.decide('pause', { session_id, reason: 'operator' })),
  onSession('resume', (session_id, w) => w.decide('resume', { session_id })),
  onSession('close', (session_id, w) => w.decide('close', { session_id })),
  onSession('approve', (session_id, w) =>
    w.decide('approve', { session_id, tool_call_id: 'call', by: 'somebody' }),
  ),
  onSession('read', (session_id, w) => w.decide('read_inbox', { session_id, take: true })),
  onSession('cancel', (session_id, w) => w.decide('cancel', { session_id, reason: 'model', by: 'operator' })),
  fc
    .constantFrom('boot-1', 'boot-2')
    .map((boot_id) => new Step(`recover(${boot_id})`, (_, { w }) => w.decide('recover', { boot_id }))),
  fc.constantFrom(1_000, 30_000, -5_000).map(
    (ms) =>
      new Step(`wait(${ms})`, async (_, { w }) => {
        w.now += ms;
        return null;
      }),
  ),
];

it('any order of commands keeps every invariant of sessions, jobs, permits, counters, spans and mail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: LONG ? 200 : 70, size: 'max' }), async (steps) => {
      const w = await world({
        limits: { max_active_children_per_session: 2 },
        scheduler: { max_concurrent_sessions_global: 3 },
        budgets: { session_tokens: 40 },
      });
      const view = w.view() as Reading;
      const watch = new Watch(view, w.rules);
      const root = await w.full('create_session', {
        input: {
          role: 'Orchestrator',
          model_id: 'local/large',
          backend: 'local',
          parameter_class: 'P32B',
          execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
          memory_policy: 'SESSION_SCOPED',
        },
        admitted: null,
      });
      watch.step(root);
      const { session_id } = root.result;
      watch.step(await w.full('enqueue', { session_id }));
      await fc.asyncModelRun(
        () => ({ model: { sessions: [session_id], runs: [] }, real: { w, watch } }),
        steps,
      );
      expect(faults({ view, rules: w.rules, log: w.log })).toEqual([]);
      expect(verifyLog(w.log)).toEqual([]);
    }),
    { numRuns: LONG ? 1_500 : 80 },
  );
}, 120_000);
