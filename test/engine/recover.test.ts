import { describe, expect, it } from 'vitest';
import {
  type Clock,
  type Engine,
  type EngineOptions,
  memoryArtifacts,
  openEngine,
  type RecoveryReport,
  seededIds,
  simulatedClock,
} from '../../tools/engine/index.ts';
import { SessionCheckpoint } from '../../tools/generated/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import {
  completes,
  database,
  logOf,
  open,
  type Play,
  request,
  root,
  start,
  storeOf,
  survivor,
  tool,
} from './opened.ts';

it('a file that is opened again goes on where it was; the same request id gives the same child', async () => {
  const store = `sqlite:${database()}` as const;
  let ids: [string, string | null];
  {
    await using engine = await open(completes, { store });
    const { session_id } = await engine.createSession(root);
    const answer = await engine.spawn(request(session_id, { request_id: 'r1' }));
    ids = [session_id, answer.child_session_id];
  }
  await using engine = await open(completes, { store, ids: seededIds(4), processes: survivor });
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
  const store = `sqlite:${database()}` as const;
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
    { store, ids: seededIds(4), processes: survivor },
  );
  engine.start();
  await engine.idle();
  expect(attempts).toEqual([0]);
  expect((await engine.session(session_id))?.state).toBe('COMPLETED');
});

/** Runs until its signal says stop: what a process leaves behind that died, or only slept. */
const hangs =
  (clock: Clock): Play =>
  async (_call, io) => {
    await clock.sleep(1e9, io.signal);
    return { outcome: 'completed', close: true };
  };

it('INV-RECOVER-003, FM-23: recovery pauses what a dead process ran, once, and records it', async () => {
  const store = storeOf('sqlite');
  const clock = simulatedClock(start);
  await using dead = await open(hangs(clock), { store, clock });
  const { session_id } = await dead.createSession(root);
  await dead.enqueue({ session_id });
  dead.start();
  await clock.turn();
  await using engine = await open(completes, { store, ids: seededIds(4), processes: survivor });
  expect((await engine.recover()).recovered).toMatchObject([{ session_id }]);
  expect((await engine.recover()).recovered).toEqual([]);
  expect((await engine.session(session_id))?.state).toBe('PAUSED');
  expect((await logOf(engine)).slice(-2).map((event) => event.fr_event_id)).toEqual([
    'FR-EVT-WF-RECOVERY',
    'FR-EVT-SESS-002',
  ]);
  await engine.resume(session_id);
  engine.start();
  await engine.idle();
  expect((await engine.session(session_id))?.state).toBe('COMPLETED');
});

it('FM-24: a process that wakes after its run was recovered changes nothing any more', async () => {
  const store = storeOf('sqlite');
  const clock = simulatedClock(start);
  let awake = false;
  const zombie = await open(
    async (_call, io) => {
      await clock.sleep(1e9, io.signal).catch(() => {});
      awake = true;
      return { outcome: 'completed', close: true };
    },
    { store, clock },
  );
  const { session_id } = await zombie.createSession(root);
  await zombie.enqueue({ session_id });
  zombie.start();
  await clock.turn();
  await using engine = await open(completes, { store, ids: seededIds(4), processes: survivor });
  await engine.recover();
  const before = await logOf(engine);
  await zombie[Symbol.asyncDispose]();
  expect(awake).toBe(true);
  expect(await logOf(engine)).toEqual(before);
  expect((await engine.session(session_id))?.state).toBe('PAUSED');
});

it('INV-RECOVER-001: everything is in the store: a process that knows nothing sees the same and goes on', async () => {
  const store = storeOf('sqlite');
  const clock = simulatedClock(start);
  const half: Play = async ({ session }, io) => {
    if (session.parent_session_id !== null) return { outcome: 'completed' };
    io.chunk('One part is delegated.');
    await io.spawn(request(session.session_id));
    await clock.sleep(1e9, io.signal);
    return { outcome: 'yield' };
  };
  await using dead = await open(half, { store, clock });
  const { session_id } = await dead.createSession(root);
  await dead.enqueue({ session_id });
  dead.start();
  await clock.turn();
  const seen = (engine: Engine) =>
    Promise.all([
      engine.sessions(),
      engine.thread(session_id),
      engine.spans(session_id),
      engine.inbox(session_id),
      logOf(engine),
    ]);
  await using engine = await open(completes, { store, ids: seededIds(4), processes: survivor });
  const known = await seen(engine);
  expect(known).toEqual(await seen(dead));
  expect(known[3]).toHaveLength(1); // the child has announced, and nobody has read it
  await engine.recover();
  await engine.resume(session_id);
  engine.start();
  await engine.idle();
  expect((await engine.sessions()).map((session) => session.state)).toEqual(['COMPLETED', 'COMPLETED']);
  expect(verifyLog(await logOf(engine))).toEqual([]);
});

