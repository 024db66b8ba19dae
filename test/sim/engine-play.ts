// What people do to a running engine, while it runs, dies and comes back; and what has to be true when it rests.

import { type Engine, EngineError } from '../../tools/engine/index.ts';
import type { ConsentReceipt, ProjectionPlan } from '../../tools/generated/index.ts';
import { rejectionCodes } from '../../tools/kernel/index.ts';
import type { EngineWorld } from './engine-world.ts';
import { models } from './operators.ts';

const refusals: ReadonlySet<string> = new Set(rejectionCodes);

/** Refusals are answers; every other failure of the engine is one. */
async function ask(world: EngineWorld, work: (engine: Engine) => Promise<unknown>): Promise<void> {
  try {
    await world.ask(work);
  } catch (error) {
    if (!(error instanceof EngineError) || !refusals.has(error.code)) throw error;
    world.coverage.count(`engine ${error.code}`);
  }
  if (world.faults.length > 0) throw world.faults[0];
}

function someone({ random, judge, view }: EngineWorld): string {
  const { sessions } = judge;
  const live = sessions.filter((id) => view.get('session', id)?.terminal === null);
  return random.pick(live.length > 0 && random.chance(95) ? live : sessions);
}

interface Deed {
  weight: number;
  act(world: EngineWorld): Promise<void>;
}

async function create(world: EngineWorld): Promise<void> {
  const { random, rules } = world;
  const wp_id = random.pick([undefined, 'WP-1', 'WP-2', 'WP-1', 'WP-2', 'WP-9']);
  await ask(world, (engine) =>
    engine.createSession({
      role: rules.roles ? random.pick(['Orchestrator', 'Coder']) : 'Orchestrator',
      model_id: random.pick(models),
      backend: random.chance(15) ? 'cloud' : 'local',
      parameter_class: 'P32B',
      execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
      memory_policy: 'SESSION_SCOPED',
      ...(wp_id === undefined ? {} : { wp_id }),
      ...(random.chance(50) ? { capability_grants: ['fs', 'net.http'] } : {}),
    }),
  );
}

async function enqueue(world: EngineWorld): Promise<void> {
  const { random } = world;
  const session_id = someone(world);
  const max_retries = random.below(3);
  const timeout_ms = random.pick([50, 2_000, 120_000]);
  await ask(world, (engine) => engine.enqueue({ session_id, max_retries, timeout_ms }));
}

async function consent(world: EngineWorld): Promise<void> {
  const { random, view, judge, clock } = world;
  const stuck = judge.sessions.filter((id) => view.get('session', id)?.consent_missing);
  const waiting = stuck.length > 0 ? stuck : [someone(world)];
  const n = String(world.steps).padStart(12, '0');
  const hash = '3'.repeat(64);
  const time = new Date(clock.now()).toISOString();
  const plan: ProjectionPlan = {
    schema_version: 'hsk.projection_plan@0.4',
    projection_plan_id: `00000000-0000-4001-8000-${n}`,
    include_artifact_refs: [],
    include_fields: null,
    redactions_applied: [],
    max_bytes: 1,
    payload_sha256: hash,
    created_at: time,
    ...{ job_id: null, wp_id: 'WP-1', mt_id: null },
  };
  const receipt: ConsentReceipt = {
    schema_version: 'hsk.consent_receipt@0.4',
    consent_receipt_id: `00000000-0000-4000-8000-${n}`,
    projection_plan_id: plan.projection_plan_id,
    payload_sha256: hash,
    approved: true,
    approved_at: time,
    user_id: 'a person',
    ui_surface: null,
    notes: null,
    scope: random.pick(['SINGLE_CALL', 'SESSION_SCOPED', 'WP_SCOPED', 'BROADCAST_SCOPED']),
    session_ids: waiting,
    valid_from: time,
    valid_until: null,
    revoked_at: null,
  };
  await ask(world, (engine) => engine.consent(receipt, plan));
}

async function revoke(world: EngineWorld): Promise<void> {
  const receipts = world.view.all('receipt');
  if (receipts.length === 0) return;
  const { consent_receipt_id } = world.random.pick(receipts);
  await ask(world, (engine) => engine.revokeConsent(consent_receipt_id, 'a person'));
}

/** By what it was to do, so that an execution can be traced to the approval that allowed it. */
async function approve(world: EngineWorld): Promise<void> {
  const { view, judge, random } = world;
  const gates = judge.sessions.filter((id) => view.get('session', id)?.blocked_on === 'gate');
  if (gates.length === 0) return;
  const session_id = random.pick(gates);
  const job = view.select('job', 'live', session_id).find(({ state }) => state === 'awaiting_user');
  const tool_call_id = job?.awaiting_tool_call_id;
  if (tool_call_id == null) return;
  const call = view.get('tool_call', JSON.stringify([session_id, tool_call_id]));
  const what = (call?.arguments as { what?: string } | null)?.what;
  // Counted before it is answered: who is not answered may have been heard.
  if (what !== undefined) world.approvals.set(what, (world.approvals.get(what) ?? 0) + 1);
  await ask(world, (engine) => engine.approve({ session_id, tool_call_id, by: 'a person' }));
}

