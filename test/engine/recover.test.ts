import { expect, it } from 'vitest';
import { type Clock, type Engine, openEngine, seededIds, simulatedClock } from '../../tools/engine/index.ts';
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
