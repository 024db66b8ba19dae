import { describe, expect, it } from 'vitest';
import { type Engine, type RunIO, seededIds, simulatedClock, systemClock } from '../../tools/engine/index.ts';
import { logOf, open, type Play, played, request, root, start, storeOf, survivor, tool } from './opened.ts';

const codeOf = async (act: () => unknown): Promise<string> => {
  try {
    await act();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const usage = (total_tokens: number) => ({ prompt_tokens: 0, completion_tokens: total_tokens, total_tokens });
const begun = async (engine: Engine, options: object = {}): Promise<string> => {
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id, ...options });
  engine.start();
  return session_id;
};
const everything = (io: RunIO, session_id: string) => [
  () => io.chunk('late'),
  () => io.keep('late'),
  () => io.usage(usage(1), null),
  () => io.spawn(request(session_id)),
  () => io.toolCall(tool(async () => 'late')),
];

it('after its run has ended nothing of io does anything', async () => {
  let kept: RunIO | undefined;
  await using engine = await open(async (_call, io) => {
    kept = io;
    return { outcome: 'completed' };
  });
  const session_id = await played(engine);
  const before = await logOf(engine);
  for (const act of everything(kept!, session_id)) expect(await codeOf(act)).toBe('aborted');
  expect(await logOf(engine)).toEqual(before);
  expect(await engine.sessions()).toHaveLength(1);
});

it('a run that was fenced spawns nothing, also when another process fenced it', async () => {
  const store = storeOf('sqlite');
  const clock = simulatedClock(start);
  const codes: string[] = [];
  await using zombie = await open(
    async ({ session }, io) => {
      await clock.sleep(1000);
      codes.push(await codeOf(() => io.spawn(request(session.session_id))));
      return { outcome: 'completed' };
    },
    { store, clock },
  );
  await begun(zombie);
  await clock.turn();
  await using engine = await open(async () => ({ outcome: 'completed' }), {
    store,
    ids: seededIds(4),
    processes: survivor,
  });
  await engine.recover();
  await zombie.idle();
  expect(codes).toEqual(['aborted']);
  expect(await engine.sessions()).toHaveLength(1);
});

it('usage counts on every path, before the run is finished', async () => {
  const run: Play = async (_call, io) => {
    io.usage(usage(7), 0.5);
    io.usage(usage(4), 0.5);
    throw new Error('provider lost');
  };
  await using engine = await open(run, { budgets: { session_tokens: 10 } });
  const session_id = await begun(engine, { max_retries: 0 });
  await engine.idle();
  const ids = (await logOf(engine)).map((event) => event.fr_event_id);
  expect(ids.filter((id) => id === 'FR-EVT-SESS-005')).toHaveLength(2);
  expect((await engine.spans(session_id)).find((span) => span.kind === 'attempt')?.token_count).toBe(11);
});

