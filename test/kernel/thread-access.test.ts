import { describe, expect, it } from 'vitest';
import { verifyLog } from '../../tools/recorder/index.ts';
import { closed, done, type World, world } from './world.ts';

const hash = 'c'.repeat(64);
const content = { content_hash: hash, content_artifact_id: `sha256:${hash}` };

/** A reader whose run is under way, and another session, no relative of it, with one message in its thread. */
async function strangers(w: World) {
  const { session_id: reader } = await w.root();
  await w.run('enqueue', { session_id: reader });
  const run = (await w.dispatch())!;
  const { session_id: other } = await w.root({ role: 'Validator' });
  await w.run('send', { session_id: other, ...content, external: 'operator' });
  return { reader, other, run };
}

const read = (w: World, run: { job_id: string; run_epoch: number }, session_id: string) =>
  w.run('read_thread', { job_id: run.job_id, run_epoch: run.run_epoch, session_id });
const allow = (w: World, reader: string, session_id: string, until?: string) =>
  w.run('allow_thread', { reader, session_id, by: 'ada', ...(until === undefined ? {} : { until }) });

describe('INV-SESS-005: the thread of another session', () => {
  it('E25: is refused where nobody has allowed it, and the attempt is on record (11.5.2.1)', async () => {
    const w = await world();
    const { reader, other, run } = await strangers(w);
    const from = w.log.length;
    const decision = await w.full('read_thread', {
      job_id: run.job_id,
      run_epoch: run.run_epoch,
      session_id: other,
    });
    expect(decision.result).toEqual({ fenced: false, pause: false, allowed: false, messages: [] });
    expect(w.kinds(from)).toEqual(['SESS-004', '007', 'SESS-004']);
    const [args, result] = decision.artifacts;
    expect([args, result].map((artifact) => JSON.parse(artifact!.text))).toEqual([
      { session_id: other },
      { error: 'thread_denied' },
    ]);
    const [event] = w.of('FR-EVT-007');
    expect(event).toMatchObject({ actor: 'agent', model_session_id: reader, job_id: run.job_id });
    expect(event).not.toHaveProperty('policy_decision_id');
    expect(event?.payload).toEqual({
      tool_call_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      tool_id: 'session.read_thread',
      tool_version: '1.0.0',
      transport: 'local',
      side_effect: 'READ',
      idempotency: 'IDEMPOTENT',
      idempotency_key: null,
      actor: { kind: 'agent', agent_id: reader, model_id: 'local/large' },
      ok: false,
      args_ref: args?.artifact_id,
      args_hash: args?.artifact_id.slice(7),
      result_ref: result?.artifact_id,
      result_hash: result?.artifact_id.slice(7),
      error: {
        code: 'thread_denied',
        kind: 'policy',
        message: 'the operator has not allowed it',
        retryable: false,
      },
      timing: {
        started_at: '2026-02-24T09:00:00.000Z',
        ended_at: '2026-02-24T09:00:00.000Z',
        duration_ms: 0,
      },
      resources_touched: { urls: [`session:${other}/thread`] },
      parent_span_id: run.attempt_span_id,
    });
  });

  it('E25: is given where the operator allows it, with the approval in the record', async () => {
    const w = await world();
    const { reader, other, run } = await strangers(w);
    const { permission_id } = await allow(w, reader, other);
    const decision = await w.full('read_thread', {
      job_id: run.job_id,
      run_epoch: run.run_epoch,
      session_id: other,
    });
    const [message] = w.view().select('message', 'session', other);
    expect(decision.result).toEqual({ fenced: false, pause: false, allowed: true, messages: [message] });
    expect(JSON.parse(decision.artifacts[1]!.text)).toEqual([
      { message_id: message?.message_id, role: 'USER', ...content },
    ]);
    const [event] = w.of('FR-EVT-007');
    expect(event).toMatchObject({
      model_session_id: reader,
      policy_decision_id: permission_id,
      payload: { ok: true, error: null, resources_touched: { urls: [`session:${other}/thread`] } },
    });
    expect(verifyLog(w.log)).toEqual([]);
  });

  it('D-38, INV-PROV-001: an access is a tool call: a closed span below the attempt, call and result in the thread', async () => {
    const w = await world();
    const { reader, other, run } = await strangers(w);
    await read(w, run, other);
    await allow(w, reader, other);
    await read(w, run, other);
    const spans = w
      .view()
      .select('span', 'session', reader)
      .filter((span) => span.kind === 'tool_call');
    expect(spans.map(({ status, parent_span_id }) => [status, parent_span_id])).toEqual([
      ['failed', run.attempt_span_id],
      ['completed', run.attempt_span_id],
    ]);
    expect(w.of('FR-EVT-007').map((event) => event.activity_span_id)).toEqual(
      spans.map((span) => span.span_id),
    );
    const thread = w.view().select('message', 'session', reader);
    const ids = w.of('FR-EVT-007').map(({ payload }) => payload.tool_call_id);
    expect(thread.map(({ role, tool_call_id }) => [role, tool_call_id])).toEqual([
      ['TOOL_CALL', ids[0]],
      ['TOOL_RESULT', ids[0]],
      ['TOOL_CALL', ids[1]],
      ['TOOL_RESULT', ids[1]],
    ]);
  });

  it('its own a run reads at any time, which is no access to another’s and leaves no record', async () => {
    const w = await world();
    const { reader, run } = await strangers(w);
    await w.run('send', { session_id: reader, ...content, external: 'operator' });
    const from = w.log.length;
    expect(await read(w, run, reader)).toMatchObject({
      allowed: true,
      messages: [{ session_id: reader, content_hash: hash }],
    });
    expect(w.kinds(from)).toEqual([]);
  });

  it('kinship is no permission: neither parent nor child may read the other', async () => {
    const w = await world();
    const { reader: parent, run } = await strangers(w);
    const child = await w.child(parent);
    const its = (await w.dispatchAll()).find((job) => job.session_id === child)!;
    expect(await read(w, run, child)).toMatchObject({ allowed: false });
    expect(await read(w, its, parent)).toMatchObject({ allowed: false });
    expect(w.of('FR-EVT-007').map((event) => [event.model_session_id, event.payload.ok])).toEqual([
      [parent, false],
      [child, false],
    ]);
  });

  it('a session that nobody knows is refused like any other: an answer would tell who exists', async () => {
    const w = await world();
    const { run } = await strangers(w);
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect(await read(w, run, nobody)).toMatchObject({ allowed: false, messages: [] });
    expect(w.of('FR-EVT-007')[0]?.payload.resources_touched).toEqual({ urls: [`session:${nobody}/thread`] });
  });

  it('a permission is for that reader, that thread and that direction; its children do not have it', async () => {
    const w = await world();
    const { reader, other, run } = await strangers(w);
    const { session_id: third } = await w.root();
    await allow(w, reader, other);
    const child = await w.child(reader);
    const jobs = await w.dispatchAll();
    const runOf = (id: string) => jobs.find((job) => job.session_id === id)!;
    expect(await read(w, run, third)).toMatchObject({ allowed: false });
    expect(await read(w, runOf(other), reader)).toMatchObject({ allowed: false });
    expect(await read(w, runOf(child), other)).toMatchObject({ allowed: false });
    expect(await read(w, run, other)).toMatchObject({ allowed: true });
  });

  it('it ends at its time, to the millisecond, and when it is revoked; another one goes on', async () => {
    const w = await world();
    const { reader, other, run } = await strangers(w);
    const { permission_id } = await allow(w, reader, other, '2026-02-24T09:00:10Z');
    w.now += 9_999;
    expect(await read(w, run, other)).toMatchObject({ allowed: true });
    w.now += 1;
    expect(await read(w, run, other)).toMatchObject({ allowed: false });
    const second = await allow(w, reader, other);
    const third = await allow(w, reader, other);
    expect(await read(w, run, other)).toMatchObject({ allowed: true });
    await w.run('revoke_thread', { permission_id: second.permission_id, by: 'ada' });
    await read(w, run, other);
    expect(w.of('FR-EVT-007').at(-1)).toMatchObject({ policy_decision_id: third.permission_id });
    await w.run('revoke_thread', { permission_id: third.permission_id, by: 'ada' });
    expect(await read(w, run, other)).toMatchObject({ allowed: false });
    expect(w.of('FR-EVT-007').map((event) => event.policy_decision_id)).toEqual([
      permission_id,
      undefined,
      second.permission_id,
      third.permission_id,
      undefined,
    ]);
  });

  it('who allowed and who revoked it is kept, redacted, and the first revocation counts', async () => {
    const w = await world();
    const { reader, other } = await strangers(w);
    const by = 'ada password=abcdef123456';
    const { permission_id } = await w.run('allow_thread', { reader, session_id: other, by });
    w.now += 1000;
    await w.run('revoke_thread', { permission_id, by });
    w.now += 1000;
    await w.run('revoke_thread', { permission_id, by: 'bob' });
    expect(w.view().get('permission', permission_id)).toEqual({
      permission_id,
      reader_session_id: reader,
      session_id: other,
      allowed_by: 'ada password=[redacted assignment]',
      allowed_at: '2026-02-24T09:00:00.000Z',
      until: null,
      revoked_at: '2026-02-24T09:00:01.000Z',
      revoked_by: 'ada password=[redacted assignment]',
    });
    expect(w.view().select('permission', 'open', JSON.stringify([reader, other]))).toEqual([]);
  });

  it('a thread outlives its session, and a reader does not outlive his', async () => {
    const w = await world();
    const { reader, other, run } = await strangers(w);
    await w.run('cancel', { session_id: other, reason: 'enough', by: 'ada' });
    await allow(w, reader, other);
    expect(await read(w, run, other)).toMatchObject({ allowed: true, messages: [{ session_id: other }] });
    await w.finish(run, closed);
    expect(await w.decide('allow_thread', { reader, session_id: other, by: 'ada' })).toMatchObject({
      code: 'session_terminal',
    });
  });

  it('FM-24: a fenced run reads nothing, not even its own; a pause that was asked for is met here', async () => {
    const w = await world();
    const { reader, other, run } = await strangers(w);
    await allow(w, reader, other);
    await w.run('pause', { session_id: reader, reason: 'operator' });
    expect(await read(w, run, other)).toMatchObject({ fenced: false, pause: true });
    await w.run('recover', { boot_id: 'next' });
    const from = w.log.length;
    for (const id of [reader, other]) {
      expect(await read(w, run, id)).toEqual({ fenced: true, pause: false, allowed: false, messages: [] });
    }
    expect(w.kinds(from)).toEqual([]);
  });

  it('a permission that means nothing is refused', async () => {
    const w = await world();
    const { reader, other } = await strangers(w);
    const nobody = '00000000-0000-7000-8000-000000000000';
    const refusals = [
      { reader: nobody, session_id: other },
      { reader, session_id: nobody },
      { reader, session_id: reader },
      { reader, session_id: other, until: '2026-02-24T09:00:00Z' },
    ].map((given) => w.decide('allow_thread', { by: 'ada', ...given }));
    expect(await Promise.all(refusals)).toEqual(
      [
        ['session_not_found', `no session has the id ${nobody}`],
        ['session_not_found', `no session has the id ${nobody}`],
        ['invalid_request', `session ${reader} reads its own thread without a permission`],
        ['invalid_request', 'until is 2026-02-24T09:00:00Z, expected a time after 2026-02-24T09:00:00.000Z'],
      ].map(([code, message]) => ({ rejected: true, code, message })),
    );
    expect(await w.decide('revoke_thread', { permission_id: nobody, by: 'ada' })).toEqual({
      rejected: true,
      code: 'invalid_request',
      message: `no permission has the id ${nobody}`,
    });
  });
});

describe('INV-SESS-004: the memory policy', () => {
  it('E25: no command changes it, and a child cannot ask for another one', async () => {
    const w = await world();
    const { session_id } = await w.root({ memory_policy: 'EPHEMERAL' });
    const wider = { ...w.request(session_id), memory_policy: 'WORKSPACE_SCOPED' };
    expect(await w.run('spawn', { request: wider })).toEqual({
      accepted: false,
      child_session_id: null,
      rejection_reason: 'invalid_request',
    });
    const child = await w.child(session_id, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.play(child, done);
    await w.run('pause', { session_id: child, reason: 'operator' });
    await w.run('resume', { session_id: child });
    await w.run('cancel', { session_id, reason: 'enough', by: 'ada' });
    expect([session_id, child].map((id) => w.session(id).memory_policy)).toEqual(['EPHEMERAL', 'EPHEMERAL']);
  });
});
