// The acceptance criteria of WP-1-Session-Observability-Spans-FR-v1, in their own words, through the public engine.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Engine, EngineError, seededIds } from '../../tools/engine/index.ts';
import { checkEvent, type FlightRecorderEvent, verifyLog } from '../../tools/recorder/index.ts';
import { completes, logOf, open, type Play, played, request, root, storeOf, tool } from '../engine/opened.ts';

const stub = readFileSync(
  new URL('../../.GOV/task_packets/stubs/WP-1-Session-Observability-Spans-FR-v1.md', import.meta.url),
  'utf8',
);

it('there is a test for each acceptance criterion of the stub', () => {
  const [, section] = /^## ACCEPTANCE_CRITERIA.*\n([^#]*)/m.exec(stub)!;
  const criteria = [...section!.matchAll(/^- (.*)$/gm)].map(([, text]) => text);
  const own = readFileSync(import.meta.filename, 'utf8');
  expect(criteria).toHaveLength(4);
  for (const criterion of criteria) expect(own).toContain(`it('${criterion}'`);
});

const works: Play = async (_, io) => {
  io.chunk('The answer is 42.');
  io.usage({ prompt_tokens: 60, completion_tokens: 30, total_tokens: 90 }, 0.25);
  return { outcome: 'completed', close: true };
};

/** The parent asks for one child, waits for it, and closes when it has read what the child says. */
const delegates: Play = async ({ session, messages }, io) => {
  if (session.parent_session_id !== null) return { outcome: 'completed' };
  if (messages.length > 0) return { outcome: 'completed', close: true };
  await io.spawn(request(session.session_id, { request_id: 'parser' }));
  return { outcome: 'yield' };
};

const ids = (log: readonly FlightRecorderEvent[]): string[] =>
  log.map(({ fr_event_id }) => fr_event_id.slice(7));
const spansOf = async (engine: Engine, id: string) =>
  (await engine.spans(id)).map(({ kind, status, end_time }) => [kind, status, end_time !== null]);