async function pause(world: EngineWorld): Promise<void> {
  const session_id = someone(world);
  await ask(world, (engine) => engine.pause(session_id, 'operator'));
}

async function resume(world: EngineWorld): Promise<void> {
  const { view, judge, random } = world;
  const paused = judge.sessions.filter((id) => view.get('session', id)?.pause_reason != null);
  const session_id = paused.length > 0 ? random.pick(paused) : someone(world);
  const approved = random.chance(40) ? { approved_by: 'a person' } : {};
  await ask(world, (engine) => engine.resume(session_id, approved));
}

async function send(world: EngineWorld): Promise<void> {
  const message = { to_session_id: someone(world), content: 'a word from outside', source: 'a person' };
  await ask(world, (engine) => engine.send(message));
}

async function cancel(world: EngineWorld): Promise<void> {
  const session_id = someone(world);
  await ask(world, (engine) => engine.cancel(session_id, { reason: 'enough', by: 'a person' }));
}

async function close(world: EngineWorld): Promise<void> {
  const session_id = someone(world);
  await ask(world, (engine) => engine.close(session_id));
}

async function inbox(world: EngineWorld): Promise<void> {
  const session_id = someone(world);
  const take = world.random.chance(50);
  await ask(world, (engine) => engine.inbox(session_id, { take }));
}

async function allow(world: EngineWorld): Promise<void> {
  const allowance = { reader: someone(world), session_id: world.judge.sessions[0]!, by: 'a person' };
  await ask(world, async (engine) => {
    if (allowance.reader !== allowance.session_id) await engine.allowThread(allowance);
  });
}

/** Runs go on for a few turns; then perhaps time passes. */
async function go(world: EngineWorld): Promise<void> {
  const { random, clock } = world;
  for (let turns = random.between(1, 6); turns > 0; turns--) await clock.turn();
  if (random.chance(70)) clock.advance(clock.now() + random.pick([1, 50, 1_000, 30_000]));
  await clock.turn();
  if (world.faults.length > 0) throw world.faults[0];
}

const rest = (world: EngineWorld): Promise<void> => ask(world, (engine) => engine.idle());

async function crash(world: EngineWorld): Promise<void> {
  world.crash();
  await world.clock.turn();
}

const deeds: Deed[] = [
  { weight: 8, act: create },
  { weight: 30, act: enqueue },
  { weight: 8, act: consent },
  { weight: 2, act: revoke },
  { weight: 10, act: approve },
  { weight: 5, act: pause },
  { weight: 12, act: resume },
  { weight: 10, act: send },
  { weight: 2, act: cancel },
  { weight: 3, act: close },
  { weight: 5, act: inbox },
  { weight: 3, act: allow },
  { weight: 40, act: go },
  { weight: 6, act: rest },
  { weight: 2, act: crash },
];

/** One world, until so many commands were decided, and until all of it rests. */
export async function playEngine(world: EngineWorld, length: number): Promise<void> {
  while (world.steps < length) {
    if (world.judge.sessions.length === 0) await create(world);
    else await world.random.weighted(deeds).act(world);
  }
  world.calm = true;
  for (let lives = 0; lives !== world.lives; ) {
    lives = world.lives; // one may still die of what was decided before
    await rest(world);
  }
  const found = restless(world);
  if (found.length > 0) throw new Error(found.join('\n  '));
  await world.close();
}

/** When nothing can run any more, nobody runs, nobody waits for a turn, and nothing was done twice unseen. */
function restless(world: EngineWorld): string[] {
  const { view, judge } = world;
  const found: string[] = [];
  for (const id of judge.sessions) {
    const row = view.get('session', id)!;
    if (row.state === 'ACTIVE' || row.blocked_on === 'dispatch' || row.blocked_on === 'retry')
      found.push(`rest: ${id} is ${row.state} (${row.blocked_on}) and nothing runs`);
    const ready = view.select('job', 'live', id).filter((job) => job.state === 'queued' && !job.held);
    if (ready.length > 0) found.push(`rest: ${ready.length} jobs of ${id} may start and do not`);
  }
  if (view.select('call', 'running', 'running').length > 0) found.push('rest: a permit is held by nobody');
  for (const [what, times] of world.executions) {
    const approved = world.approvals.get(what) ?? 0;
    if (times > 1 + approved)
      found.push(`tools: ${what} was executed ${times} times, approved ${approved} times`);
  }
  return found;
}
