// Every event of the session families: what it is written for, on whose record, and all that it says.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, FlightRecorderEvent } from '../../tools/engine/index.ts';
import { sha256 } from '../../tools/text/index.ts';
import { logOf, open, type Play, played, request, root } from './opened.ts';

const bound = (id: string, log: readonly FlightRecorderEvent[]) =>
  log
    .filter(({ fr_event_id }) => fr_event_id === id)
    .map(({ type, model_session_id, payload }) => ({ type, model_session_id, payload }));

describe('a session that spends, speaks and ends', () => {
  let engine: Engine;
  let log: FlightRecorderEvent[];
  let session: string;
  let job: string;

  beforeAll(async () => {
    const works: Play = async (_, io) => {
      io.chunk('The answer is 42.');
      io.usage({ prompt_tokens: 60, completion_tokens: 30, total_tokens: 90 }, 0.25);
      return { outcome: 'completed', close: true };
    };
    engine = await open(works, { budgets: { session_tokens: 100 } });
    session = await played(engine);
    log = await logOf(engine);
    job = log.find(({ job_id }) => job_id !== undefined)!.job_id!;
    return () => engine[Symbol.asyncDispose]();
  });

  it('FR-EVT-SESS-001: one, first of all, says with what the session was made', () => {
    expect(log[0]?.fr_event_id).toBe('FR-EVT-SESS-001');
    const { model_id, backend, role, memory_policy } = root;
    expect(bound('FR-EVT-SESS-001', log)).toEqual([
      {
        type: 'session.created',
        model_session_id: session,
        payload: {
          ...{ session_id: session, model_id, backend, role, wp_id: null, mt_id: null, memory_policy },
          spawn_depth: 0,
        },
      },
    ]);
  });

  it('FR-EVT-SESS-002: one for each change of state, from where and to where, and none for creation', () => {
    expect(bound('FR-EVT-SESS-002', log)).toEqual(
      [
        ['CREATED', 'ACTIVE'],
        ['ACTIVE', 'COMPLETED'],
      ].map(([from_state, to_state]) => ({
        type: 'session.state_change',
        model_session_id: session,
        payload: { session_id: session, from_state, to_state, reason: null },
      })),
    );
  });

  it('FR-EVT-SESS-003: one for a session that completed, with all that it used', () => {
    expect(bound('FR-EVT-SESS-003', log)).toEqual([
      {
        type: 'session.completed',
        model_session_id: session,
        payload: {
          ...{ session_id: session, total_tokens: 90, total_cost_usd: 0.25 },
          ...{ duration_ms: 0, messages_count: 1 },
        },
      },
    ]);
  });

  it('FR-EVT-SESS-004: one for each message, by the hash of its text and without the text', async () => {
    const [message] = await engine.thread(session);
    expect(bound('FR-EVT-SESS-004', log)).toEqual([
      {
        type: 'session.message',
        model_session_id: session,
        payload: {
          ...{ session_id: session, message_id: message?.message_id, role: 'ASSISTANT' },
          ...{ content_hash: sha256('The answer is 42.'), token_count: 30 },
        },
      },
    ]);
  });

  it('FR-EVT-SESS-005: one for a threshold that was passed, with what was used and what is allowed', () => {
    expect(bound('FR-EVT-SESS-005', log)).toEqual([
      {
        type: 'session.budget_warning',
        model_session_id: session,
        payload: {
          ...{ session_id: session, budget_type: 'session_tokens' },
          ...{ current_value: 90, threshold_value: 80 },
        },
      },
    ]);
  });

  it('FR-EVT-SESS-SCHED-001: one for each job that is queued, with its lane and its priority', () => {
    expect(bound('FR-EVT-SESS-SCHED-001', log)).toEqual([
      {
        type: 'session_scheduler.enqueue',
        model_session_id: session,
        payload: {
          ...{ session_id: session, job_id: job, lane: 'PRIMARY', priority: 50 },
          concurrency_group: null,
        },
      },
    ]);
  });

  it('FR-EVT-SESS-SCHED-002: one for each job that is begun, with how long it waited', () => {
    expect(bound('FR-EVT-SESS-SCHED-002', log)).toEqual([
      {
        type: 'session_scheduler.dispatch',
        model_session_id: session,
        payload: { session_id: session, job_id: job, lane: 'PRIMARY', queue_wait_ms: 0 },
      },
    ]);
  });

  it('and no event of the families for what did not happen', () => {
    const told = log.map(({ fr_event_id }) => fr_event_id).filter((id) => id.startsWith('FR-EVT-SESS-S'));
    expect(told).toEqual(['FR-EVT-SESS-SCHED-001', 'FR-EVT-SESS-SCHED-002']);
  });
});

it('FR-EVT-SESS-SCHED-003: one for a job that the rate holds back, with the provider and the backoff', async () => {
  const once: Play = async () => ({ outcome: 'completed' });
  await using engine = await open(once, { scheduler: { rate_limit_requests_per_minute: 1 } });
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  const { job_id } = await engine.enqueue({ session_id });
  engine.start();
  await engine.idle();
  expect(bound('FR-EVT-SESS-SCHED-003', await logOf(engine))).toEqual([
    {
      type: 'session_scheduler.rate_limited',
      model_session_id: session_id,
      payload: { session_id, job_id, provider: 'local', backoff_ms: 60_000, attempt: 1 },
    },
  ]);
});

