import { describe, expect, it } from 'vitest';
import { type Engine, EngineError, simulatedClock } from '../../tools/engine/index.ts';
import { completes, logOf, open, request, root, start } from './opened.ts';

/** Calls as a program without types could make them. */
type Loose = { [Name in keyof Engine]: (...given: unknown[]) => Promise<unknown> };

const fault = async (call: Promise<unknown>): Promise<EngineError> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
};
const next = (events: unknown): Promise<unknown> =>
  (events as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();

describe('a wrong call is invalid_request, names the field, and changes nothing', () => {
  it.each<[string, (engine: Loose, id: string) => Promise<unknown>]>([
    ['session is null, expected an object', (engine) => engine.createSession(null)],
    ['session.role is undefined, expected text that is not blank', (engine) => engine.createSession({})],
    [
      'session.parameter_class is "nope", expected one of P7B, P13B, P32B, P72B, P110B, PUnknown',
      (engine) => engine.createSession({ ...root, parameter_class: 'nope' }),
    ],
    [
      'session.capability_grants is "fs.read", expected a list',
      (engine) => engine.createSession({ ...root, capability_grants: 'fs.read' }),
    ],
    [
      'session.capability_grants: "FS" is no capability (expected axis or axis:scope)',
      (engine) => engine.createSession({ ...root, capability_grants: ['FS'] }),
    ],
    [
      'session.context_window_max is 0.5, expected a whole number',
      (engine) => engine.createSession({ ...root, context_window_max: 0.5 }),
    ],
    [
      'session.spawn_depth is no known field, expected one of role, model_id, backend, parameter_class, execution_mode, memory_policy, wp_id, mt_id, capability_grants, work_profile_id, context_window_max',
      (engine) => engine.createSession({ ...root, spawn_depth: 0 }),
    ],
    ['request is null, expected an object', (engine) => engine.spawn(null)],
    ['request is undefined, expected an object', (engine) => engine.spawn()],
    ['run is null, expected an object', (engine) => engine.enqueue(null)],
    ['run.session_id is undefined, expected text that is not blank', (engine) => engine.enqueue({})],
    [
      'run.max_tokens_budget is NaN, expected a whole number of at least 0',
      (engine, session_id) => engine.enqueue({ session_id, max_tokens_budget: Number.NaN }),
    ],
    [
      'run.timeout_ms is 2147483648, expected a whole number of milliseconds from 1 to 2147483647',
      (engine, session_id) => engine.enqueue({ session_id, timeout_ms: 2 ** 31 }),
    ],
    [
      'message.content is undefined, expected text',
      (engine, to_session_id) => engine.send({ to_session_id }),
    ],
    [
      'message.role is no known field, expected one of to_session_id, content, source, routed',
      (engine, to_session_id) => engine.send({ to_session_id, content: 'x', role: 'SYSTEM' }),
    ],
    [
      'message.routed.trusted is "yes", expected true or false',
      (engine, to_session_id) => engine.send({ to_session_id, content: 'x', routed: { trusted: 'yes' } }),
    ],
    ['gate.session_id is undefined, expected text that is not blank', (engine) => engine.approve({})],
    ['how is undefined, expected an object', (engine, id) => engine.cancel(id)],
    [
      'how.by is undefined, expected text that is not blank',
      (engine, id) => engine.cancel(id, { reason: 'enough' }),
    ],
    [
      'how.op_id is 7, expected text that is not blank',
      (engine, id) => engine.cancel(id, { reason: 'enough', by: 'operator', op_id: 7 }),
    ],
    [
      'session_id is undefined, expected text that is not blank',
      (engine) => engine.pause(undefined, 'operator'),
    ],
    ['reason is undefined, expected text that is not blank', (engine, id) => engine.pause(id)],
    ['session_id is 42, expected text that is not blank', (engine) => engine.resume(42)],
    ['session_id is "", expected text that is not blank', (engine) => engine.close('')],
    ['session_id is 42, expected text that is not blank', (engine) => engine.inbox(42)],
    ['options.take is "all", expected true or false', (engine, id) => engine.inbox(id, { take: 'all' })],
    ['session_id is an object, expected text that is not blank', (engine) => engine.session({})],
    ['session_id is a list, expected text that is not blank', (engine) => engine.spans([])],
    ['session_id is null, expected text that is not blank', (engine) => engine.thread(null)],
    [
      'filter.rol is no known field, expected one of parent_session_id, wp_id, role, state',
      (engine) => engine.sessions({ rol: 'Coder' }),
    ],
    ['options.signal is "now", expected an AbortSignal', (engine) => engine.recover({ signal: 'now' })],
    ['options is 42, expected an object', (engine) => engine.idle(42)],
    [
      'query.limit is NaN, expected a whole number of at least 0',
      (engine) => next(engine.events({ limit: Number.NaN })),
    ],
    [
      'query.limit is -1, expected a whole number of at least 0',
      (engine) => next(engine.events({ limit: -1 })),
    ],
    [
      'query.after_seq is 0.5, expected a whole number of at least 0',
      (engine) => next(engine.events({ after_seq: 0.5 })),
    ],
    [
      'query.from is "yesterday", expected an RFC 3339 time',
      (engine) => next(engine.events({ from: 'yesterday' })),
    ],
    [
      'query.session is no known field, expected one of model_session_id, tree, type, family, role, model_id, wp_id, lane, job_id, actor, trace_id, from, to, after_seq, before_seq, limit, last',
      (engine) => next(engine.events({ session: 'x' })),
    ],
  ])('%s', async (message, call) => {
    await using engine = await open(completes);
    const { session_id } = await engine.createSession(root);
    const before = await logOf(engine);
    const error = await fault(call(engine as unknown as Loose, session_id));
    expect(error.message).toBe(message);
    expect(error.code).toBe('invalid_request');
    expect(await logOf(engine)).toEqual(before);
  });
});

it('a spawn that is malformed is answered, with evidence', async () => {
  await using engine = await open(completes);
  const { session_id } = await engine.createSession(root);
  const refused = { accepted: false, child_session_id: null, rejection_reason: 'invalid_request' };
  for (const wrong of [
    { task_payload_artifact_id: 'sha256:task' },
    { surprise: 1 },
    { capability_grants: 'x' },
  ]) {
    expect(await engine.spawn(request(session_id, wrong as object))).toEqual(refused);
  }
  expect(await engine.spawn({} as never)).toEqual(refused);
  const rejections = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-003');
  expect(rejections).toHaveLength(3);
});

it('FM-07: cancel with the operation id of another session is refused, and that session lives', async () => {
  await using engine = await open(completes);
  const [one, two] = [await engine.createSession(root), await engine.createSession(root)];
  const how = { reason: 'enough', by: 'operator', op_id: 'op-1' };
  const record = await engine.cancel(one.session_id, how);
  expect(await engine.cancel(one.session_id, how)).toEqual(record);
  expect((await fault(engine.cancel(two.session_id, how))).code).toBe('invalid_request');
  expect((await engine.session(two.session_id))?.state).toBe('CREATED');
});

describe('a call that is aborted', () => {
  it('is refused before it begins', async () => {
    await using engine = await open(completes);
    const signal = AbortSignal.abort();
    for (const call of [
      engine.createSession(root, { signal }),
      engine.sessions({}, { signal }),
      engine.idle({ signal }),
      next(engine.events({}, { signal })),
    ]) {
      expect((await fault(call)).code).toBe('aborted');
    }
  });

  it('reading events stops at the next event', async () => {
    await using engine = await open(completes);
    await engine.createSession(root);
    await engine.createSession(root);
    const stop = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const event of engine.events({}, { signal: stop.signal })) {
        seen.push(event.fr_event_id);
        stop.abort();
      }
    })();
    expect((await fault(reading)).code).toBe('aborted');
    expect(seen).toEqual(['FR-EVT-SESS-001']);
  });

  it('waiting for rest stops while a run goes on', async () => {
    const { advance: _, ...clock } = simulatedClock(start); // one on which no time passes, so that it has to wait
    const stop = new AbortController();
    await using engine = await open(
      (_call, io) =>
        new Promise((_resolve, reject) =>
          io.signal.addEventListener('abort', () => reject(io.signal.reason)),
        ),
      { clock },
    );
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    engine.start();
    const waiting = fault(engine.idle({ signal: stop.signal }));
    for (let turn = 0; turn < 9; turn += 1) await clock.turn();
    stop.abort();
    expect((await waiting).code).toBe('aborted');
  });
});

it('a gate that fails or answers nonsense admits nobody', async () => {
  for (const admit of [() => Promise.reject(new TypeError('no tree')), async () => ({}), async () => null]) {
    await using engine = await open(completes, { admission: { admit: admit as never } });
    const error = await fault(engine.createSession({ ...root, wp_id: 'WP-1-Demo-v1' }));
    expect(error.code).toBe('not_admitted');
    expect(error.message).toContain('the gate could not answer');
  }
});