it('INV-RECOVER-002: a tool call that a crash cut off is not repeated; who goes on sees that it has no result', async () => {
  const store = storeOf('sqlite');
  const clock = simulatedClock(start);
  let invoked = 0;
  const cutOff: Play = async (_call, io) => {
    await io.toolCall(
      tool(async (signal) => {
        invoked += 1;
        await clock.sleep(1e9, signal);
      }),
    );
    return { outcome: 'completed' };
  };
  await using dead = await open(cutOff, { store, clock });
  const { session_id } = await dead.createSession(root);
  await dead.enqueue({ session_id });
  dead.start();
  await clock.turn();
  const roles: string[][] = [];
  await using engine = await open(
    async ({ messages }) => {
      roles.push(messages.map((message) => message.role));
      return { outcome: 'completed', close: true };
    },
    { store, ids: seededIds(4), processes: survivor },
  );
  engine.start();
  await engine.recover();
  await engine.idle();
  expect(roles).toEqual([]); // the operator decides
  expect((await engine.spans(session_id)).filter((span) => span.status === 'interrupted')).toMatchObject([
    { kind: 'attempt' },
    { kind: 'tool_call' },
  ]);
  await engine.resume(session_id);
  await engine.idle();
  expect(roles).toEqual([['TOOL_CALL']]);
  expect(invoked).toBe(1);
});

describe('D-41: whose runs are taken over', () => {
  const left = async (store: EngineOptions['store'], options: Partial<EngineOptions> = {}) => {
    const clock = simulatedClock(start);
    const engine = await open(hangs(clock), { store, clock, ...options });
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    engine.start();
    await clock.turn();
    return { engine, session_id };
  };

  it('start() recovers by itself, before it runs anything, and tells what was last known', async () => {
    const store = storeOf('sqlite');
    const { session_id } = await left(store);
    const reports: RecoveryReport[] = [];
    let ran = 0;
    await using engine = await open(
      async () => {
        ran += 1;
        return { outcome: 'completed' };
      },
      { store, ids: seededIds(4), processes: survivor, onRecovery: (report) => void reports.push(report) },
    );
    engine.start();
    await engine.idle();
    expect(ran).toBe(0);
    expect(reports).toMatchObject([
      {
        recovered: [{ session_id, checkpoint: null, pending_tool_calls: [] }],
        freed_permits: 1,
        unknown: [],
      },
    ]);
    expect((await engine.session(session_id))?.state).toBe('PAUSED');
  });

  it('what another process of this machine runs that lives is left alone', async () => {
    const store = storeOf('sqlite');
    const { engine: other, session_id } = await left(store);
    await using engine = await open(completes, { store, ids: seededIds(4) });
    engine.start();
    expect(await engine.recover()).toEqual({ recovered: [], freed_permits: 0, unknown: [] });
    expect((await engine.session(session_id))?.state).toBe('ACTIVE');
    await other[Symbol.asyncDispose]();
  });

  it('of a process elsewhere nobody can tell: it is named, and taken for dead when the operator says so', async () => {
    const store = storeOf('sqlite');
    const own = { host: 'elsewhere', pid: 7, process_started: null };
    const { session_id } = await left(store, { processes: { own: () => own, lives: () => null } });
    await using engine = await open(completes, { store, ids: seededIds(4) });
    const report = await engine.recover();
    expect(report).toMatchObject({ recovered: [], unknown: [own] });
    expect((await engine.session(session_id))?.state).toBe('ACTIVE');
    const presumed_dead = report.unknown.map((boot) => boot.boot_id);
    expect(await engine.recover({ presumed_dead })).toMatchObject({
      recovered: [{ session_id }],
      unknown: [],
    });
    expect(await engine.recover()).toEqual({ recovered: [], freed_permits: 0, unknown: [] });
  });

  it('a process that ends in order is no longer asked for', async () => {
    const store = storeOf('sqlite');
    const asked: number[] = [];
    const processes = {
      own: () => ({ host: 'test', pid: 7, process_started: null }),
      lives: ({ pid }: { pid: number }) => {
        asked.push(pid);
        return true;
      },
    };
    const { engine: first } = await left(store, { processes });
    await using engine = await open(completes, { store, ids: seededIds(4), processes });
    await engine.recover();
    expect(asked).toEqual([7]);
    await first[Symbol.asyncDispose]();
    await engine.recover();
    expect(asked).toEqual([7]);
  });

  it.each([
    [
      'options.presumed_dead is "x", expected a list',
      (engine: Engine) => engine.recover({ presumed_dead: 'x' as never }),
    ],
    [
      'options.approved_by is "", expected text that is not blank',
      (engine: Engine) => engine.resume('x', { approved_by: '' }),
    ],
  ])('%s', async (message, call) => {
    await using engine = await open(completes);
    await expect(call(engine)).rejects.toMatchObject({ code: 'invalid_request', message });
  });
});

