// A simulated model: its programs are the same each time a job is begun, and its luck is not.
import { v5 } from 'uuid';
import { type Clock, EngineError, type RunCall, type RunIO, type Runner } from '../../tools/engine/index.ts';
import type { RunOutcome } from '../../tools/kernel/index.ts';
import type { EngineWorld } from './engine-world.ts';
import { models } from './operators.ts';
import { Random, seedOf } from './random.ts';

/** What one run is made of. */
interface Scene {
  world: EngineWorld;
  clock: Clock;
  call: RunCall;
  io: RunIO;
  /** Of the program: the same for each run of a job. */
  plan: Random;
  /** Of this run alone. */
  luck: Random;
}

export function provider(world: EngineWorld, clock: Clock): Runner {
  return {
    async run(call, io) {
      const { job_id } = call.job;
      const plan = new Random(seedOf(world.seed, job_id));
      const luck = new Random(seedOf(world.seed, job_id, world.steps));
      const scene = { world, clock, call, io, plan, luck };
      for (let left = plan.below(6); left > 0; left--) await plan.weighted(lines).act(scene, left);
      return luck.weighted(endings).result;
    },
  };
}

async function think({ clock, luck, io }: Scene): Promise<void> {
  const ms = luck.pick([1, 20, 500, 3_000]);
  await clock.sleep(ms, luck.chance(70) ? io.signal : undefined).catch(() => {}); // some do not listen
}

/** It says nothing any more, and may not even listen. */
async function hang({ clock, luck, io }: Scene): Promise<void> {
  if (luck.chance(75)) return;
  await clock.sleep(10_000_000, luck.chance(50) ? io.signal : undefined);
}

async function usage({ io, luck }: Scene): Promise<void> {
  const completion_tokens = luck.below(30);
  io.usage({ prompt_tokens: 3, completion_tokens, total_tokens: completion_tokens + 3 }, luck.below(9) / 100);
}

const kinds = ['IDEMPOTENT', 'IDEMPOTENT_WITH_KEY', 'NON_IDEMPOTENT'] as const;

/** What must not be repeated has a name of its own; the others are counted. */
async function tool({ world, clock, call, io, plan, luck }: Scene, place: number): Promise<void> {
  const { job_id } = call.job;
  const idempotency = plan.pick(kinds);
  const what = `${job_id} ${place}`;
  const named = idempotency === 'NON_IDEMPOTENT' || plan.chance(30);
  await io.toolCall({
    tool_id: 'fs.write_file',
    tool_version: '1.0.0',
    arguments: { what },
    side_effect: 'WRITE',
    idempotency,
    ...(idempotency === 'IDEMPOTENT_WITH_KEY' ? { idempotency_key: what } : {}),
    ...(named ? { tool_call_id: v5(what, job_id) } : {}),
    ...(plan.chance(20) ? { capability_ids: ['exec'] } : {}),
    async invoke() {
      if (idempotency === 'NON_IDEMPOTENT') {
        const { executions } = world;
        executions.set(what, (executions.get(what) ?? 0) + 1);
      }
      if (luck.chance(60)) await clock.sleep(luck.pick([1, 100, 2_000]));
      if (luck.chance(15)) throw new Error('no disk');
      return { done: what };
    },
  });
}

async function spawn({ world, io, plan, call }: Scene): Promise<void> {
  const { rules } = world;
  const { role } = call.session;
  const task = io.keep('a task');
  await io.spawn({
    child_role: rules.roles
      ? (rules.roles[role]?.may_spawn[plan.below(4)] ?? 'Coder')
      : plan.pick(['Coder', 'Sweeper']),
    child_model_preference: plan.chance(50) ? plan.pick(models) : null,
    child_backend_preference: plan.chance(8) ? 'cloud' : null,
    task_payload_artifact_id: task,
    spawn_mode: plan.chance(40) ? 'SESSION_PERSISTENT' : 'ONE_SHOT',
    announce_back: plan.chance(75),
    trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
    max_child_depth: null,
    max_active_children: null,
  });
}

/** What a relative refuses is the program's own business: it goes on. */
async function kindly(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const passing = error instanceof EngineError && error.code !== 'aborted';
    if (!passing) throw error;
  }
}

async function send({ world, io, call, luck }: Scene): Promise<void> {
  const { session_id, parent_session_id } = call.session;
  const children = world.view.select('session', 'parent', session_id).map((child) => child.session_id);
  const near = parent_session_id === null ? children : [parent_session_id, ...children];
  if (near.length > 0) await kindly(() => io.send(luck.pick(near), 'how far are you?'));
}

async function read({ world, io, luck }: Scene): Promise<void> {
  await kindly(() => io.readThread(luck.pick(world.judge.sessions)));
}

interface Line {
  weight: number;
  act(scene: Scene, place: number): Promise<unknown>;
}

const lines: Line[] = [
  { weight: 30, act: async ({ io }) => io.chunk('a few words') },
  { weight: 20, act: usage },
  { weight: 30, act: think },
  { weight: 3, act: hang },
  { weight: 40, act: tool },
  { weight: 25, act: spawn },
  { weight: 15, act: async ({ io }) => io.progress('half of it') },
  { weight: 10, act: async ({ io }) => io.children() },
  { weight: 10, act: send },
  { weight: 6, act: read },
];

const endings: { weight: number; result: RunOutcome }[] = [
  { weight: 40, result: { outcome: 'completed', key_outputs: ['a'] } },
  { weight: 8, result: { outcome: 'completed', close: true } },
  { weight: 4, result: { outcome: 'completed', issues: true } },
  { weight: 20, result: { outcome: 'yield' } },
  { weight: 8, result: { outcome: 'failed', error: 'busy', retryable: true } },
  { weight: 3, result: { outcome: 'failed', error: 'garbage', retryable: false } },
  { weight: 4, result: { outcome: 'awaiting_user', tool_call_id: 'a-gate' } },
];
