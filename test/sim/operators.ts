// What people and requesters do: create, spawn, enqueue, send, steer, cancel; rightly, twice, and wrongly.
import type { CommandInput, SpawnCall } from '../../tools/kernel/index.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export interface Action {
  weight: number;
  act(world: World): Promise<void>;
}

const STRANGER = '018f0000-0000-7000-8000-00000000dead';
const TASK = `sha256:${'7'.repeat(64)}`;
const HASH = '7'.repeat(64);
export const models = ['local/large', 'local/small', 'acme/big', 'acme/mini', 'plain'] as const;
const grants = ['fs', 'fs.read:src', 'fs.read:docs', 'net.http', 'exec'] as const;
const laneNames = ['PRIMARY', 'SUBAGENT', 'VALIDATION', 'BACKGROUND'] as const;

/** Mostly one that lives; sometimes one that has ended, or that nobody knows. */
export function anySession({ random, sessions, view }: World): string {
  if (sessions.length === 0 || random.chance(1)) return STRANGER;
  for (let tries = 0; tries < 4; tries++) {
    const id = random.pick(sessions);
    if (view.get('session', id)?.terminal === null) return id;
  }
  return random.pick(sessions);
}

const some = (random: Random, most: number): string[] =>
  grants.filter(() => random.chance(40)).slice(0, most);

export async function create(world: World): Promise<void> {
  const { random, rules } = world;
  const bound = random.chance(60);
  const role =
    rules.roles && random.chance(95) ? random.pick(['Orchestrator', 'Coder', 'Sweeper']) : 'Orchestrator';
  await world.give('create_session', {
    input: {
      role: random.chance(2) ? 'Nobody' : role,
      model_id: random.pick(models),
      backend: random.chance(world.cloud) ? 'cloud' : 'local',
      parameter_class: 'P32B',
      execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
      memory_policy: random.pick(['SESSION_SCOPED', 'EPHEMERAL']),
      ...(bound ? { wp_id: random.pick(['WP-1', 'WP-2']) } : {}),
      ...(random.chance(70)
        ? { capability_grants: random.chance(3) ? ['No Grant'] : ['fs', 'net.http'] }
        : {}),
    },
    admitted: bound ? (random.chance(6) ? ['exec'] : ['fs', 'net.http', 'exec']) : null,
  });
}

/** A few request ids for each requester, so that the same is asked again and again. */
export function spawnInput(world: World, requester: string): CommandInput<'spawn'> {
  const { random, view, rules } = world;
  const row = view.get('session', requester);
  const role = row?.role ?? 'Orchestrator';
  const request: SpawnCall = {
    requester_session_id: requester,
    requester_role: random.chance(1) ? 'Impostor' : role,
    child_role: rules.roles
      ? (rules.roles[role]?.may_spawn[random.below(4)] ?? 'Coder')
      : random.pick(['Coder', 'Sweeper']),
    child_model_preference: random.chance(50) ? random.pick(models) : null,
    child_backend_preference: random.chance(world.cloud / 2) ? 'cloud' : null,
    task_payload_artifact_id: TASK,
    spawn_mode: random.chance(world.persistent) ? 'SESSION_PERSISTENT' : 'ONE_SHOT',
    announce_back: random.chance(75),
    trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
    max_child_depth: random.chance(10) ? random.between(0, 5) : null,
    max_active_children: random.chance(15) ? random.between(0, 6) : null,
    ...(random.chance(70) ? { request_id: `r${random.below(40)}` } : {}),
    ...(random.chance(30) ? { capability_grants: some(random, 3) } : {}),
  };
  if (random.chance(2)) spoil(random, request);
  const bound = row?.wp_id != null;
  if (!bound) return { request };
  return { request, admission: { admitted: !random.chance(3), capabilities: ['fs', 'net.http', 'exec'] } };
}

/** What a caller in another language sends by mistake. */
function spoil(random: Random, request: SpawnCall): void {
  const wrong: Partial<Record<keyof SpawnCall, unknown>>[] = [
    { requester_session_id: 'nobody' },
    { requester_session_id: 7 },
    { child_role: '' },
    { child_role: '\ud800' },
    { spawn_mode: 'FOREVER' },
    { task_payload_artifact_id: 'a file' },
    { max_active_children: -1 },
    { max_child_depth: 0.5 },
    { request_id: '\udfff' },
    { request_id: '' },
    { announce_back: undefined },
  ];
  Object.assign(request, random.pick(wrong));
}

async function spawn(world: World): Promise<void> {
  await world.give('spawn', spawnInput(world, anySession(world)));
}

