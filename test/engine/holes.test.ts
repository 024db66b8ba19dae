// Holes and scenarios that need a whole engine: processes that stop, disks that fail, runs that do what they like.
import { describe, expect, it } from 'vitest';
import { rulesOf } from '../../tools/engine/configuration.ts';
import { createCore } from '../../tools/engine/core.ts';
import { createEngine } from '../../tools/engine/engine.ts';
import { type Engine, memoryArtifacts, seededIds, simulatedClock } from '../../tools/engine/index.ts';
import { openSqliteStore } from '../../tools/engine/store/sqlite.ts';
import { builtinDriver, compiledDriver, type Driver } from '../../tools/engine/store/sqlite-driver.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import {
  completes,
  database,
  logOf,
  open,
  type Play,
  played,
  request,
  root,
  start,
  storeOf,
  tool,
} from './opened.ts';

/** An engine whose disk refuses the n-th write from now on, once; `writes` counts what it was asked for. */
async function onDisk(path: string) {
  const real = builtinDriver() ?? (await compiledDriver());
  const disk = { refuse: 0, writes: 0 };
  const driver: Driver = (file, options) => {
    const opened = real(file, options);
    return {
      exec: (sql) => opened.exec(sql),
      close: () => opened.close(),
      prepare(sql) {
        const statement = opened.prepare(sql);
        if (!/^(INSERT|DELETE|UPDATE|COMMIT)/.test(sql)) return statement;
        const write = <Result>(work: () => Result): Result => {
          disk.writes += 1;
          if (disk.writes === disk.refuse) throw new Error('the disk is full');
          return work();
        };
        return {
          run: (...values) => write(() => statement.run(...values)),
          get: (...values) => write(() => statement.get(...values)),
          all: (...values) => statement.all(...values),
        };
      },
    };
  };
  const options = { store: `sqlite:${path}`, runner: { run: completes }, unboundSessions: 'allow' } as const;
  const core = createCore({
    store: await openSqliteStore(path, { driver }),
    artifacts: memoryArtifacts(),
    clock: simulatedClock(start),
    ids: seededIds(1),
    rules: rulesOf(options),
  });
  return { engine: createEngine(core, options), disk };
}

const stop = { reason: 'stop', by: 'operator' };

async function family(engine: Engine): Promise<string[]> {
  const { session_id } = await engine.createSession(root);
  const ids = [session_id];
  for (let n = 0; n < 2; n += 1) {
    const child = (await engine.spawn(request(session_id))).child_session_id!;
    ids.push(child, (await engine.spawn(request(child))).child_session_id!);
  }
  return ids;
}

const all = async (engine: Engine) => [await engine.sessions(), await logOf(engine)];

