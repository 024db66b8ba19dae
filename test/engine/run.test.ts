import { describe, expect, it } from 'vitest';
import { seededIds, simulatedClock } from '../../tools/engine/index.ts';
import { MessageProvenance, ModelRunJob, ModelSession, SessionMessage } from '../../tools/generated/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { database, logOf, open, type Play, played, request, root, start, storeOf, tool } from './opened.ts';

describe.each(['memory', 'sqlite'] as const)('on %s', (kind) => {
  it('F01: create, two messages, complete: the right events in causal order', async () => {
    const say: Play = async (_call, io) => {
      io.chunk('one');
      io.usage({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }, 0.01);
      await io.toolCall(tool(async () => 'value'));
      io.chunk('two');
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(say, { store: storeOf(kind), ids: seededIds(2) });
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
  await using engine = await open(run, { store: `sqlite:${database()}` });
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

it('INV-SCHED-004, E21: a cancel reaches the running call at its next chunk and ends CANCELLED', async () => {
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

it('INV-SCHED-004: a cancel reaches the running call at its next tool call, and the tool is not begun', async () => {
  const clock = simulatedClock(start);
  let tools = 0;
  const counted = tool(async () => {
    tools += 1;
  });
  const run: Play = async (_call, io) => {
    for (;;) {
      await io.toolCall(counted);
      await clock.sleep(100); // it hears of no signal while it works
    }
  };
  await using engine = await open(run, { clock });
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id, timeout_ms: 1_000_000 });
  engine.start();
  void clock.sleep(250).then(() => engine.cancel(session_id, { reason: 'enough', by: 'operator' }));
  await engine.idle();
  expect(tools).toBe(3);
  const calls = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-007');
  expect(calls).toHaveLength(3);
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

it('INV-SCHED-001: a runner is called for dispatched jobs and for nothing else', async () => {
  const called: string[] = [];
  const run: Play = async ({ session, job, messages }, io) => {
    called.push(job.job_id);
    if (session.parent_session_id === null && messages.length === 0) {
      await io.spawn(request(session.session_id));
      return { outcome: 'yield' };
    }
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  await engine.spawn(request(session_id));
  await engine.idle();
  expect(called).toEqual([]); // whatever was asked for, nothing runs before the scheduler does
  engine.start();
  await engine.idle();
  const log = await logOf(engine);
  const jobs = (id: string) => log.filter((event) => event.fr_event_id === id).map((event) => event.job_id);
  expect(called).toHaveLength(4);
  expect(jobs('FR-EVT-SESS-SCHED-002')).toEqual(called);
  expect(jobs('FR-EVT-SESS-SCHED-001')).toEqual(expect.arrayContaining(called));
});

it.each([
  ['a root session', { backend: 'cloud' }],
  ['a child of a local one', {}],
])('INV-CONSENT-001: no call to the cloud without a receipt: %s stays BLOCKED', async (_, options) => {
  const backends: string[] = [];
  const run: Play = async ({ session }, io) => {
    backends.push(session.backend);
    await io.spawn(request(session.session_id, { child_backend_preference: 'cloud' }));
    return { outcome: 'yield' };
  };
  await using engine = await open(run);
  await played(engine, options);
  expect(backends).not.toContain('cloud');
  const waiting = (await engine.sessions()).filter((session) => session.backend === 'cloud');
  expect(waiting).toMatchObject([{ state: 'BLOCKED', consent_receipt_id: null }]);
  const last = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-SESS-002').at(-1);
  expect(waiting).toHaveLength(1);
  expect((await logOf(engine)).map((event) => (event.payload as { reason?: string }).reason)).toContain(
    'consent',
  );
  expect(last?.payload).toMatchObject({ to_state: 'BLOCKED' });
});

it.each([
  [
    'no result',
    undefined,
    'result is undefined, expected one of completed, yield, awaiting_user, failed, interrupted',
  ],
  [
    'an unknown outcome',
    { outcome: 'done' },
    'result.outcome is "done", expected one of completed, yield, awaiting_user, failed, interrupted',
  ],
  [
    'outputs that are no list',
    { outcome: 'completed', key_outputs: 'a' },
    'result.key_outputs is "a", expected a list',
  ],
])('a runner that returns %s fails its session and says why', async (_, said, message) => {
  await using engine = await open(async () => said as never);
  const session_id = await played(engine);
  expect((await engine.session(session_id))?.state).toBe('FAILED');
  expect((await logOf(engine)).at(-1)?.payload).toMatchObject({ to_state: 'FAILED', reason: message });
});

it('F07: usage that is no number is refused where it is reported, and no budget is lost to it', async () => {
  const wrong: Play = async (_call, io) => {
    io.usage({ prompt_tokens: 1, completion_tokens: 1, total_tokens: Number.NaN }, null);
    return { outcome: 'completed' };
  };
  await using engine = await open(wrong);
  await played(engine);
  expect((await logOf(engine)).at(-1)?.payload).toMatchObject({
    reason: 'usage.total_tokens is NaN, expected a whole number of at least 0',
  });
});
