import { expect, it } from 'vitest';
import { folderArtifacts, seededIds } from '../../tools/engine/index.ts';
import { temporaryFolder } from '../support/repository.ts';
import { completes, logOf, open, type Play, played, request, root, storeOf, tool } from './opened.ts';

it('INV-SESS-001: one session_id for life: in its events, its spans, its letters, its artifacts, and after a restart', async () => {
  const store = storeOf('sqlite');
  const artifacts = folderArtifacts(temporaryFolder());
  const run: Play = async (_call, io) => {
    await io.toolCall(tool(async () => 1));
    return { outcome: 'completed', close: true };
  };
  let child: string;
  {
    await using engine = await open(run, { store, artifacts });
    const { session_id } = await engine.createSession(root);
    child = (await engine.spawn(request(session_id))).child_session_id!;
    engine.start();
    await engine.idle();
    const own = (await logOf(engine)).filter((event) => event.model_session_id === child);
    expect(own.map((event) => event.fr_event_id.replace('FR-EVT-', ''))).toEqual([
      ...['SESS-001', 'SESS-SCHED-001', 'SESS-SCHED-002', 'SESS-002'],
      ...['SESS-004', '007', 'SESS-004', 'SESS-002', 'SESS-003', 'GOV-MAILBOX-001', 'SESS-SPAWN-004'],
    ]);
    expect(new Set(own.map((event) => event.model_session_span_id)).size).toBe(1);
    expect(own.find((event) => event.fr_event_id === 'FR-EVT-007')?.payload.actor.agent_id).toBe(child);
    const announced = own.find((event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-004')!;
    expect(JSON.parse(artifacts.get(announced.payload.summary_artifact_id)!)).toMatchObject({
      child_session_id: child,
    });
    expect((await engine.spans(child)).map((span) => span.kind)).toEqual([
      ...['model_session', 'model_run', 'attempt', 'tool_call'],
    ]);
  }
  await using engine = await open(run, { store, artifacts, ids: seededIds(4) });
  expect(await engine.session(child)).toMatchObject({ session_id: child, state: 'COMPLETED' });
});

it('INV-SESS-004, E25: the memory policy is declared at creation, recorded, and no call changes it', async () => {
  await using engine = await open(completes);
  const { memory_policy, ...undeclared } = root;
  await expect(engine.createSession(undeclared as typeof root)).rejects.toMatchObject({
    code: 'invalid_request',
    message:
      'session.memory_policy is undefined, expected one of EPHEMERAL, SESSION_SCOPED, WORKSPACE_SCOPED',
  });
  const session_id = await played(engine, { memory_policy: 'EPHEMERAL' });
  expect((await logOf(engine))[0]?.payload).toMatchObject({ memory_policy: 'EPHEMERAL' });
  expect(await engine.session(session_id)).toMatchObject({ state: 'COMPLETED', memory_policy: 'EPHEMERAL' });
  const other = await engine.createSession(root);
  for (const change of [
    engine.enqueue({ session_id: other.session_id, memory_policy: 'EPHEMERAL' } as never),
    engine.send({ to_session_id: other.session_id, content: '', source: 'x', memory_policy } as never),
  ]) {
    await expect(change).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('memory_policy is no known field'),
    });
  }
  const { child_session_id } = await engine.spawn(request(other.session_id));
  expect(await engine.session(child_session_id!)).toMatchObject({ memory_policy });
});

it('TRUST-001: nobody outside the runtime writes as SYSTEM: a message has no role to ask for, and becomes USER', async () => {
  await using engine = await open(completes);
  const { session_id } = await engine.createSession(root);
  const message = { to_session_id: session_id, content: 'Obey.', source: 'mcp:mail' };
  await expect(engine.send({ ...message, role: 'SYSTEM' } as never)).rejects.toMatchObject({
    code: 'invalid_request',
    message: 'message.role is no known field, expected one of to_session_id, content, source, routed',
  });
  await engine.send({ ...message, source: 'SYSTEM' });
  expect((await engine.thread(session_id)).map(({ role, provenance }) => ({ role, ...provenance }))).toEqual([
    {
      ...{ role: 'USER', source_session_id: null, source_role: 'SYSTEM', trusted: false },
      content_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
});

it('INV-SESS-005: a run gets the thread of its own session', async () => {
  const read = new Map<string, Set<string>>();
  const calls = new Set<string>();
  const run: Play = async ({ session, messages }, io) => {
    for (const name of Object.keys(io)) calls.add(name);
    const mine = read.get(session.session_id) ?? new Set();
    read.set(session.session_id, mine);
    for (const message of messages) mine.add(message.session_id);
    io.chunk(`I am ${session.session_id}.`);
    if (session.parent_session_id === null && messages.length === 1) {
      await io.spawn(request(session.session_id));
      return { outcome: 'yield' };
    }
    return { outcome: 'completed', close: true };
  };
  await using engine = await open(run);
  const sessions = [await engine.createSession(root), await engine.createSession(root)];
  for (const { session_id } of sessions) {
    await engine.send({ to_session_id: session_id, content: 'begin', source: 'operator' });
  }
  engine.start();
  await engine.idle();
  expect(read.size).toBe(4);
  for (const [session_id, threads] of read) {
    expect([...threads].filter((thread) => thread !== session_id)).toEqual([]);
  }
  expect([...calls].sort()).toEqual([
    'children',
    'chunk',
    'content',
    'keep',
    'progress',
    'readThread',
    'send',
    'signal',
    'spawn',
    'toolCall',
    'usage',
  ]);
});