async function enqueue(world: World): Promise<void> {
  const { random } = world;
  await world.give('enqueue', {
    session_id: anySession(world),
    ...(random.chance(30) ? { lane: random.pick(laneNames) } : {}),
    ...(random.chance(30) ? { priority: random.between(0, 3) } : {}),
    ...(random.chance(30) ? { concurrency_group: random.pick(['a', 'b']) } : {}),
    ...(random.chance(70) ? { max_retries: random.below(3) } : {}),
    ...(random.chance(30) ? { retry_backoff: random.pick(['FIXED', 'EXPONENTIAL']) } : {}),
    ...(random.chance(20) ? { max_tokens_budget: random.between(1, 60) } : {}),
    ...(random.chance(25) ? { deadline_ms: random.pick([0, 500, 5_000, 60_000]) } : {}),
  });
}

async function send(world: World): Promise<void> {
  const { random, view } = world;
  const source = random.chance(40) ? view.get('session', anySession(world)) : undefined;
  const right = {
    source_session_id: source?.session_id ?? STRANGER,
    source_role: source?.role ?? 'Coder',
    content_hash: random.chance(95) ? HASH : '8'.repeat(64),
    trusted: random.chance(50),
  };
  const routed = random.chance(90) ? right : { source_role: 'Coder' };
  await world.give('send', {
    session_id: anySession(world),
    content_hash: HASH,
    content_artifact_id: TASK,
    ...(source ? { routed } : random.chance(95) ? { external: 'a person' } : {}),
  });
}

async function pause(world: World): Promise<void> {
  const reason = world.random.pick(['operator', 'operator', 'policy', 'budget', 'crash_recovery', 'tired']);
  await world.give('pause', { session_id: anySession(world), reason });
}

/** Mostly of a session that is paused: a paused one does nothing until somebody does this. */
async function resume(world: World): Promise<void> {
  const { random, sessions, view } = world;
  const paused = sessions.filter((id) => {
    const row = view.get('session', id)!;
    return row.pause_reason !== null || row.pause_requested !== null;
  });
  const session_id = paused.length > 0 && random.chance(90) ? random.pick(paused) : anySession(world);
  const approved = random.chance(20) ? { approved_by: 'a person' } : {};
  await world.give('resume', { session_id, ...approved });
}

async function close(world: World): Promise<void> {
  await world.give('close', { session_id: anySession(world) });
}

async function cancel(world: World): Promise<void> {
  const { random } = world;
  await world.give('cancel', {
    session_id: anySession(world),
    reason: random.pick(['no longer wanted', 'too dear']),
    by: random.pick(['operator', 'system', 'system:gate']),
    ...(random.chance(40) ? { op_id: `op-${random.below(6)}` } : {}),
  });
}

/**
 * A persistent child that rests is let go, or spoken to, or its place is taken: what is idle holds none, and may have
 * to wait for one. Best below another that rests, since its last word is mail for that one.
 */
async function stir(world: World): Promise<void> {
  const { random, sessions, view } = world;
  const rests = (id: string | null): boolean => {
    const row = id === null ? undefined : view.get('session', id);
    return row?.blocked_on === 'input' && row.parent_session_id !== null;
  };
  const resting = sessions.filter(rests);
  if (resting.length === 0) return;
  const parentOf = (id: string): string => view.get('session', id)!.parent_session_id!;
  const nested = resting.filter((id) => rests(parentOf(id)));
  const [deep] = nested;
  if (deep && random.chance(70)) {
    const holder = view.get('session', parentOf(parentOf(deep)))!;
    const full =
      holder.active_children >=
      Math.min(holder.max_children, world.rules.limits.max_active_children_per_session);
    if (!full) await world.give('spawn', spawnInput(world, holder.session_id));
    else if (random.chance(50)) await world.give('close', { session_id: deep });
    else await world.give('cancel', { session_id: deep, reason: 'let go', by: 'operator' });
    return;
  }
  const session_id = random.pick(resting);
  if (random.chance(50))
    await world.give('spawn', spawnInput(world, random.chance(70) ? session_id : parentOf(session_id)));
  else if (random.chance(80)) await world.give('enqueue', { session_id });
  else await world.give('close', { session_id });
}

async function approve(world: World): Promise<void> {
  const { random, sessions, view } = world;
  const gates = sessions.filter((id) => view.get('session', id)?.blocked_on === 'gate');
  const session_id = gates.length > 0 ? random.pick(gates) : anySession(world);
  const waiting = view.select('job', 'live', session_id).find((job) => job.state === 'awaiting_user');
  const known = waiting?.awaiting_tool_call_id;
  const tool_call_id = known && random.chance(90) ? known : STRANGER;
  await world.give('approve', { session_id, tool_call_id, by: 'a person' });
}

async function readInbox(world: World): Promise<void> {
  await world.give('read_inbox', { session_id: anySession(world), take: world.random.chance(50) });
}

export const operators: Action[] = [
  { weight: 6, act: create },
  { weight: 60, act: spawn },
  { weight: 40, act: enqueue },
  { weight: 15, act: send },
  { weight: 10, act: pause },
  { weight: 14, act: resume },
  { weight: 5, act: close },
  { weight: 3, act: cancel },
  { weight: 14, act: stir },
  { weight: 8, act: approve },
  { weight: 10, act: readInbox },
];