describe.each(['memory', 'sqlite'] as const)('on %s', (kind) => {
  it('Starting and completing a ModelSession produces FR-EVT-SESS-001..005 events and corresponding spans.', async () => {
    const budgets = { session_tokens: 100, session_cost_usd: 0.2 };
    await using engine = await open(works, { store: storeOf(kind), budgets });
    const id = await played(engine);
    const log = await logOf(engine);
    // 90 of 100 tokens cross 80 %; 0.25 of 0.20 dollars cross 80 % and 100 % (FR-EVT-SESS-005).
    expect(ids(log)).toEqual([
      ...['SESS-001', 'SESS-SCHED-001', 'SESS-SCHED-002', 'SESS-002'],
      ...['SESS-005', 'SESS-005', 'SESS-005', 'SESS-004', 'SESS-002', 'SESS-003'],
    ]);
    const warnings = log.flatMap((event) => (event.fr_event_id === 'FR-EVT-SESS-005' ? [event.payload] : []));
    expect(warnings).toEqual([
      { session_id: id, budget_type: 'session_tokens', current_value: 90, threshold_value: 80 },
      { session_id: id, budget_type: 'session_cost_usd', current_value: 0.25, threshold_value: 0.16 },
      { session_id: id, budget_type: 'session_cost_usd', current_value: 0.25, threshold_value: 0.2 },
    ]);
    expect(await spansOf(engine, id)).toEqual([
      ['model_session', 'completed', true],
      ['model_run', 'completed', true],
      ['attempt', 'completed', true],
    ]);
    const [session, , attempt] = await engine.spans(id);
    expect(new Set(log.map((event) => event.model_session_span_id))).toEqual(new Set([session?.span_id]));
    const named = log.flatMap((event) => event.activity_span_id ?? []);
    expect([named.length, new Set(named)]).toEqual([8, new Set([attempt?.span_id])]); // all but the first two
    expect(verifyLog(log)).toEqual([]);
  });

  it('Session scheduler enqueue/dispatch/cancel events are emitted with correct correlation fields.', async () => {
    let stopped: (() => void) | undefined;
    const waits: Play = (_, io) =>
      new Promise((_, reject) => {
        io.signal.addEventListener('abort', () => reject(io.signal.reason), { once: true });
        stopped?.();
      });
    await using engine = await open(waits, { store: storeOf(kind) });
    const { session_id } = await engine.createSession(root);
    const running = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const { job_id } = await engine.enqueue({ session_id });
    const second = await engine.enqueue({ session_id });
    engine.start();
    await running;
    await engine.cancel(session_id, { reason: 'wrong branch', by: 'operator' });
    await engine.idle();
    const spans = await engine.spans(session_id);
    const session = spans.find((span) => span.kind === 'model_session');
    const attempt = spans.find((span) => span.kind === 'attempt');
    const log = (await logOf(engine)).filter(({ fr_event_id }) =>
      fr_event_id.startsWith('FR-EVT-SESS-SCHED'),
    );
    expect(
      log.map(
        ({
          fr_event_id,
          type,
          model_session_id,
          model_session_span_id,
          job_id,
          activity_span_id,
          payload,
        }) => [
          ...[fr_event_id, type, model_session_id, model_session_span_id, job_id, activity_span_id],
          ...[(payload as { session_id: string }).session_id, (payload as { job_id: string }).job_id],
        ],
      ),
    ).toEqual(
      [
        ['001', 'enqueue', job_id, undefined],
        ['001', 'enqueue', second.job_id, undefined],
        ['002', 'dispatch', job_id, attempt?.span_id],
        ['004', 'cancelled', job_id, attempt?.span_id],
        ['004', 'cancelled', second.job_id, undefined], // never dispatched, so that no span was opened
      ].map(([id, what, job, span]) => [
        ...[`FR-EVT-SESS-SCHED-${id}`, `session_scheduler.${what}`, session_id, session?.span_id, job, span],
        ...[session_id, job],
      ]),
    );
    expect(spans.map(({ kind: of, status }) => [of, status])).toEqual([
      ['model_session', 'cancelled'],
      ['model_run', 'cancelled'],
      ['attempt', 'cancelled'],
    ]);
    expect(verifyLog(await logOf(engine))).toEqual([]);
  });

  it('Spawn events are emitted and link requester/child session_ids with summary artifact linkage.', async () => {
    await using engine = await open(delegates, { store: storeOf(kind) });
    const requester = await played(engine);
    const [child] = await engine.sessions({ parent_session_id: requester });
    const log = await logOf(engine);
    const of = (id: string) => log.filter(({ fr_event_id }) => fr_event_id === `FR-EVT-${id}`);
    const [asked, accepted, told] = ['001', '002', '004'].map((id) => of(`SESS-SPAWN-${id}`)[0]!);
    const [letter] = of('GOV-MAILBOX-001');
    const [first, second] = (await engine.spans(requester)).filter((span) => span.kind === 'attempt');
    const [own] = (await engine.spans(child!.session_id)).filter((span) => span.kind === 'attempt');
    expect(
      [asked, accepted, told].map((event) => [event?.model_session_id, event?.activity_span_id]),
    ).toEqual([
      [requester, first?.span_id],
      [requester, first?.span_id],
      [child?.session_id, own?.span_id],
    ]);
    expect(accepted?.payload).toMatchObject({
      requester_session_id: requester,
      child_session_id: child?.session_id,
    });
    const body = JSON.parse((await engine.content((letter!.payload as { body_ref: string }).body_ref))!) as {
      artifacts: { ref: string }[];
    };
    expect(told?.payload).toEqual({
      child_session_id: child?.session_id,
      requester_session_id: requester,
      status: 'COMPLETED',
      summary_artifact_id: body.artifacts[0]?.ref,
      mailbox_message_id: (letter!.payload as { message_id: string }).message_id,
    });
    // D-52: what joins both sides: one trace, the letter's id, and the span that reads it.
    const read = of('SESS-004').find(
      ({ payload }) =>
        (payload as { message_id: string }).message_id ===
        (told!.payload as { mailbox_message_id: string }).mailbox_message_id,
    );
    const woken = of('SESS-SCHED-001').at(-1);
    expect([read?.model_session_id, read?.activity_span_id]).toEqual([requester, second?.span_id]);
    expect([woken?.model_session_id, woken?.job_id]).toEqual([requester, second?.job_id]);
    expect(new Set([accepted, told, letter, read, woken].map((event) => event?.trace_id)).size).toBe(1);
    expect((await engine.spanBindings(child!.session_id))?.session).toEqual({
      session_id: child?.session_id,
      model_session_span_id: told?.model_session_span_id,
      parent_model_session_span_id: asked?.model_session_span_id,
    });
    expect(verifyLog(log)).toEqual([]);
  });

  it('Schema validator rejects unknown session event IDs and enforces model_session_id correlation rules.', async () => {
    await using engine = await open(completes, { store: storeOf(kind) });
    await played(engine);
    const log = await logOf(engine);
    const created = log.find(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-001')!;
    const { model_session_id: _, ...without } = created;
    const other = '00000000-0000-4000-8000-000000000000';
    for (const [wrong, why] of [
      [{ ...created, fr_event_id: 'FR-EVT-SESS-006' }, 'FR-EVT-SESS-006'],
      [without, 'missing model_session_id (expected payload.session_id)'],
      [{ ...created, model_session_id: other }, `model_session_id ${other} differs from payload.session_id`],
    ] as const) {
      expect(() => checkEvent(wrong)).toThrowError(why);
      expect(() => checkEvent(wrong)).toThrowError(
        expect.objectContaining({ code: 'HSK-400-INVALID-EVENT' }),
      );
    }
    expect(await logOf(engine)).toEqual(log);
    for await (const event of engine.events({ model_session_id: other })) expect(event).toBeUndefined();
  });

  it('F01: create, two messages, complete: the exact events in their order, with their keys, their session and its span', async () => {
    const speaks: Play = async (_, io) => {
      io.chunk('First.');
      await io.toolCall(tool(async () => 1)); // a boundary: what was said so far is one message
      io.chunk('Second.');
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(speaks, { store: storeOf(kind), ids: seededIds(8) });
    const session_id = await played(engine);
    const log = (await logOf(engine)).filter(({ fr_event_id }) => /^FR-EVT-SESS-\d/.test(fr_event_id));
    expect(ids(log)).toEqual([
      ...['SESS-001', 'SESS-002', 'SESS-004', 'SESS-004', 'SESS-004', 'SESS-004', 'SESS-002', 'SESS-003'],
    ]);
    const keys: Record<string, string[]> = {};
    for (const { fr_event_id, payload } of log) keys[fr_event_id] = Object.keys(payload).sort();
    expect(keys).toEqual({
      'FR-EVT-SESS-001': [
        ...['backend', 'memory_policy', 'model_id', 'mt_id', 'role', 'session_id', 'spawn_depth', 'wp_id'],
      ],
      'FR-EVT-SESS-002': ['from_state', 'reason', 'session_id', 'to_state'],
      'FR-EVT-SESS-003': ['duration_ms', 'messages_count', 'session_id', 'total_cost_usd', 'total_tokens'],
      'FR-EVT-SESS-004': ['content_hash', 'message_id', 'role', 'session_id', 'token_count'],
    });
    const said = log.flatMap((event) =>
      event.fr_event_id === 'FR-EVT-SESS-004' ? [event.payload.role] : [],
    );
    expect(said).toEqual(['ASSISTANT', 'TOOL_CALL', 'TOOL_RESULT', 'ASSISTANT']);
    const [{ span_id } = { span_id: '' }] = await engine.spans(session_id);
    // What the scenario calls session_span_id is model_session_span_id here: the other is the operator's (D-46).
    for (const event of log) {
      expect([event.model_session_id, event.model_session_span_id]).toEqual([session_id, span_id]);
      expect(event).not.toHaveProperty('session_span_id');
    }
    expect(log.at(-1)?.payload).toMatchObject({ session_id, messages_count: 4 });
  });

  it('F07: a warning once per threshold, its value the total of the session; the totals at the end are the sums of the runs', async () => {
    const spends: Play = async (_, io) => {
      for (let n = 0; n < 12; n += 1)
        io.usage({ prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 }, 0.001);
      return { outcome: 'completed' };
    };
    await using engine = await open(spends, { store: storeOf(kind), budgets: { session_tokens: 200 } });
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    await engine.close(session_id);
    const log = await logOf(engine);
    expect(log.flatMap((event) => (event.fr_event_id === 'FR-EVT-SESS-005' ? [event.payload] : []))).toEqual(
      [160, 200].map((value) => ({
        session_id,
        budget_type: 'session_tokens',
        current_value: value,
        threshold_value: value,
      })),
    );
    const attempts = (await engine.spans(session_id)).filter((span) => span.kind === 'attempt');
    expect(attempts.map(({ token_count, cost_usd }) => [token_count, cost_usd])).toEqual([
      [120, 0.012],
      [120, 0.012],
    ]);
    const done = log.find(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-003');
    expect(done?.payload).toMatchObject({ total_tokens: 240, total_cost_usd: 0.024 });
  });

  it('F09: one look at the root gives parent, child and announcement of the whole tree, in order (11.9.1.X.2)', async () => {
    await using engine = await open(delegates, { store: storeOf(kind) });
    const requester = await played(engine);
    const other = await engine.createSession(root); // a tree of its own
    const [child] = await engine.sessions({ parent_session_id: requester });
    const { lanes, arrows } = await engine.view('timeline', { tree: requester });
    expect(lanes.map(({ session_id }) => session_id)).toEqual([requester, child?.session_id]);
    expect(lanes.map(({ span }) => span.parent_span_id)).toEqual([null, lanes[0]?.span.span_id]);
    const [first, second] = lanes[0]!.span.children.map((run) => run.children[0]!.span_id);
    const [told] = (await logOf(engine)).flatMap((event) =>
      event.fr_event_id === 'FR-EVT-SESS-SPAWN-004' ? [event] : [],
    );
    const own = lanes[1]!.span.children[0]!.children[0]!.span_id;
    expect(arrows).toEqual([
      {
        kind: 'spawn',
        at: '2026-02-24T09:00:00.000Z',
        trace_id: told?.trace_id,
        from: { session_id: requester, span_id: first },
        to: { session_id: child?.session_id, span_id: lanes[1]?.span.span_id },
      },
      {
        kind: 'announce',
        at: '2026-02-24T09:00:00.000Z',
        trace_id: told?.trace_id,
        from: { session_id: child?.session_id, span_id: own },
        to: { session_id: requester, span_id: second },
        mailbox_message_id: told?.payload.mailbox_message_id,
        status: 'COMPLETED',
        summary_artifact_id: told?.payload.summary_artifact_id,
        read_at: '2026-02-24T09:00:00.000Z',
      },
    ]);
    const named = (await engine.view('tree')).trees.map(({ session_id }) => session_id);
    expect(named).toEqual([requester, other.session_id]);
  });
});

it('a view or a query of a name that nobody knows is refused in one line', async () => {
  await using engine = await open(completes);
  await expect(engine.view('chart' as 'tree')).rejects.toThrowError(
    new EngineError('invalid_request', 'view is "chart", expected one of tree, timeline, cost'),
  );
  await expect(engine.view('tree', { wp: 'x' } as object)).rejects.toThrowError(
    'query.wp is no known field, expected one of model_session_id, tree, role, model_id, wp_id, from, to, limit, after',
  );
});