describe('D-07', () => {
  it('a pause takes effect between two chunks, and what was streamed is kept once', async () => {
    const clock = simulatedClock(start);
    let chunks = 0;
    let runs = 0;
    const run: Play = async (_call, io) => {
      runs += 1;
      while (runs === 1) {
        io.chunk('.');
        chunks += 1;
        await clock.sleep(100);
      }
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(run, { clock });
    const session_id = await begun(engine);
    void clock.sleep(1050).then(() => engine.pause(session_id, 'operator'));
    await engine.idle();
    expect(chunks).toBe(11);
    expect((await engine.session(session_id))?.state).toBe('PAUSED');
    expect(await engine.thread(session_id)).toMatchObject([{ role: 'ASSISTANT' }]);
    await engine.resume(session_id);
    await engine.idle();
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
    expect(await engine.thread(session_id)).toHaveLength(1);
  });

  it('a continuation after a pause takes new names, a retry the old ones', async () => {
    const names: (string | null)[] = [];
    let runs = 0;
    let self: Engine | undefined;
    const run: Play = async ({ session }, io) => {
      if (session.parent_session_id !== null) return { outcome: 'completed' };
      runs += 1;
      const child = await io.spawn(request(session.session_id, { announce_back: false }));
      names.push(child.child_session_id, (await io.toolCall(tool(async () => 1))).tool_call_id);
      if (runs === 2) throw new Error('provider lost');
      if (runs === 3) return { outcome: 'completed', close: true };
      await self!.pause(session.session_id, 'operator');
      io.chunk('never');
      return { outcome: 'completed' };
    };
    await using engine = await open(run);
    self = engine;
    const session_id = await begun(engine);
    await engine.idle();
    expect((await engine.session(session_id))?.state).toBe('PAUSED');
    await engine.resume(session_id);
    await engine.idle();
    expect(runs).toBe(3);
    expect(names.slice(2, 4)).toEqual(names.slice(4));
    expect(new Set(names).size).toBe(4);
    expect(await engine.sessions({ parent_session_id: session_id })).toHaveLength(2);
  });
});

describe('a runner that ignores its signal', () => {
  const deaf: Play = () => new Promise(() => {});

  it('does not hold up the end of the engine, and its job returns to the queue', async () => {
    const store = storeOf('sqlite');
    const first = await open(deaf, { store });
    const session_id = await begun(first);
    await new Promise((resolve) => setImmediate(resolve));
    await first[Symbol.asyncDispose]();
    await using engine = await open(async () => ({ outcome: 'completed', close: true }), {
      store,
      ids: seededIds(4),
    });
    engine.start();
    await engine.idle();
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  });

  it('loses its permit after a timeout and after a cancel', async () => {
    const clock = simulatedClock(start);
    let runs = 0;
    const run: Play = (call, io) => {
      runs += 1;
      return runs < 3 ? deaf(call, io) : Promise.resolve({ outcome: 'completed', close: true });
    };
    await using engine = await open(run, { clock, scheduler: { max_concurrent_sessions_global: 1 } });
    const late = await begun(engine, { timeout_ms: 500, max_retries: 0 });
    const cancelled = await begun(engine, { timeout_ms: 1e6 });
    const last = await begun(engine);
    void clock.sleep(9000).then(() => engine.cancel(cancelled, { reason: 'enough', by: 'operator' }));
    await engine.idle();
    const states = await Promise.all(
      [late, cancelled, last].map(async (id) => (await engine.session(id))?.state),
    );
    expect(states).toEqual(['FAILED', 'CANCELLED', 'COMPLETED']);
    expect(clock.now() - start).toBe(14_000);
  });
});

it('the time that a tool takes does not count against the timeout of the call', async () => {
  const clock = simulatedClock(start);
  const run: Play = async (_call, io) => {
    await clock.sleep(300, io.signal);
    await io.toolCall(tool(() => clock.sleep(10_000)));
    await clock.sleep(150, io.signal);
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run, { clock });
  const fits = await begun(engine, { timeout_ms: 500, max_retries: 0 });
  const late = await begun(engine, { timeout_ms: 400, max_retries: 0 });
  await engine.idle();
  expect((await engine.session(fits))?.state).toBe('COMPLETED');
  expect((await engine.session(late))?.state).toBe('FAILED');
});

it('F5: a run that crashed begins again with the names it had', async () => {
  const store = storeOf('sqlite');
  const clock = simulatedClock(start);
  const children: (string | null)[] = [];
  const run =
    (crashes: boolean): Play =>
    async ({ session }, io) => {
      if (session.parent_session_id !== null) return { outcome: 'completed' };
      children.push((await io.spawn(request(session.session_id, { announce_back: false }))).child_session_id);
      if (crashes) await clock.sleep(1e5, io.signal);
      return { outcome: 'completed', close: true };
    };
  await using dead = await open(run(true), { store, clock });
  const session_id = await begun(dead);
  for (let turn = 0; turn < 9; turn += 1) await clock.turn();
  await using engine = await open(run(false), { store, ids: seededIds(4), processes: survivor });
  await engine.recover();
  await engine.resume(session_id);
  engine.start();
  await engine.idle();
  expect(children).toHaveLength(2);
  expect(children[0]).toBe(children[1]);
});

it('idle ends when it is aborted, also while it looks for something to start', async () => {
  const stop = new AbortController();
  let armed = false;
  const real = systemClock;
  const clock = {
    ...real,
    turn: async () => {
      if (armed) stop.abort(); // between the check of the signal and the wait for what runs
      await real.turn();
    },
  };
  await using engine = await open(
    (_call, io) => real.sleep(600_000, io.signal).then(() => ({ outcome: 'yield' })),
    {
      clock,
    },
  );
  await begun(engine);
  armed = true;
  expect(await codeOf(() => engine.idle({ signal: stop.signal }))).toBe('aborted');
});
