import { expect, it } from 'vitest';
import { type RunIO, simulatedClock } from '../../tools/engine/index.ts';
import { logOf, open, type Play, played, root, start, tool } from './opened.ts';

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

it('INV-PROV-001: what a tool answers comes back as TOOL_RESULT, correlated with its TOOL_CALL', async () => {
  const run: Play = async (_call, io) => {
    await io.toolCall(tool(async () => 'value'));
    await io.toolCall(tool(() => Promise.reject(new Error('no disk'))));
    await io.toolCall(tool(async () => 'never', ['fs.write']));
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  const session_id = await played(engine, { capability_grants: ['fs.read'] });
  const thread = await engine.thread(session_id);
  expect(thread.map((message) => message.role)).toEqual(Array(3).fill(['TOOL_CALL', 'TOOL_RESULT']).flat());
  const calls = thread.filter((message) => message.role === 'TOOL_CALL');
  const results = thread.filter((message) => message.role === 'TOOL_RESULT');
  expect(new Set(calls.map((message) => message.tool_call_id)).size).toBe(3);
  expect(results.map((message) => message.tool_call_id)).toEqual(calls.map((call) => call.tool_call_id));
  const records = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-007');
  expect(records.map(({ payload }) => [payload.tool_call_id, payload.result_hash, payload.ok])).toEqual(
    results.map((message, n) => [message.tool_call_id, message.content_hash, n === 0]),
  );
});

it('a tool call that is wrongly made is refused before anything is recorded', async () => {
  const faults: string[] = [];
  const run: Play = async (_call, io) => {
    const wrong = { ...tool(async () => 1), side_effect: 'NONE', capability_ids: 'fs.read' };
    await io.toolCall(wrong as never).catch((error: Error) => faults.push(error.message));
    await io.spawn(null as never).catch((error: Error) => faults.push(error.message));
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  const session_id = await played(engine);
  expect(faults).toEqual([
    expect.stringMatching(/^call\.side_effect is "NONE", expected one of /),
    'request is null, expected an object',
  ]);
  expect(await engine.thread(session_id)).toEqual([]);
});

it('a call whose id is no UUID, is taken, or whose arguments are no JSON is refused before it is invoked', async () => {
  const faults: string[] = [];
  let invoked = 0;
  const counted = tool(async () => {
    invoked += 1;
  });
  const tool_call_id = '0190a1b2-0000-7000-8000-000000000001';
  const run: Play = async (_call, io) => {
    const refused = (error: Error) => faults.push(error.message);
    await io.toolCall({ ...counted, tool_call_id: 'call_1' }).catch(refused);
    await io.toolCall({ ...counted, arguments: { n: 1n as never } }).catch(refused);
    await io.toolCall({ ...counted, tool_call_id });
    await io.toolCall({ ...counted, tool_call_id }).catch(refused);
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  const session_id = await played(engine);
  expect(faults).toEqual([
    'call.tool_call_id is "call_1", expected a UUID in lower case',
    'call.arguments is an object, expected another value',
    `call.tool_call_id ${tool_call_id} names an earlier call of this run`,
  ]);
  expect(invoked).toBe(1);
  expect(await engine.thread(session_id)).toHaveLength(2);
});

it('a result that is no JSON is an error of the tool, which is not executed again', async () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const codes: string[] = [];
  let invoked = 0;
  const run: Play = async (_call, io) => {
    for (const value of [1n, { n: Number.NaN }, circle, () => 1]) {
      const result = await io.toolCall(
        tool(async () => {
          invoked += 1;
          return value;
        }),
      );
      codes.push(result.ok ? 'ok' : result.error.code);
    }
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  const session_id = await played(engine);
  expect(codes).toEqual(Array(4).fill('invalid_result'));
  expect(invoked).toBe(4);
  expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  const records = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-007');
  expect(records[0]?.payload).toMatchObject({
    ok: false,
    error: { code: 'invalid_result', kind: 'tool', retryable: false },
  });
});
