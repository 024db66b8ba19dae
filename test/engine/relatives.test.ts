import { describe, expect, it } from 'vitest';
import { EngineError, memoryArtifacts, simulatedClock } from '../../tools/engine/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { logOf, open, type Play, played, request, root, start, storeOf } from './opened.ts';

const kinds = ['memory', 'sqlite'] as const;
const fault = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => `${error instanceof EngineError ? error.code : error}: ${error.message}`,
  );

describe.each(kinds)('D-30: io.progress, %s store', (kind) => {
  it('reaches the requester’s next run in order, wakes it not, and tells the runner whether it was told', async () => {
    const artifacts = memoryArtifacts();
    const answers: unknown[] = [];
    const threads: string[][] = [];
    const run: Play = async ({ session, messages }, io) => {
      if (session.role === 'Coder') {
        answers.push(await io.progress('3 of 7 done'), await io.progress('4 of 7 done'));
        return { outcome: 'completed', close: true };
      }
      const bodies = messages.map((message) => JSON.parse(artifacts.get(message.content_artifact_id)!));
      threads.push(bodies.map((body) => body.summary ?? body.text.split(' ')[1]));
      if (threads.length > 1) return { outcome: 'completed', close: true };
      await io.spawn({ ...request(session.session_id), child_role: 'Coder' });
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { store: storeOf(kind), artifacts });
    const session_id = await played(engine);
    expect(answers).toEqual([{ told: true }, { told: false, reason: 'unread' }]);
    expect(threads).toEqual([[], ['Coder: progress', 'COMPLETED']]);
    const log = await logOf(engine);
    expect(verifyLog(log)).toEqual([]);
    const letters = log.filter((event) => event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001');
    expect(letters.map((event) => event.payload.message_type)).toEqual(['FYI', 'SessionAnnounceBack']);
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  });

  it('F5: a job that is retried tells none of it twice', async () => {
    const answers: unknown[] = [];
    const run: Play = async ({ session, job }, io) => {
      if (session.role === 'Coder') {
        answers.push(await io.progress('begun'));
        if (job.attempt === 0) return { outcome: 'failed', error: 'no answer', retryable: true };
        return { outcome: 'completed', close: true };
      }
      if ((await io.children()).length === 0)
        await io.spawn({ ...request(session.session_id), child_role: 'Coder' });
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    await played(engine);
    expect(answers).toEqual([{ told: true }, { told: false, reason: 'repeated' }]);
  });
});

describe.each(kinds)('INV-SESS-005: io.readThread, %s store', (kind) => {
  it('E25: another thread is refused, then read once the operator allows it, then refused when he revokes it', async () => {
    const reads: string[] = [];
    let other = '';
    const run: Play = async ({ session }, io) => {
      await io.readThread(other).then(
        (thread) => reads.push(thread.map((message) => message.provenance?.source_role).join()),
        (error) => reads.push(`${error.code}: ${error.message}`),
      );
      expect(
        (await io.readThread(session.session_id)).every((m) => m.session_id === session.session_id),
      ).toBe(true);
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    other = (await engine.createSession({ ...root, role: 'Validator' })).session_id;
    const { session_id } = await engine.createSession(root);
    await engine.pause(other, 'operator');
    await engine.send({ to_session_id: other, content: 'for you alone', source: 'ada' });
    engine.start();
    const turn = async () => {
      await engine.enqueue({ session_id });
      await engine.idle();
    };
    await turn();
    const { permission_id } = await engine.allowThread({ reader: session_id, session_id: other, by: 'ada' });
    await turn();
    await engine.revokeThread(permission_id, 'ada');
    await turn();
    const refusal = `thread_denied: session ${session_id} may not read the thread of ${other}: the operator has not allowed it`;
    expect(reads).toEqual([refusal, 'ada', refusal]);
    const accesses = (await logOf(engine)).filter((event) => event.fr_event_id === 'FR-EVT-007');
    expect(
      accesses.map((event) => [event.model_session_id, event.policy_decision_id, event.payload.ok]),
    ).toEqual([
      [session_id, undefined, false],
      [session_id, permission_id, true],
      [session_id, undefined, false],
    ]);
    expect(await engine.threadPermissions(session_id)).toEqual([
      {
        permission_id,
        reader_session_id: session_id,
        session_id: other,
        allowed_by: 'ada',
        allowed_at: new Date(start).toISOString(),
        until: null,
        revoked_at: new Date(start).toISOString(),
        revoked_by: 'ada',
      },
    ]);
    expect(await engine.threadPermissions(other)).toEqual([]);
  });
});

describe.each(kinds)('TRUST-002: io.send, %s store', (kind) => {
  it('a child is written to and writes back, each trusted; a claim from outside is not', async () => {
    const heard: string[] = [];
    const run: Play = async ({ session }, io) => {
      for (const { provenance } of await io.readThread(session.session_id)) {
        if (provenance) heard.push(`${session.role} < ${provenance.source_role} ${provenance.trusted}`);
      }
      const [child] = await io.children();
      if (session.role === 'Coder') {
        await io.send(session.parent_session_id!, 'what is my task?');
        return { outcome: 'completed', close: true };
      }
      if (child) return { outcome: 'completed', close: true };
      const { child_session_id } = await io.spawn({
        ...request(session.session_id, { announce_back: false }),
        child_role: 'Coder',
      });
      await io.send(child_session_id!, 'here is more');
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    const session_id = await played(engine);
    expect(heard).toEqual(['Coder < Orchestrator true', 'Orchestrator < Coder true']);
    expect((await engine.session(session_id))?.state).toBe('COMPLETED');
  });

  it('F5: a message of a job that is retried comes once', async () => {
    const run: Play = async ({ session, job }, io) => {
      if (session.role === 'Coder') {
        await io.send(session.parent_session_id!, 'hello');
        if (job.attempt === 0) return { outcome: 'failed', error: 'no answer', retryable: true };
        return { outcome: 'completed', close: true };
      }
      if ((await io.children()).length === 0)
        await io.spawn({ ...request(session.session_id, { announce_back: false }), child_role: 'Coder' });
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    expect(await engine.thread(await played(engine))).toHaveLength(1);
  });
});

it('a child that rests is woken by a message at once, while the run that wrote it goes on', async () => {
  let heard = (_: string): void => {};
  const answered = new Promise<string>((resolve) => {
    heard = resolve;
  });
  const clock = simulatedClock(start);
  const run: Play = async ({ session, messages }, io) => {
    if (session.role === 'Coder') {
      if (messages.length > 0) heard(messages[0]!.role);
      return { outcome: 'yield' };
    }
    const { child_session_id } = await io.spawn({
      ...request(session.session_id, { announce_back: false, spawn_mode: 'SESSION_PERSISTENT' }),
      child_role: 'Coder',
    });
    while ((await io.children())[0]?.blocked_on !== 'input') await clock.turn();
    await io.send(child_session_id!, 'go on');
    await answered;
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run, { clock });
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  engine.start();
  expect(await answered).toBe('USER');
  await engine.idle();
});

it('what a run asks wrongly is named, and its session may go on', async () => {
  const faults: string[] = [];
  const run: Play = async ({ session }, io) => {
    for (const call of [
      () => io.progress(''),
      () => io.progress('x'.repeat(1001)),
      () => io.readThread('nobody'),
      () => io.readThread(session.session_id.toUpperCase()),
      () => io.send('', 'x'),
      () => io.send(session.session_id, 7 as never),
      () => io.send(session.session_id, 'to myself'),
    ])
      faults.push(await fault(call()));
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  const session_id = await played(engine);
  expect(faults).toEqual([
    'invalid_request: progress is "", expected text that is not blank',
    `invalid_request: progress is "${'x'.repeat(40)}…", expected text of at most 1000 characters`,
    'invalid_request: session_id is "nobody", expected a UUID in lower case',
    `invalid_request: session_id is "${session_id.toUpperCase()}", expected a UUID in lower case`,
    'invalid_request: to_session_id is "", expected text that is not blank',
    'invalid_request: content is 7, expected text',
    `invalid_request: session ${session_id} is neither parent nor child of ${session_id}, expected one of them`,
  ]);
  expect((await engine.session(session_id))?.state).toBe('COMPLETED');
});

it('what an operator asks wrongly is named', async () => {
  await using engine = await open(async () => ({ outcome: 'yield' }));
  const { session_id: reader } = await engine.createSession(root);
  const { session_id } = await engine.createSession(root);
  const faults = [
    engine.allowThread({ reader: '', session_id, by: 'ada' }),
    engine.allowThread({ reader, session_id, by: ' ' }),
    engine.allowThread({ reader, session_id, by: 'ada', until: 'tomorrow' }),
    engine.allowThread({ reader, session_id, by: 'ada', for_ever: true } as never),
    engine.revokeThread('', 'ada'),
    engine.revokeThread('x', ''),
    engine.threadPermissions(7 as never),
  ];
  expect(await Promise.all(faults.map(fault))).toEqual([
    'invalid_request: allowance.reader is "", expected text that is not blank',
    'invalid_request: allowance.by is " ", expected text that is not blank',
    'invalid_request: allowance.until is "tomorrow", expected an RFC 3339 time',
    'invalid_request: allowance.for_ever is no known field, expected one of reader, session_id, by, until',
    'invalid_request: permission_id is "", expected text that is not blank',
    'invalid_request: by is "", expected text that is not blank',
    'invalid_request: reader is 7, expected text that is not blank',
  ]);
});

it('a run that is over asks nothing more', async () => {
  const late: (() => Promise<unknown>)[] = [];
  const run: Play = async ({ session }, io) => {
    late.push(
      () => io.children(),
      () => io.progress('still here'),
      () => io.readThread(session.session_id),
      () => io.send(session.session_id, 'still here'),
    );
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  await played(engine);
  expect(await Promise.all(late.map((call) => fault(call())))).toEqual(
    Array(4).fill('aborted: the run is over'),
  );
});