/** A session whose process dies in or after a tool call; then others go on with the same play. */
async function died(play: (invoke: () => Promise<unknown>) => Play) {
  const store = storeOf('sqlite');
  const clock = simulatedClock(start);
  const artifacts = memoryArtifacts();
  let invoked = 0;
  const first = await open(
    play(async () => {
      invoked += 1;
      await new Promise(() => {}); // the process dies with it
    }),
    { store, clock, artifacts },
  );
  const { session_id } = await first.createSession(root);
  await first.enqueue({ session_id });
  first.start();
  for (let turn = 0; turn < 9; turn += 1) await clock.turn();
  let id = 3;
  const next = async (options: Partial<EngineOptions> = {}) => {
    id += 1;
    const engine = await open(
      play(async () => {
        invoked += 1;
        return 'done';
      }),
      { store, ids: seededIds(id), processes: survivor, artifacts, ...options },
    );
    engine.start();
    await engine.idle();
    return engine;
  };
  return { next, session_id, artifacts, invoked: () => invoked };
}

describe('D-42, INV-RECOVER-002: the run that goes on makes the call again that a crash cut off', () => {
  it.each([
    ['IDEMPOTENT', undefined, 'repeat'],
    ['IDEMPOTENT_WITH_KEY', 'k', 'repeat_with_key'],
  ] as const)('%s is repeated', async (idempotency, key, judgement) => {
    const seen: unknown[] = [];
    const { next, session_id, invoked } = await died((invoke) => async ({ pending_tool_calls }, io) => {
      seen.push(pending_tool_calls.map((call) => [call.tool_id, call.judgement]));
      const declared = { idempotency, ...(key === undefined ? {} : { idempotency_key: key }) };
      const result = await io.toolCall({ ...tool(invoke), ...declared });
      seen.push(result.ok && result.value);
      return { outcome: 'completed', close: true };
    });
    await using engine = await next();
    expect(invoked()).toBe(1);
    await engine.resume(session_id);
    await engine.idle();
    expect(seen).toEqual([[], [['fs.read_file', judgement]], 'done']);
    expect(invoked()).toBe(2);
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
    expect((await engine.thread(session_id)).map((row) => row.role)).toEqual(['TOOL_CALL', 'TOOL_RESULT']);
    expect(verifyLog(await logOf(engine))).toEqual([]);
  });

  it('NON_IDEMPOTENT waits for approval, and is then executed once', async () => {
    const names: string[] = [];
    const { next, session_id, invoked } = await died((invoke) => async ({ session }, io) => {
      if (session.parent_session_id !== null) return { outcome: 'completed' };
      io.chunk('I write.');
      const child = await io.spawn(
        request(session.session_id, { announce_back: false, child_role: 'Coder' }),
      );
      names.push(child.child_session_id ?? 'refused');
      await io.toolCall({ ...tool(invoke), idempotency: 'NON_IDEMPOTENT' });
      return { outcome: 'completed', close: true };
    });
    await using engine = await next();
    await engine.resume(session_id);
    await engine.idle();
    expect(invoked()).toBe(1);
    expect((await engine.session(session_id))?.state).toBe('BLOCKED');
    const change = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-SESS-002').at(-1);
    expect(change?.payload).toMatchObject({ from_state: 'ACTIVE', to_state: 'BLOCKED', reason: 'gate' });
    const tool_call_id = (await engine.thread(session_id)).find((row) => row.role === 'TOOL_CALL')!
      .tool_call_id!;
    await engine.approve({ session_id, tool_call_id, by: 'alice' });
    await engine.idle();
    expect(invoked()).toBe(2);
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
    expect(new Set(names).size).toBe(1); // the run began again each time, and delegated once
    const records = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-007');
    expect(records).toMatchObject([{ payload: { tool_call_id, ok: true } }]);
    expect(verifyLog(await logOf(engine))).toEqual([]);
  });

  it('a call that was answered before the crash is answered from its record, redacted as it is there', async () => {
    const values: unknown[] = [];
    const key = `sk-${'a1B2'.repeat(10)}`;
    let called = 0;
    const { next, session_id } = await died((invoke) => async (_call, io) => {
      const result = await io.toolCall(
        tool(async () => {
          called += 1;
          return { key, n: 1 };
        }),
      );
      const failed = await io.toolCall(tool(() => Promise.reject(new Error(`no ${key}`))));
      values.push(result.ok && result.value, failed.ok ? null : failed.error);
      await io.toolCall(tool(invoke));
      return { outcome: 'completed', close: true };
    });
    await using engine = await next();
    await engine.resume(session_id);
    await engine.idle();
    expect(called).toBe(1);
    expect(values[0]).toEqual({ key, n: 1 });
    expect(values[2]).toMatchObject({ n: 1 });
    expect(values[3]).toMatchObject({ code: 'tool_failed' });
    expect(JSON.stringify(values.slice(2))).not.toContain(key);
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  });

  it('a record whose artifact is gone is no reason to execute the call again', async () => {
    let called = 0;
    const { next, session_id, artifacts } = await died((invoke) => async (_call, io) => {
      await io.toolCall(
        tool(async () => {
          called += 1;
          return 'first';
        }),
      );
      await io.toolCall(tool(invoke));
      return { outcome: 'completed', close: true };
    });
    const { get } = artifacts;
    artifacts.get = (id) => (get(id) === '"first"' ? undefined : get(id));
    await using engine = await next();
    await engine.resume(session_id);
    await engine.idle();
    expect(called).toBe(1);
    expect((await engine.session(session_id))?.state).toBe('FAILED');
  });

  it('another call under the same count takes a name of its own, the same one when it is made again', async () => {
    const ids: string[] = [];
    let runs = 0;
    const { next, session_id, invoked } = await died((invoke) => async (_call, io) => {
      runs += 1;
      const result = await io.toolCall({ ...tool(invoke), arguments: { path: runs === 1 ? 'a' : 'b' } });
      ids.push(result.tool_call_id);
      if (runs === 2) throw new Error('provider lost');
      return { outcome: 'completed', close: true };
    });
    await using engine = await next();
    await engine.resume(session_id);
    await engine.idle();
    const calls = (await engine.thread(session_id)).filter((row) => row.role === 'TOOL_CALL');
    expect(calls.map((row) => row.tool_call_id)).toEqual([expect.any(String), ids[0]]);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(calls[0]!.tool_call_id).not.toBe(ids[0]);
    expect(invoked()).toBe(2);
  });

  it('a call that an orderly stop cut off is asked about as well, though counts go on after it', async () => {
    const store = storeOf('sqlite');
    const artifacts = memoryArtifacts();
    let invoked = 0;
    const play: Play = async ({ pending_tool_calls }, io) => {
      await io.toolCall({
        ...tool(async () => {
          invoked += 1;
          if (pending_tool_calls.length === 0) await new Promise(() => {}); // it does not listen either
          return 1;
        }),
        idempotency: 'NON_IDEMPOTENT',
      });
      return { outcome: 'completed', close: true };
    };
    const first = await open(play, { store, artifacts });
    const { session_id } = await first.createSession(root);
    await first.enqueue({ session_id });
    first.start();
    while (invoked === 0) await simulatedClock(start).turn();
    await first[Symbol.asyncDispose]();
    await using engine = await open(play, { store, artifacts, ids: seededIds(4) });
    engine.start();
    await engine.idle();
    expect(invoked).toBe(1);
    expect((await engine.session(session_id))?.state).toBe('BLOCKED');
    const tool_call_id = (await engine.thread(session_id))[0]!.tool_call_id!;
    await engine.approve({ session_id, tool_call_id, by: 'alice' });
    await engine.idle();
    expect(invoked).toBe(2);
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  });

  it.each([
    ['is loaded into the report', (text: string | undefined) => text, true],
    ['is none if its artifact is gone', () => undefined, false],
    ['is none if its artifact is not what its id says', (text: string | undefined) => `${text} `, false],
  ])('E26: what was last saved %s', async (_name, tamper, there) => {
    const { next, session_id, artifacts } = await died((invoke) => async (_call, io) => {
      await io.toolCall(tool(async () => 1));
      await io.toolCall(tool(invoke));
      return { outcome: 'completed', close: true };
    });
    const reports: RecoveryReport[] = [];
    const { get } = artifacts;
    artifacts.get = (id) => tamper(get(id));
    await using engine = await next({ onRecovery: (report) => void reports.push(report) });
    const { checkpoint_artifact_id } = (await engine.session(session_id))!;
    const [report] = reports[0]!.recovered;
    expect(report).toMatchObject({
      session_id,
      checkpoint_artifact_id,
      pending_tool_calls: [{ tool_id: 'fs.read_file', judgement: 'repeat' }],
    });
    const saved = {
      session_id,
      checkpoint_artifact_id,
      session_state: { state: 'ACTIVE' },
      pending_tool_calls: [],
    };
    if (there) expect(SessionCheckpoint.parse(report!.checkpoint)).toMatchObject(saved);
    else expect(report!.checkpoint).toBeNull();
  });
});

