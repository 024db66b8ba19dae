import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Admission,
  type Engine,
  type EngineOptions,
  openEngine,
  openReadOnly,
  openSqliteStore,
  type RunIO,
  type Runner,
  seededIds,
  simulatedClock,
} from '../../tools/engine/index.ts';
import { compiledDriver } from '../../tools/engine/sqlite-driver.ts';
import { MessageProvenance, ModelRunJob, ModelSession, SessionMessage } from '../../tools/generated/index.ts';
import type { SpawnCall } from '../../tools/kernel/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'govkit-'));
const start = Date.parse('2026-02-24T09:00:00Z');
const root = {
  role: 'Orchestrator',
  model_id: 'local/large',
  backend: 'local',
  parameter_class: 'P32B',
  execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
  memory_policy: 'SESSION_SCOPED',
} as const;

type Play = Runner['run'];

const open = (run: Play, options: Partial<EngineOptions> = {}): Promise<Engine> =>
  openEngine({
    store: 'memory:',
    runner: { run },
    clock: simulatedClock(start),
    ids: seededIds(3),
    unboundSessions: 'allow',
    ...options,
  });

const request = (requester_session_id: string, over: Partial<SpawnCall> = {}): SpawnCall => ({
  requester_session_id,
  requester_role: 'Orchestrator',
  child_role: 'Orchestrator',
  child_model_preference: null,
  child_backend_preference: null,
  task_payload_artifact_id: 'sha256:task',
  spawn_mode: 'ONE_SHOT',
  announce_back: true,
  trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
  max_child_depth: null,
  max_active_children: null,
  ...over,
});

async function logOf(engine: Engine) {
  const log = [];
  for await (const event of engine.events()) log.push(event);
  return log;
}

const completes: Play = async () => ({ outcome: 'completed', close: true });
const stores = (): [string, EngineOptions['store']][] => [
  ['memory', 'memory:'],
  ['sqlite', `sqlite:${join(folder(), 'engine.db')}`],
];

it('a run spawns for its own session and for no other (S14)', async () => {
  let other = '';
  const said: string[] = [];
  await using engine = await open(async ({ session }, io) => {
    if (session.session_id !== other) {
      await io.spawn(request(other)).catch((error: { code: string }) => said.push(error.code));
      said.push(String((await io.spawn(request(session.session_id))).accepted));
    }
    return { outcome: 'completed', close: true };
  });
  const [first, second] = [await engine.createSession(root), await engine.createSession(root)];
  other = second.session_id;
  await engine.enqueue({ session_id: first.session_id });
  engine.start();
  await engine.idle();
  expect(said.slice(0, 2)).toEqual(['invalid_request', 'true']);
  expect(await engine.sessions({ parent_session_id: other })).toEqual([]);
});