it('E19, H9: a disk that fails at any write of a cascade leaves the tree alone; the next try cancels all of it', async () => {
  const { engine, disk } = await onDisk(database());
  await using _ = engine;
  let points = 0;
  for (let refuse = 1; ; refuse += 1) {
    const ids = await family(engine);
    const op_id = `op-${refuse}`;
    const before = await all(engine);
    disk.writes = 0;
    disk.refuse = refuse;
    const first = await engine.cancel(ids[0]!, { ...stop, op_id }).catch((error) => error.code);
    disk.refuse = 0;
    if (first !== 'store_failed') break; // the whole cascade takes fewer writes
    points += 1;
    expect(await all(engine)).toEqual(before);
    const record = await engine.cancel(ids[0]!, { ...stop, op_id });
    expect(record.cancelled_session_ids).toEqual(ids);
  }
  expect(points).toBeGreaterThan(20);
  expect(new Set((await engine.sessions()).map(({ state }) => state))).toEqual(new Set(['CANCELLED']));
  const log = await logOf(engine);
  expect(log.filter(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-SPAWN-005')).toHaveLength(points + 1);
  expect(verifyLog(log)).toEqual([]);
});

it('H12, FM-04: a spawn that fails at any of its writes leaves no child, no job and no event; the next try is the first', async () => {
  const { engine, disk } = await onDisk(database());
  await using _ = engine;
  let points = 0;
  for (let refuse = 1; ; refuse += 1) {
    const { session_id } = await engine.createSession(root);
    const before = await all(engine);
    disk.writes = 0;
    disk.refuse = refuse;
    const call = request(session_id, { request_id: 'r' });
    const first = await engine.spawn(call).catch((error) => error.code);
    disk.refuse = 0;
    if (first !== 'store_failed') break;
    points += 1;
    expect(await all(engine)).toEqual(before);
    expect(await engine.spawn(call)).toMatchObject({ accepted: true });
  }
  expect(points).toBeGreaterThan(8);
  engine.start();
  await engine.idle(); // nothing that was left half done holds up the queue
  const children = (await engine.sessions()).filter(({ spawn_depth }) => spawn_depth === 1);
  expect(children.map(({ state }) => state)).toEqual(Array(points + 1).fill('COMPLETED'));
  expect(verifyLog(await logOf(engine))).toEqual([]);
});

it('H13: no event is best effort: what cannot be recorded does not happen', async () => {
  const good = seededIds(9);
  let bad = false;
  const ids = { uuid7: (now: number) => (bad ? 'no uuid' : good.uuid7(now)) };
  await using engine = await open(completes, { ids });
  const { session_id } = await engine.createSession(root);
  const before = await all(engine);
  bad = true;
  for (const call of [
    () => engine.spawn(request(session_id, { request_id: 'r' })),
    () => engine.enqueue({ session_id }),
    () => engine.cancel(session_id, stop),
    () => engine.send({ to_session_id: session_id, content: 'x', source: 'y' }),
    () => engine.pause(session_id, 'operator'),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'invalid_event' });
  bad = false;
  expect(await all(engine)).toEqual(before);
});

describe.each(['memory', 'sqlite'] as const)('on %s', (kind) => {
  it('H2: a run cannot leave its tree: it makes no session but children of its own, with no more than its own grants', async () => {
    const seen: string[] = [];
    const run: Play = async ({ session }, io) => {
      if (session.parent_session_id !== null) return { outcome: 'completed' };
      seen.push(...Object.keys(io).filter((name) => /create|session|enqueue/i.test(name)));
      for (const parentless of [undefined, null, '']) {
        const answer = await io
          .spawn({
            ...request(session.session_id),
            requester_session_id: parentless as never,
            capability_grants: ['secrets.use'],
          })
          .catch((error) => ({ rejection_reason: error.code }));
        seen.push(String(answer.rejection_reason));
      }
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    const session_id = await played(engine, { capability_grants: ['fs.read'] });
    // Nobody named is the session itself; nothing else is anybody.
    expect(seen).toEqual(['capability_widening', 'capability_widening', 'invalid_request']);
    expect((await engine.sessions()).map((session) => session.session_id)).toEqual([session_id]);
  });

  it('FM-28: nothing is wider than the parent, through nested spawns or through tokens', async () => {
    const run: Play = async ({ session }, io) => {
      if (session.spawn_depth === 2) return { outcome: 'completed' };
      const narrower = session.spawn_depth === 0 ? ['fs.read:src', 'net.http'] : ['fs.read:src'];
      await io.spawn({ ...request(session.session_id), capability_grants: narrower });
      for (const wide of [['fs.read', 'secrets.use'], ['fs'], ['fs.read:docs', 'net.http', 'fs.write']])
        reasons.push(
          String(
            (await io.spawn({ ...request(session.session_id), capability_grants: wide })).rejection_reason,
          ),
        );
      return { outcome: 'completed', close: true };
    };
    const reasons: string[] = [];
    await using engine = await open(run, { store: storeOf(kind) });
    const session_id = await played(engine, { capability_grants: ['fs.read', 'net.http'] });
    expect(reasons).toEqual(Array(6).fill('capability_widening'));
    const sessions = await engine.sessions();
    expect(sessions.map(({ capability_grants }) => capability_grants)).toEqual([
      ['fs.read', 'net.http'],
      ['fs.read:src', 'net.http'],
      ['fs.read:src'],
    ]);
    // A token has no place in a request, and none that names a grant is one (S14).
    expect(sessions.map(({ capability_token_ids }) => capability_token_ids)).toEqual([null, null, null]);
    const tokens = { ...request(session_id), capability_token_ids: ['fs.write'] };
    expect(await engine.spawn(tokens as never)).toMatchObject({ rejection_reason: 'invalid_request' });
  });

  it('E12: a spawn answers at once, however long the child runs', async () => {
    const clock = simulatedClock(start);
    const times: number[] = [];
    const run: Play = async ({ session, messages }, io) => {
      if (session.parent_session_id !== null) await clock.sleep(10_000, io.signal);
      else if (messages.length === 0) {
        const { accepted, child_session_id } = await io.spawn(request(session.session_id));
        expect([accepted, typeof child_session_id]).toEqual([true, 'string']);
        times.push(clock.now() - start);
        return { outcome: 'yield' };
      }
      return { outcome: 'completed', close: true };
    };
    await using engine = await open(run, { store: storeOf(kind), clock });
    await played(engine);
    expect(times).toEqual([0]);
    expect(clock.now() - start).toBe(10_000);
  });

  it('E23, INV-SESS-003: two runs of one session: one executes, one waits; while paused none of them is dispatched', async () => {
    const clock = simulatedClock(start);
    let running = 0;
    const most: number[] = [];
    const run: Play = async (_, io) => {
      running += 1;
      most.push(running);
      await clock.sleep(100, io.signal);
      running -= 1;
      return { outcome: 'completed' };
    };
    await using engine = await open(run, { store: storeOf(kind), clock });
    const { session_id } = await engine.createSession(root);
    await engine.enqueue({ session_id });
    await engine.enqueue({ session_id });
    await engine.pause(session_id, 'operator');
    engine.start();
    await engine.idle();
    expect([most, (await engine.session(session_id))?.state]).toEqual([[], 'PAUSED']);
    await engine.resume(session_id);
    await engine.idle();
    expect(most).toEqual([1, 1]);
  });

  it('E24: a run that waits for approval blocks its session until it is given, and goes on then', async () => {
    const states: string[] = [];
    let asked = false;
    const run: Play = async () => {
      if (asked) return { outcome: 'completed', close: true };
      asked = true;
      return { outcome: 'awaiting_user', tool_call_id: 'call-3' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    const session_id = await played(engine);
    for await (const event of engine.events())
      if (event.fr_event_id === 'FR-EVT-SESS-002')
        states.push(`${event.payload.to_state} ${event.payload.reason}`);
    expect(states).toEqual(['ACTIVE null', 'BLOCKED gate']);
    await engine.approve({ session_id, tool_call_id: 'call-3', by: 'ilja' });
    await engine.idle();
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
    await expect(engine.resume(session_id)).rejects.toMatchObject({ code: 'session_terminal' });
  });
});

it('H6, E20: after a restart a cascade finds the whole tree, and a second cancel changes nothing', async () => {
  const store = storeOf('sqlite');
  let ids: string[];
  {
    await using engine = await open(completes, { store });
    ids = await family(engine);
  }
  await using engine = await open(completes, { store, ids: seededIds(4) });
  const record = await engine.cancel(ids[0]!, { ...stop, op_id: 'op' });
  expect(record.cancelled_session_ids).toEqual(ids);
  const before = await all(engine);
  expect(await engine.cancel(ids[0]!, { ...stop, op_id: 'op' })).toEqual(record);
  expect(await all(engine)).toEqual(before);
});

it('E17: a run that ends in the tick of its cancel: one terminal state, whichever comes first', async () => {
  const states = new Set<string>();
  for (const order of ['cancel first', 'end first'] as const) {
    const clock = simulatedClock(start);
    let engine!: Engine;
    const run: Play = async ({ session }) => {
      if (order === 'cancel first') await engine.cancel(session.session_id, stop);
      return { outcome: 'completed', close: true };
    };
    engine = await open(run, { clock });
    await using _ = engine;
    const session_id = await played(engine);
    if (order === 'end first') await engine.cancel(session_id, stop);
    const state = (await engine.session(session_id))!.state;
    states.add(state);
    const log = await logOf(engine);
    const ends = log.flatMap((event) =>
      event.fr_event_id === 'FR-EVT-SESS-002' && /COMPLETED|FAILED|CANCELLED/.test(event.payload.to_state)
        ? [event.payload.to_state]
        : [],
    );
    expect(ends).toEqual([state]);
    expect(log.filter(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-003')).toHaveLength(
      state === 'COMPLETED' ? 1 : 0,
    );
    expect(verifyLog(log)).toEqual([]);
  }
  expect([...states].sort()).toEqual(['CANCELLED', 'COMPLETED']);
});

it('E21: a cancel is seen at the next tool call, too', async () => {
  let engine!: Engine;
  let invoked = 0;
  const run: Play = async ({ session }, io) => {
    await engine.cancel(session.session_id, stop);
    await io.toolCall(tool(async () => (invoked += 1)));
    return { outcome: 'completed', close: true };
  };
  engine = await open(run);
  await using _ = engine;
  const session_id = await played(engine);
  expect(invoked).toBe(0);
  expect((await engine.session(session_id))?.state).toBe('CANCELLED');
  expect((await logOf(engine)).filter(({ fr_event_id }) => fr_event_id === 'FR-EVT-007')).toEqual([]);
});