describe('4.3.9.19.3: during a stream', () => {
  it('what was streamed is in the thread, and saved, once it has so many tokens', async () => {
    const clock = simulatedClock(start);
    let seen: unknown;
    let self: Engine | undefined;
    const run: Play = async ({ session }, io) => {
      io.chunk('One. ');
      io.usage({ prompt_tokens: 0, completion_tokens: 9, total_tokens: 9 }, null);
      io.chunk('Two.');
      io.usage({ prompt_tokens: 0, completion_tokens: 1, total_tokens: 1 }, null);
      await clock.sleep(10);
      const { session_id } = session;
      seen = [await self!.thread(session_id), await self!.session(session_id)];
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(run, { clock, checkpoints: { tokens: 10 } });
    self = engine;
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    expect(seen).toMatchObject([
      [{ role: 'ASSISTANT', token_count: 10 }],
      { state: 'ACTIVE', last_checkpoint_at: '2026-02-24T09:00:00.000Z' },
    ]);
    expect(await engine.thread(session_id)).toHaveLength(1);
  });
});

it('E15, FM-13: a child whose process dies between its summary and its commit announces once', async () => {
  const store = storeOf('sqlite');
  const artifacts = memoryArtifacts();
  let dead = false;
  const dying = {
    ...artifacts,
    put(id: string, text: string) {
      artifacts.put(id, text); // the summary is written, and is garbage
      if (dead) throw new Error('the process is gone');
    },
  };
  const family: Play = async ({ session, messages }, io) => {
    if (session.parent_session_id !== null) {
      dead = true;
      return { outcome: 'completed' };
    }
    // Notices tell how the child is; only what it announces has an attachment.
    if (messages.some(({ attachments }) => attachments.length > 0))
      return { outcome: 'completed', close: true };
    await io.spawn(request(session.session_id, { request_id: 'child' }));
    return { outcome: 'yield' };
  };
  const first = await open(family, { store, artifacts: dying });
  const { session_id } = await first.createSession(root);
  await first.enqueue({ session_id });
  first.start();
  await expect(first.idle()).rejects.toMatchObject({ code: 'store_failed' });
  const reports: RecoveryReport[] = [];
  await using engine = await open(family, {
    store,
    artifacts,
    ids: seededIds(4),
    processes: survivor,
    onRecovery: (report) => void reports.push(report),
  });
  engine.start();
  await engine.idle();
  expect((await engine.inbox(session_id)).map((letter) => letter.message_type)).toEqual(['FYI']); // it is paused
  for (const one of reports[0]!.recovered) await engine.resume(one.session_id);
  await engine.idle();
  expect((await engine.sessions()).map((session) => session.state)).toEqual(['COMPLETED', 'COMPLETED']);
  const log = await logOf(engine);
  for (const id of ['FR-EVT-GOV-MAILBOX-001', 'FR-EVT-SESS-SPAWN-004'])
    expect(
      log.filter(
        (event) =>
          event.fr_event_id === id &&
          !('message_type' in event.payload && event.payload.message_type === 'FYI'),
      ),
    ).toHaveLength(1);
  // Beside the two notices, that it was paused and goes on.
  const letters = (await engine.thread(session_id)).filter((row) => row.provenance !== null);
  expect(letters.filter((row) => row.attachments.length > 0)).toHaveLength(1);
  expect(verifyLog(log)).toEqual([]);
});

describe('E27', () => {
  it('four starts of one session at once run one after the other, and none is left running', async () => {
    const clock = simulatedClock(start);
    let running = 0;
    const most: number[] = [];
    await using engine = await open(
      async (_call, io) => {
        running += 1;
        most.push(running);
        await clock.sleep(100, io.signal);
        running -= 1;
        return { outcome: 'completed' };
      },
      { clock },
    );
    const { session_id } = await engine.createSession(root);
    engine.start();
    await Promise.all([1, 2, 3, 4].map(() => engine.enqueue({ session_id })));
    await engine.idle();
    expect(most).toEqual([1, 1, 1, 1]);
    expect((await engine.session(session_id))?.state).toBe('BLOCKED');
    expect((await engine.spans(session_id)).filter((span) => span.end_time === null)).toMatchObject([
      { kind: 'model_session' },
    ]);
  });

  it('INV-SESS-003: a session that runs is not resumed a second time', async () => {
    const { next, session_id } = await died((invoke) => async (_call, io) => {
      await io.toolCall(tool(invoke));
      return { outcome: 'completed' };
    });
    await using engine = await next();
    await engine.resume(session_id);
    await expect(engine.resume(session_id)).rejects.toMatchObject({ code: 'not_paused' });
    await engine.idle();
    expect((await engine.session(session_id))?.state).toBe('BLOCKED');
  });

  it('the third relaunch within an hour asks for approval, and who gives it is told', async () => {
    const store = storeOf('sqlite');
    const clock = simulatedClock(start);
    const first = await open(hangs(clock), { store, clock });
    const { session_id } = await first.createSession(root);
    await first.enqueue({ session_id });
    first.start();
    await clock.turn();
    for (const seed of [4, 5]) {
      const engine = await open(hangs(clock), { store, clock, ids: seededIds(seed), processes: survivor });
      engine.start();
      for (let turn = 0; turn < 9; turn += 1) await clock.turn();
      await engine.resume(session_id);
      for (let turn = 0; turn < 9; turn += 1) await clock.turn();
      expect((await engine.session(session_id))?.state).toBe('ACTIVE');
    }
    await using engine = await open(completes, { store, clock, ids: seededIds(6), processes: survivor });
    await engine.recover();
    await expect(engine.resume(session_id)).rejects.toMatchObject({
      code: 'approval_required',
      message: `session ${session_id} was resumed after a crash 2 times within an hour, expected an approval (resume with approved_by)`,
    });
    await engine.resume(session_id, { approved_by: 'alice' });
    engine.start();
    await engine.idle();
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
    expect(JSON.stringify(await logOf(engine))).toContain('approved by alice');
  });
});

it.each([
  ['before it', true, 'CANCELLED'],
  ['after it', false, 'FAILED'],
])('FM-26: a cancellation %s against the last failure of a run', async (_name, before, state) => {
  let self: Engine | undefined;
  await using engine = await open(async ({ session }) => {
    if (before) await self!.cancel(session.session_id, { reason: 'enough', by: 'operator' });
    throw new Error('busy');
  });
  self = engine;
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id, max_retries: 0 });
  engine.start();
  await engine.idle();
  const record = await engine.cancel(session_id, { reason: 'enough', by: 'operator' });
  expect(record.cancelled_session_ids).toEqual([]);
  expect((await engine.session(session_id))?.state).toBe(state);
  expect(verifyLog(await logOf(engine))).toEqual([]);
});

it('a command that fails leaves nothing behind', async () => {
  const path = database();
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