describe('a parent with children', () => {
  /** The parent asks for a child and ends when it has read what that one says. */
  const delegates: Play = async ({ session, messages }, io) => {
    if (session.parent_session_id !== null) return { outcome: 'completed' };
    if (messages.length > 0) return { outcome: 'completed', close: true };
    await io.spawn(request(session.session_id, { request_id: 'parser' }));
    return { outcome: 'yield' };
  };
  let log: FlightRecorderEvent[];
  let parent: string;
  let child: string;
  let summary: string;
  let letter: string;

  beforeAll(async () => {
    await using engine = await open(delegates);
    parent = await played(engine);
    log = await logOf(engine);
    child = (await engine.sessions({ parent_session_id: parent }))[0]!.session_id;
    const [message] = await engine.thread(parent);
    letter = message!.message_id;
    const sent = log.find(({ fr_event_id }) => fr_event_id === 'FR-EVT-GOV-MAILBOX-001')!;
    const body = await engine.content((sent.payload as { body_ref: string }).body_ref);
    summary = (JSON.parse(body!) as { artifacts: { ref: string }[] }).artifacts[0]!.ref;
  });

  it('FR-EVT-SESS-SPAWN-001: one for each request, on the record of who asked', () => {
    expect(bound('FR-EVT-SESS-SPAWN-001', log)).toEqual([
      {
        type: 'session.spawn_requested',
        model_session_id: parent,
        payload: {
          ...{ requester_session_id: parent, child_role: 'Orchestrator' },
          ...{ spawn_depth: 1, spawn_mode: 'ONE_SHOT' },
        },
      },
    ]);
  });

  it('FR-EVT-SESS-SPAWN-002: one for each request that was granted, with the child', () => {
    expect(bound('FR-EVT-SESS-SPAWN-002', log)).toEqual([
      {
        type: 'session.spawn_accepted',
        model_session_id: parent,
        payload: {
          ...{ requester_session_id: parent, child_session_id: child },
          ...{ child_role: 'Orchestrator', spawn_depth: 1 },
        },
      },
    ]);
    expect(bound('FR-EVT-SESS-SPAWN-003', log)).toEqual([]);
  });

  it('FR-EVT-SESS-SPAWN-004: one for each child that reports, on its own record, with its summary and its letter', () => {
    expect(bound('FR-EVT-SESS-SPAWN-004', log)).toEqual([
      {
        type: 'session.announce_back',
        model_session_id: child,
        payload: {
          ...{ child_session_id: child, requester_session_id: parent, status: 'COMPLETED' },
          ...{ summary_artifact_id: summary, mailbox_message_id: letter },
        },
      },
    ]);
  });
});

describe('a parent of four idle children', () => {
  let log: FlightRecorderEvent[];
  let parent: string;
  let children: string[];
  let job: string;

  beforeAll(async () => {
    await using engine = await open(async () => ({ outcome: 'completed' }));
    parent = (await engine.createSession(root)).session_id;
    job = (await engine.enqueue({ session_id: parent })).job_id;
    children = [];
    for (const request_id of ['d', 'b', 'c', 'a'])
      children.push((await engine.spawn(request(parent, { request_id }))).child_session_id!);
    await engine.spawn(request(parent, { request_id: 'e' }));
    await engine.cancel(parent, { reason: 'wrong branch', by: 'operator' });
    log = await logOf(engine);
  });

  it('FR-EVT-SESS-SPAWN-003: one for each request that was refused, with the reason and the count', () => {
    expect(bound('FR-EVT-SESS-SPAWN-003', log)).toEqual([
      {
        type: 'session.spawn_rejected',
        model_session_id: parent,
        payload: {
          ...{ requester_session_id: parent, rejection_reason: 'children_cap_reached' },
          ...{ spawn_depth: 1, active_children_count: 4 },
        },
      },
    ]);
    expect(bound('FR-EVT-SESS-SPAWN-001', log)).toHaveLength(5);
    expect(bound('FR-EVT-SESS-SPAWN-002', log)).toHaveLength(4);
  });

  it('FR-EVT-SESS-SPAWN-005: one for a cascade, on the record of its root, with all that it cancelled in order', () => {
    expect(bound('FR-EVT-SESS-SPAWN-005', log)).toEqual([
      {
        type: 'session.cascade_cancel',
        model_session_id: parent,
        payload: {
          root_session_id: parent,
          cancelled_session_ids: [parent, ...children],
          reason: 'wrong branch',
        },
      },
    ]);
  });

  it('FR-EVT-SESS-SCHED-004: one for each job that was cancelled, with the reason and who did it', () => {
    const told = bound('FR-EVT-SESS-SCHED-004', log);
    expect(told.map(({ model_session_id }) => model_session_id)).toEqual([parent, ...children]);
    expect(told[0]).toEqual({
      type: 'session_scheduler.cancelled',
      model_session_id: parent,
      payload: { session_id: parent, job_id: job, reason: 'wrong branch', cancelled_by: 'operator' },
    });
  });
});
