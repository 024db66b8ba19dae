import { expect, it } from 'vitest';
import { openEngine, seededIds, simulatedClock } from '../../tools/engine/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { completes, database, logOf, open, request, root, start } from './opened.ts';

it('a file that is opened again goes on where it was; the same request id gives the same child', async () => {
  const store = `sqlite:${database()}` as const;
  let ids: [string, string | null];
  {
    await using engine = await open(completes, { store });
    const { session_id } = await engine.createSession(root);
    const answer = await engine.spawn(request(session_id, { request_id: 'r1' }));
    ids = [session_id, answer.child_session_id];
  }
  await using engine = await open(completes, { store: storeOf(kind), ids: seededIds(4) });
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
    { store: storeOf(kind), ids: seededIds(4) },
  );
  engine.start();
  await engine.idle();
  expect(attempts).toEqual([0]);
  expect((await engine.session(session_id))?.state).toBe('COMPLETED');
});

it('INV-RECOVER-003, FM-23, FM-24: recovery pauses what a dead process ran, once, and fences it', async () => {
  const store = `sqlite:${database()}` as const;
  const clock = simulatedClock(start);
  const dead = await open(() => new Promise(() => {}), { store, clock });
  const { session_id } = await dead.createSession(root);
  await dead.enqueue({ session_id });
  dead.start();
  await clock.turn();
  await using engine = await open(completes, { store: storeOf(kind), ids: seededIds(4) });
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