describe.each(stores())('on %s', (_, store) => {
  it('FM-01: a hundred concurrent spawns at cap four: four accepted, 96 refused with evidence', async () => {
    await using engine = await open(completes, { store, ids: seededIds(1) });
    const { session_id } = await engine.createSession(root);
    const answers = await Promise.all(Array.from({ length: 100 }, () => engine.spawn(request(session_id))));
    expect(answers.filter((answer) => answer.accepted)).toHaveLength(4);
    expect(answers.filter((answer) => answer.rejection_reason === 'children_cap_reached')).toHaveLength(96);
    const log = await logOf(engine);
    expect(log.filter((event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-003')).toHaveLength(96);
    expect(verifyLog(log)).toEqual([]);
  });

  it('F01: create, two messages, complete: the right events in causal order', async () => {
    const say: Play = async (_call, io) => {
      io.chunk('one');
      io.usage({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }, 0.01);
      await io.toolCall(tool(async () => 'value'));
      io.chunk('two');
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(say, { store, ids: seededIds(2) });
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    const own: string[] = [];
    for await (const event of engine.events({ model_session_id: session_id })) {
      expect(event.model_session_span_id).toBeDefined();
      own.push(event.fr_event_id.replace('FR-EVT-', ''));
    }
    expect(own).toEqual([
      ...['SESS-001', 'SESS-SCHED-001', 'SESS-SCHED-002', 'SESS-002'],
      ...['SESS-004', 'SESS-004', '007', 'SESS-004', 'SESS-004'],
      ...['SESS-002', 'SESS-003'],
    ]);
    const spans = await engine.spans(session_id);
    const at = (kind: string) => spans.find((span) => span.kind === kind)!;
    expect(at('tool_call').parent_span_id).toBe(at('attempt').span_id);
    expect(at('attempt').parent_span_id).toBe(at('model_run').span_id);
    expect(at('model_run').parent_span_id).toBe(at('model_session').span_id);
    expect(spans.every((span) => span.end_time !== null)).toBe(true);
    expect(at('attempt')).toMatchObject({ token_count: 5, cost_usd: 0.01 });
    expect(ModelSession.parse(await engine.session(session_id))).toMatchObject({ state: 'COMPLETED' });
  });
});

const tool = (invoke: (signal: AbortSignal) => Promise<unknown>, capability_ids: string[] = []) => ({
  tool_id: 'fs.read_file',
  tool_version: '1.0.0',
  arguments: {},
  side_effect: 'READ' as const,
  idempotency: 'IDEMPOTENT' as const,
  capability_ids,
  invoke,
});

it('every field of the spec’s records has its place in the store', async () => {
  const run: Play = async ({ session, job, messages }, io) => {
    for (const message of messages) SessionMessage.parse(message);
    ModelRunJob.parse(
      Object.fromEntries(Object.keys(ModelRunJob.shape).map((key) => [key, (job as never)[key]])),
    );
    if (session.parent_session_id === null && messages.length === 1) {
      await io.spawn(request(session.session_id));
      return { outcome: 'yield' };
    }
    return { outcome: 'completed' };
  };
  await using engine = await open(run, { store: `sqlite:${join(folder(), 'engine.db')}` });
  const { session_id } = await engine.createSession(root);
  await engine.send({ to_session_id: session_id, content: 'begin', source: 'operator' });
  engine.start();
  await engine.idle();
  for (const session of await engine.sessions()) expect(ModelSession.parse(session)).toEqual(session);
  const thread = await engine.thread(session_id);
  expect(thread).toHaveLength(2);
  for (const { provenance, ...message } of thread) {
    expect(SessionMessage.parse(message)).toEqual(message);
    expect(MessageProvenance.parse({ ...provenance, message_id: message.message_id })).toBeDefined();
  }
});

describe('admission', () => {
  const gate: Admission = {
    admit: async (wp_id) =>
      wp_id === 'WP-1-Stub-v1'
        ? { refused: true, code: 'STUB', message: 'a stub admits nobody' }
        : { capabilities: ['fs.read'], paths: ['src'], packet_digest: 'x' },
  };

  it('a stub admits nobody, and without a gate nobody is admitted', async () => {
    await using engine = await open(completes, { admission: gate });
    await expect(engine.createSession({ ...root, wp_id: 'WP-1-Stub-v1' })).rejects.toMatchObject({
      code: 'not_admitted',
      message: 'a stub admits nobody',
    });
    await using ungated = await open(completes);
    await expect(ungated.createSession({ ...root, wp_id: 'WP-1-Demo-v1' })).rejects.toMatchObject({
      code: 'not_admitted',
    });
    expect(await logOf(engine)).toEqual([]);
  });

  it('an admitted session holds what the packet grants and no more; its children too', async () => {
    await using engine = await open(completes, { admission: gate });
    const session = await engine.createSession({ ...root, wp_id: 'WP-1-Demo-v1' });
    expect(session.capability_grants).toEqual(['fs.read']);
    await expect(
      engine.createSession({ ...root, wp_id: 'WP-1-Demo-v1', capability_grants: ['fs.write'] }),
    ).rejects.toMatchObject({ code: 'capability_widening' });
    const { child_session_id } = await engine.spawn(request(session.session_id));
    expect(await engine.session(child_session_id!)).toMatchObject({
      wp_id: 'WP-1-Demo-v1',
      capability_grants: ['fs.read'],
    });
    expect((await logOf(engine)).every((event) => event.wp_id === 'WP-1-Demo-v1')).toBe(true);
  });

  it('a session without a packet is refused unless the configuration allows it', async () => {
    await using engine = await openEngine({ store: 'memory:', runner: { run: completes } });
    await expect(engine.createSession(root)).rejects.toMatchObject({ code: 'unbound_session' });
  });
});

describe('running', () => {
  it('FM-16: a parent that waits for its child holds no permit, even at a global limit of one', async () => {
    const run: Play = async ({ session, messages }, io) => {
      if (session.parent_session_id !== null || messages.length > 0)
        return { outcome: 'completed', close: true };
      await io.spawn(request(session.session_id));
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { scheduler: { max_concurrent_sessions_global: 1 } });
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    expect((await engine.sessions()).map((session) => session.state)).toEqual(['COMPLETED', 'COMPLETED']);
  });

  it('FM-17: a tree of depth three with four children each, 85 sessions, drains under a global limit of eight', async () => {
    let running = 0;
    let most = 0;
    const run: Play = async ({ session, messages }, io) => {
      running += 1;
      most = Math.max(most, running);
      const heard = messages.filter((message) => message.role === 'USER').length;
      if (session.spawn_depth < 3 && heard === 0) {
        for (let n = 0; n < 4; n += 1)
          await io.spawn(request(session.session_id, { child_model_preference: `p${n}/m${n}` }));
      }
      running -= 1;
      return session.spawn_depth < 3 && heard < 4
        ? { outcome: 'yield' }
        : { outcome: 'completed', close: true };
    };
    await using engine = await open(run);
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    const states = (await engine.sessions()).map((session) => session.state);
    expect(states).toHaveLength(85);
    expect(new Set(states)).toEqual(new Set(['COMPLETED']));
    expect(most).toBeLessThanOrEqual(8);
    expect(verifyLog(await logOf(engine))).toEqual([]);
  });

  it('INV-SCHED-004: a cancel reaches the running call at its next chunk and ends CANCELLED', async () => {
    const clock = simulatedClock(start);
    let chunks = 0;
    const run: Play = async (_call, io) => {
      for (;;) {
        io.chunk('.');
        chunks += 1;
        await clock.sleep(100);
      }
    };
    await using engine = await open(run, { clock });
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id, timeout_ms: 1_000_000 });
    engine.start();
    void clock.sleep(1050).then(() => engine.cancel(session_id, { reason: 'enough', by: 'operator' }));
    await engine.idle();
    expect(chunks).toBe(11);
    expect((await engine.session(session_id))?.state).toBe('CANCELLED');
  });

  it('a call that takes too long times out, is retried, and fails in the end', async () => {
    const clock = simulatedClock(start);
    let calls = 0;
    const run: Play = async (_call, io) => {
      calls += 1;
      await clock.sleep(3_600_000, io.signal);
      return { outcome: 'completed' };
    };
    await using engine = await open(run, { clock });
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id, timeout_ms: 500, max_retries: 2 });
    engine.start();
    await engine.idle();
    expect(calls).toBe(3);
    expect((await engine.session(session_id))?.state).toBe('FAILED');
  });

  it('TRUST-003: a tool that needs more than was granted is not called, and that is on record', async () => {
    let called = false;
    let answer: unknown;
    const run: Play = async (_call, io) => {
      answer = await io.toolCall(
        tool(async () => {
          called = true;
        }, ['fs.write']),
      );
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(run);
    const { session_id } = await engine.createSession({ ...root, capability_grants: ['fs.read'] });
    await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    expect(called).toBe(false);
    expect(answer).toMatchObject({ ok: false, error: { code: 'capability_denied' } });
    const record = (await logOf(engine)).find((event) => event.fr_event_id === 'FR-EVT-007');
    expect(record).toMatchObject({ capability_id: 'fs.write', payload: { ok: false } });
  });

  it('D-11: a tool holds no permit, so another call runs meanwhile', async () => {
    const clock = simulatedClock(start);
    const order: string[] = [];
    const run: Play = async ({ session }, io: RunIO) => {
      if (session.role === 'Orchestrator') await io.toolCall(tool(async () => clock.sleep(1000)));
      else await clock.sleep(100, io.signal);
      order.push(session.role);
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(run, { clock, scheduler: { max_concurrent_sessions_global: 1 } });
    for (const role of ['Orchestrator', 'Coder']) {
      const { session_id } = await engine.createSession({ ...root, role });
      await engine.enqueue({ session_id });
    }
    engine.start();
    await engine.idle();
    expect(order).toEqual(['Coder', 'Orchestrator']);
  });

  it('a job past its hard token budget fails and is not retried', async () => {
    const run: Play = async (_call, io) => {
      io.usage({ prompt_tokens: 5, completion_tokens: 6, total_tokens: 11 }, null);
      await io.toolCall(tool(async () => 1));
      return { outcome: 'completed' };
    };
    await using engine = await open(run);
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id, max_tokens_budget: 10 });
    engine.start();
    await engine.idle();
    expect((await engine.session(session_id))?.state).toBe('FAILED');
    expect((await logOf(engine)).at(-1)?.payload).toMatchObject({ reason: 'token_budget_exceeded' });
  });

  it('F5: a retried run spawns nothing twice', async () => {
    let attempts = 0;
    const run: Play = async ({ session }, io) => {
      if (session.parent_session_id !== null) return { outcome: 'completed' };
      attempts += 1;
      if (attempts <= 2) await io.spawn(request(session.session_id, { announce_back: false }));
      if (attempts === 1) throw new Error('provider lost');
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(run);
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    expect(attempts).toBe(2);
    expect(await engine.sessions({ parent_session_id: session_id })).toHaveLength(1);
  });
});

describe('durability', () => {
  it('a file that is opened again goes on where it was; the same request id gives the same child', async () => {
    const store = `sqlite:${join(folder(), 'engine.db')}` as const;
    let ids: [string, string | null];
    {
      await using engine = await open(completes, { store });
      const { session_id } = await engine.createSession(root);
      const answer = await engine.spawn(request(session_id, { request_id: 'r1' }));
      ids = [session_id, answer.child_session_id];
    }
    await using engine = await open(completes, { store, ids: seededIds(4) });
    expect(await engine.spawn(request(ids[0], { request_id: 'r1' }))).toMatchObject({
      child_session_id: ids[1],
    });
    engine.start();
    await engine.idle();
    expect((await engine.session(ids[1]!))?.state).toBe('COMPLETED');
    expect(await engine.inbox(ids[0])).toEqual([]); // taken by the wake-up run
    expect(verifyLog(await logOf(engine))).toEqual([]);
  });

  it('a graceful stop puts running jobs back into the queue and counts no attempt', async () => {
    const store = `sqlite:${join(folder(), 'engine.db')}` as const;
    const clock = simulatedClock(start);
    const first = await open(
      async (_call, io) => {
        await clock.sleep(1e9, io.signal);
        return { outcome: 'completed' };
      },
      { store, clock },
    );
    const { session_id } = await first.createSession(root);
    await first.enqueue({ session_id });
    first.start();
    await clock.turn();
    await first[Symbol.asyncDispose]();
    await expect(first.session(session_id)).rejects.toMatchObject({ code: 'engine_closed' });
    const attempts: number[] = [];
    await using engine = await open(
      async ({ job }) => {
        attempts.push(job.attempt);
        return { outcome: 'completed', close: true };
      },
      { store, ids: seededIds(4) },
    );
    engine.start();
    await engine.idle();
    expect(attempts).toEqual([0]);
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  });

  it('INV-RECOVER-003, FM-23, FM-24: recovery pauses what a dead process ran, once, and fences it', async () => {
    const store = `sqlite:${join(folder(), 'engine.db')}` as const;
    const clock = simulatedClock(start);
    const dead = await open(() => new Promise(() => {}), { store, clock });
    const { session_id } = await dead.createSession(root);
    await dead.enqueue({ session_id });
    dead.start();
    await clock.turn();
    await using engine = await open(completes, { store, ids: seededIds(4) });
    expect((await engine.recover()).recovered).toMatchObject([{ session_id }]);
    expect((await engine.recover()).recovered).toEqual([]);
    expect((await engine.session(session_id))?.state).toBe('PAUSED');
    const log = await logOf(engine);
    expect(log.slice(-2).map((event) => event.fr_event_id)).toEqual([
      'FR-EVT-WF-RECOVERY',
      'FR-EVT-SESS-002',
    ]);
    await engine.resume(session_id);
    engine.start();
    await engine.idle();
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  });

  it('a command that fails leaves nothing behind', async () => {
    const path = join(folder(), 'engine.db');
    let count = 0;
    const good = seededIds(9);
    const broken = { uuid7: (now: number) => (++count > 3 ? 'no uuid' : good.uuid7(now)) };
    await using engine = await open(completes, { store: `sqlite:${path}`, ids: { ...seededIds(1) } });
    await using failing = await openEngine({
      store: `sqlite:${path}`,
      runner: { run: completes },
      unboundSessions: 'allow',
      ids: broken,
    });
    await expect(failing.createSession(root)).rejects.toMatchObject({ code: 'invalid_event' });
    expect(await engine.sessions()).toEqual([]);
    expect(await logOf(engine)).toEqual([]);
  });

  it('openReadOnly sees what an engine wrote and creates nothing', async () => {
    const path = join(folder(), 'engine.db');
    await expect(openReadOnly(path)).rejects.toMatchObject({ code: 'store_unavailable' });
    await using engine = await open(completes, { store: `sqlite:${path}` });
    const { session_id } = await engine.createSession(root);
    await using log = await openReadOnly(path);
    expect(await log.sessions()).toMatchObject([{ session_id, total_tokens: 0 }]);
  });

  it('a missing driver is one line that says what to install', async () => {
    await expect(compiledDriver(() => Promise.reject(new Error('not found')))).rejects.toMatchObject({
      code: 'store_unavailable',
      message:
        'the session engine needs better-sqlite3 on Node 20 (npm i better-sqlite3@12.11.1) or Node ≥ 22.13',
    });
    await expect(openSqliteStore(folder())).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(open(completes, { store: 'postgres:x' as 'memory:' })).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
    await expect(open(completes, { scheduler: { max_concurrent_sessions_global: 0 } })).rejects.toMatchObject(
      { code: 'invalid_configuration' },
    );
  });
});
