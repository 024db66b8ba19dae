import { describe, expect, it } from 'vitest';
import { seededIds } from '../../tools/engine/index.ts';
import { decide, type JobRow, type View } from '../../tools/kernel/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { begins, ends, callId as tool_call_id } from './tool-call.ts';
import { closed, type World, world } from './world.ts';

const HOUR = 3_600_000;
const keyOf = ({ job_id, run_epoch }: JobRow) => ({ job_id, run_epoch });
const boot = (boot_id: string) => ({ boot_id, host: 'here', pid: 7, process_started: '1 2' });

async function running(w: World, boot_id = 'first'): Promise<{ session_id: string; job: JobRow }> {
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  return { session_id, job: (await w.run('dispatch', { boot_id })).job! };
}

/** A session whose process died within a tool call, resumed and running again. */
async function crashed(declares: object = {}) {
  const w = await world();
  const { session_id, job } = await running(w);
  await w.run('start_tool', begins(keyOf(job), declares));
  const { recovered } = await w.run('recover', { boot_id: 'second' });
  await w.run('resume', { session_id });
  const again = (await w.run('dispatch', { boot_id: 'second' })).job!;
  const make = (over: object = {}) => w.decide('start_tool', begins(keyOf(again), { ...declares, ...over }));
  return { w, session_id, first: job, again, recovered, make };
}

describe('D-41: which runs are orphans', () => {
  it('those of processes that are seen dead, that have left, or that never registered', async () => {
    const w = await world();
    for (const id of ['dead', 'left', 'lives', 'own']) await w.run('register_boot', boot(id));
    const sessions: Record<string, string> = {};
    for (const id of ['dead', 'left', 'lives', 'own', 'unknown'])
      sessions[id] = (await running(w, id)).session_id;
    await w.run('leave_boot', { boot_id: 'left' });
    const report = await w.run('recover', { boot_id: 'own', dead: ['dead', 'own'] });
    expect(report.recovered.map((one) => [one.boot_id, one.session_id])).toEqual(
      ['dead', 'left', 'unknown'].map((id) => [id, sessions[id]]),
    );
    expect(report.freed_permits).toBe(3);
    expect(w.view().select('call', 'running', 'running')).toMatchObject([
      { session_id: sessions.lives },
      { session_id: sessions.own },
    ]);
    expect(w.session(sessions.lives!).state).toBe('ACTIVE');
    expect(w.session(sessions.own!).state).toBe('ACTIVE');
    expect(
      w
        .view()
        .select('boot', 'all', 'all')
        .map((row) => row.boot_id),
    ).toEqual(['lives', 'own']);
  });

  it('a process that registered while the caller looked who lives keeps its runs', async () => {
    const w = await world();
    await w.run('register_boot', boot('newcomer'));
    const { session_id } = await running(w, 'newcomer');
    expect(await w.full('recover', { boot_id: 'other', dead: ['somebody'] })).toMatchObject({
      changes: [],
      events: [],
      result: { recovered: [], freed_permits: 0 },
    });
    expect(w.session(session_id).state).toBe('ACTIVE');
  });

  it('who registers says when; leaving twice changes nothing', async () => {
    const w = await world();
    await w.run('register_boot', boot('b'));
    expect(w.view().get('boot', 'b')).toEqual({ ...boot('b'), started_at: '2026-02-24T09:00:00.000Z' });
    await w.run('leave_boot', { boot_id: 'b' });
    expect((await w.full('leave_boot', { boot_id: 'b' })).changes).toEqual([]);
  });

  it('a permit of a call whose run was cancelled before its process died comes back as well', async () => {
    const w = await world();
    const { session_id } = await running(w);
    await w.run('cancel', { session_id, reason: 'enough', by: 'operator' });
    expect(w.view().select('call', 'running', 'running')).toHaveLength(1);
    expect(await w.run('recover', { boot_id: 'second' })).toEqual({ recovered: [], freed_permits: 1 });
    expect(w.view().select('call', 'running', 'running')).toEqual([]);
  });

  it('they are found without reading the sessions that nobody runs', async () => {
    const w = await world();
    for (let n = 0; n < 20; n += 1) await w.run('enqueue', { session_id: (await w.root()).session_id });
    const { job } = await running(w);
    const read: string[] = [];
    const seen = w.view();
    const view: View = {
      get: (table, key) => {
        read.push(key);
        return seen.get(table, key);
      },
      select: (table, index, value, limit) => {
        const rows = seen.select(table, index, value, limit);
        read.push(...rows.map((row) => JSON.stringify(row)));
        return rows;
      },
      selectMany: () => {
        throw new Error('recovery asks for nothing in bulk');
      },
      distinct: (table, index) => seen.distinct(table, index),
    };
    const command = { kind: 'recover', input: { boot_id: 'second' } } as const;
    decide({ view, rules: w.rules }, command, w.now, seededIds(1));
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((text) => text.length > 40 && !text.includes(job.session_id))).toEqual([]);
  });
});

describe('4.3.9.19.4: what recovery does and says', () => {
  it('E26, INV-RECOVER-003: PAUSED by crash_recovery, pending calls listed, none executed, all correlated', async () => {
    const w = await world();
    const { session_id, job } = await running(w);
    await w.run('pause', { session_id, reason: 'operator' });
    w.now += 10;
    await w.run('start_tool', begins(keyOf(job)));
    const from = w.log.length;
    w.now += 90;
    const { recovered } = await w.run('recover', { boot_id: 'second' });
    const row = w.session(session_id);
    expect(recovered).toEqual([
      {
        session_id,
        job_id: job.job_id,
        role: 'Orchestrator',
        wp_id: null,
        boot_id: 'first',
        last_seen_at: '2026-02-24T09:00:00.010Z',
        checkpoint_artifact_id: row.checkpoint_artifact_id,
        last_checkpoint_at: '2026-02-24T09:00:00.000Z',
        message_thread_tail_id: w.view().select('message', 'session', session_id)[0]!.message_id,
        pending_tool_calls: [
          {
            tool_call_id,
            tool_id: 'fs.write_file',
            tool_version: '1.0.0',
            arguments: { path: 'a' },
            args_hash: 'a'.repeat(64),
            side_effect: 'WRITE',
            idempotency: 'NON_IDEMPOTENT',
            idempotency_key: null,
            begun_at: '2026-02-24T09:00:00.010Z',
            judgement: 'ask_operator',
            approved_by: null,
          },
        ],
      },
    ]);
    expect(row).toMatchObject({ state: 'PAUSED', pause_reason: 'crash_recovery', pause_requested: null });
    expect(w.jobs(session_id)).toMatchObject([{ state: 'stalled' }]);
    const [recovery, change, ...rest] = w.log.slice(from);
    expect(rest).toEqual([]);
    expect(recovery).toMatchObject({
      fr_event_id: 'FR-EVT-WF-RECOVERY',
      actor: 'system',
      job_id: job.job_id,
      model_session_id: session_id,
      activity_span_id: job.attempt_span_id,
      payload: {
        workflow_run_id: job.job_id,
        from_state: 'running',
        to_state: 'stalled',
        reason: 'crash_recovery',
        last_heartbeat_ts: '2026-02-24T09:00:00.010Z',
        threshold_secs: 0,
      },
    });
    expect(change).toMatchObject({
      fr_event_id: 'FR-EVT-SESS-002',
      trace_id: recovery!.trace_id,
      payload: { from_state: 'ACTIVE', to_state: 'PAUSED', reason: 'crash_recovery' },
    });
    expect(verifyLog(w.log)).toEqual([]);
  });

  it('FM-23: of two passes that overlap only the first finds anything', async () => {
    const w = await world();
    const { session_id } = await running(w);
    const passes = await Promise.all(
      ['second', 'third'].map((boot_id) => w.run('recover', { boot_id, dead: ['first'] })),
    );
    expect(passes.map((pass) => pass.recovered.length)).toEqual([1, 0]);
    expect(w.session(session_id).run_epoch).toBe(2);
    expect(w.of('FR-EVT-WF-RECOVERY')).toHaveLength(1);
  });

  it('FM-24: a process that comes back to life writes nothing into the run it has lost', async () => {
    const w = await world();
    const { session_id, job } = await running(w);
    await w.run('recover', { boot_id: 'second' });
    const before = [w.session(session_id), w.jobs(session_id), w.log.length];
    const message = { role: 'ASSISTANT' as const, content_hash: 'b'.repeat(64), content_artifact_id: 'x' };
    expect(await w.run('say', { ...keyOf(job), message })).toMatchObject({ fenced: true });
    expect(await w.run('start_tool', begins(keyOf(job)))).toMatchObject({ fenced: true, denied: [] });
    expect(await w.run('resume_call', keyOf(job))).toMatchObject({ fenced: true, granted: false });
    expect(await w.finish(job, closed)).toEqual({ fenced: true });
    expect([w.session(session_id), w.jobs(session_id), w.log.length]).toEqual(before);
    expect(w.view().select('tool_call', 'pending', session_id)).toEqual([]);
  });

  it('FM-25: a clock that steps back ends no span before it began, and the run is known to live until it spoke', async () => {
    const w = await world();
    const { session_id } = await running(w);
    w.now -= 60_000;
    await w.run('recover', { boot_id: 'second' });
    expect(w.of('FR-EVT-WF-RECOVERY')[0]!.payload.last_heartbeat_ts).toBe('2026-02-24T09:00:00.000Z');
    const spans = w.view().select('span', 'session', session_id);
    expect(spans.filter((span) => span.end_time !== null)).toMatchObject([
      { kind: 'attempt', status: 'interrupted', end_time: '2026-02-24T09:00:00.000Z' },
    ]);
    await w.run('resume', { session_id });
    const again = (await w.dispatch())!;
    expect(again.run_epoch).toBe(3);
    await w.finish(again, closed);
    expect(w.session(session_id).state).toBe('COMPLETED');
    expect(verifyLog(w.log)).toEqual([]);
  });

  it('what was streamed shows that the run lived: usage too', async () => {
    const w = await world();
    const { job } = await running(w);
    w.now += 50;
    await w.run('usage', { ...keyOf(job), tokens: 1, cost_usd: null });
    const { recovered } = await w.run('recover', { boot_id: 'second' });
    expect(recovered).toMatchObject([{ last_seen_at: '2026-02-24T09:00:00.050Z' }]);
  });
});

describe('D-42, INV-RECOVER-002: a call that a crash cut off, made again', () => {
  it.each([
    ['IDEMPOTENT', null, 'repeat'],
    ['IDEMPOTENT_WITH_KEY', 'k', 'repeat_with_key'],
  ] as const)(
    '%s is executed again, under the new attempt, and stands in the thread once',
    async (idempotency, idempotency_key, judgement) => {
      const { w, session_id, again, recovered, make } = await crashed({ idempotency, idempotency_key });
      expect(recovered[0]!.pending_tool_calls).toMatchObject([{ judgement }]);
      expect(await make()).toMatchObject({ result: { verdict: { kind: 'execute' }, denied: [] } });
      const roles = () =>
        w
          .view()
          .select('message', 'session', session_id)
          .map((row) => row.role);
      expect(roles()).toEqual(['TOOL_CALL']);
      await w.run('end_tool', ends(w, keyOf(again), true));
      expect(roles()).toEqual(['TOOL_CALL', 'TOOL_RESULT']);
      const spans = w.view().select('span', 'session', session_id);
      expect(spans.filter((span) => span.kind === 'tool_call')).toMatchObject([
        { status: 'interrupted' },
        { status: 'completed', parent_span_id: again.attempt_span_id },
      ]);
      expect(w.of('FR-EVT-007')).toHaveLength(1);
    },
  );

  it('IDEMPOTENT_WITH_KEY under another key is refused', async () => {
    const { make } = await crashed({ idempotency: 'IDEMPOTENT_WITH_KEY', idempotency_key: 'k1' });
    expect(await make({ idempotency_key: 'k2' })).toMatchObject({
      code: 'invalid_request',
      message: `call.idempotency_key is "k2", expected "k1", with which call ${tool_call_id} was begun`,
    });
  });

  it.each([
    ['NON_IDEMPOTENT', null],
    ['NON_IDEMPOTENT', 'k'],
    ['IDEMPOTENT_WITH_KEY', null],
  ] as const)(
    '%s with key %s waits for the operator, and is executed once when approved',
    async (idempotency, idempotency_key) => {
      const { w, session_id, again, make } = await crashed({ idempotency, idempotency_key });
      expect(await make()).toMatchObject({ result: { verdict: { kind: 'ask' }, fenced: false } });
      expect(w.view().select('call', 'running', 'running')).toHaveLength(1); // it runs no tool, and keeps its permit
      await w.finish(again, { outcome: 'awaiting_user', tool_call_id });
      expect(w.session(session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'gate' });
      expect(await w.dispatch()).toBeNull();
      await w.run('approve', { session_id, tool_call_id, by: 'alice' });
      const approved = (await w.run('dispatch', { boot_id: 'second' })).job!;
      expect(w.of('FR-EVT-SESS-002').at(-1)!.payload.reason).toBe('approved by alice');
      const start = begins(keyOf(approved), { idempotency, idempotency_key });
      expect(await w.run('start_tool', start)).toMatchObject({ verdict: { kind: 'execute' } });
      // It crashes again: that approval was for one execution.
      await w.run('recover', { boot_id: 'third' });
      await w.run('resume', { session_id });
      const third = (await w.run('dispatch', { boot_id: 'third' })).job!;
      expect(await w.run('start_tool', { ...start, ...keyOf(third) })).toMatchObject({
        verdict: { kind: 'ask' },
      });
    },
  );

  it('an approval of another call changes nothing for it', async () => {
    const { w, session_id, again, make } = await crashed();
    await make();
    await w.finish(again, { outcome: 'awaiting_user', tool_call_id });
    expect(await w.decide('approve', { session_id, tool_call_id: 'other', by: 'alice' })).toMatchObject({
      code: 'invalid_request',
    });
    expect(w.view().select('tool_call', 'pending', session_id)).toMatchObject([{ approved_by: null }]);
  });

  it.each([
    ['asked by the run itself', false, 'awaiting_user'],
    ['stopped to ask about a call', true, 'awaiting_approval'],
  ])('the attempt says why it waits: %s', async (_name, asks, status) => {
    const { w, again, make } = await crashed();
    if (asks) await make();
    await w.finish(again, { outcome: 'awaiting_user', tool_call_id });
    expect(w.view().get('span', again.attempt_span_id!)?.status).toBe(status);
  });

  it.each([{ tool_id: 'fs.delete' }, { tool_version: '2.0.0' }, { args_hash: 'c'.repeat(64) }])(
    'its id with other content is refused, or gives way if it only followed from a count: %j',
    async (other) => {
      const { make } = await crashed();
      expect(await make({ ...other, named: false })).toMatchObject({
        result: { verdict: { kind: 'taken' } },
      });
      expect(await make(other)).toMatchObject({
        code: 'invalid_request',
        message: `call.tool_call_id ${tool_call_id} names a call of fs.write_file 1.0.0 with arguments ${'a'.repeat(64)}, expected the same tool and arguments`,
      });
    },
  );
});

describe('INV-RECOVER-002: a call without a name of its own is known by what it does', () => {
  const later = '0190a1b2-0000-7000-8000-000000000002';
  /** Made again under another name, as after a pause, when counts go on. */
  async function renamed(over: object, declares: object = {}) {
    const { w, again } = await crashed(declares);
    const start = { ...begins(keyOf(again), { ...declares, named: false, ...over }), tool_call_id: later };
    return { w, again, start, answer: await w.run('start_tool', start) };
  }

  it('it goes by the name under which it is pending', async () => {
    expect((await renamed({})).answer.verdict).toEqual({ kind: 'renamed', tool_call_id });
  });

  it('also where its count names another call', async () => {
    const { w, again, start } = await renamed({ tool_id: 'fs.other' });
    const made = begins(keyOf(again), { named: false });
    expect(await w.run('start_tool', { ...made, tool_call_id: later })).toMatchObject({
      verdict: { kind: 'renamed', tool_call_id },
    });
    expect((await w.run('start_tool', { ...start, tool_call_id })).verdict).toEqual({ kind: 'taken' });
  });

  it.each([
    ['another tool', { tool_id: 'fs.other' }],
    ['another version', { tool_version: '2.0.0' }],
    ['other arguments', { args_hash: 'c'.repeat(64) }],
    ['another key', { idempotency_key: 'k' }],
    ['a name of its own', { named: true }],
  ])('%s is another call', async (_name, over) => {
    expect((await renamed(over)).answer.verdict).toEqual({ kind: 'execute' });
  });

  it('a run may make one call twice at a time', async () => {
    const w = await world();
    const { job } = await running(w);
    const start = begins(keyOf(job), { named: false });
    await w.run('start_tool', start);
    expect((await w.run('start_tool', { ...start, tool_call_id: later })).verdict).toEqual({
      kind: 'execute',
    });
  });

  it('the call of another job is another call', async () => {
    const w = await world();
    const { session_id, job } = await running(w);
    const start = begins(keyOf(job), { named: false });
    await w.run('start_tool', start);
    await w.run('enqueue', { session_id });
    await w.finish(job, { outcome: 'completed' });
    const next = (await w.dispatch())!;
    expect((await w.run('start_tool', { ...start, ...keyOf(next), tool_call_id: later })).verdict).toEqual({
      kind: 'execute',
    });
  });
});

describe('D-42: a call that was answered before', () => {
  async function answered(ok: boolean, declares: object = {}) {
    const w = await world();
    const { session_id, job } = await running(w);
    await w.run('start_tool', begins(keyOf(job), declares));
    await w.run('end_tool', ends(w, keyOf(job), ok));
    return { w, session_id, job, start: begins(keyOf(job), declares) };
  }
  const recorded = (ok: boolean) => ({
    verdict: {
      kind: 'recorded',
      result_ref: 'x',
      error: ok ? null : { code: 'tool_failed', message: 'no disk' },
    },
  });

  it.each([true, false])('is not executed again after a crash: ok %s', async (ok) => {
    const { w, session_id, start } = await answered(ok, { idempotency: 'IDEMPOTENT' });
    await w.run('recover', { boot_id: 'second' });
    await w.run('resume', { session_id });
    const again = (await w.dispatch())!;
    const before = w.log.length;
    expect(await w.run('start_tool', { ...start, ...keyOf(again) })).toMatchObject(recorded(ok));
    expect(w.log).toHaveLength(before); // it is on record already
    expect(w.view().get('call', again.job_id)).toBeDefined();
  });

  it.each([
    [true, 'IDEMPOTENT', recorded(true)],
    [false, 'IDEMPOTENT', { verdict: { kind: 'execute' } }],
    [false, 'NON_IDEMPOTENT', recorded(false)],
  ] as const)(
    'a retry tries again what failed and may be repeated: ok %s, %s',
    async (ok, idempotency, expected) => {
      const { w, session_id, job, start } = await answered(ok, { idempotency });
      await w.finish(job, { outcome: 'failed', error: 'busy', retryable: true });
      w.now += HOUR;
      const again = (await w.dispatch())!;
      expect(await w.run('start_tool', { ...start, ...keyOf(again) })).toMatchObject(expected);
      const calls = w.view().select('message', 'session', session_id);
      expect(calls.filter((row) => row.role === 'TOOL_CALL')).toHaveLength(
        'kind' in expected.verdict && expected.verdict.kind === 'execute' ? 2 : 1,
      );
    },
  );

  it('by a process that was given up, before anybody made it again: what a tool did has happened', async () => {
    const { w, session_id, first, again, make } = await crashed();
    expect(await w.run('end_tool', ends(w, keyOf(first), true))).toMatchObject({ fenced: true });
    expect(w.view().select('tool_call', 'pending', session_id)).toEqual([]);
    expect(await make()).toMatchObject({ result: recorded(true) });
    expect(w.view().get('call', again.job_id)).toBeDefined();
  });

  it('by a process that was given up, after it was begun anew: that is the answer of the old one', async () => {
    const { w, session_id, first, make } = await crashed({ idempotency: 'IDEMPOTENT' });
    await make();
    await w.run('end_tool', ends(w, keyOf(first), true));
    expect(w.view().select('tool_call', 'pending', session_id)).toHaveLength(1);
  });

  it('its arguments are kept once, in their artifact', async () => {
    const { w, session_id } = await answered(true);
    const key = JSON.stringify([session_id, tool_call_id]);
    expect(w.view().get('tool_call', key)).toMatchObject({
      state: 'answered',
      arguments: null,
      args_ref: `sha256:${'a'.repeat(64)}`,
      result_ref: 'x',
      error: null,
    });
  });

  it('TRUST-003: a call that was not granted was never begun, and is denied again', async () => {
    const w = await world();
    const { session_id, job } = await running(w);
    const start = { ...begins(keyOf(job)), capability_ids: ['fs.write'] };
    expect(await w.run('start_tool', start)).toMatchObject({ denied: ['fs.write'] });
    expect(w.view().select('tool_call', 'pending', session_id)).toEqual([]);
    await w.run('end_tool', ends(w, keyOf(job), false));
    expect(await w.run('start_tool', start)).toMatchObject({
      denied: ['fs.write'],
      verdict: { kind: 'execute' },
    });
  });
});

describe('E27: a session that goes on crashing', () => {
  const crash = async (w: World): Promise<void> => {
    await w.run('dispatch', { boot_id: 'dies' });
    await w.run('recover', { boot_id: 'survives' });
  };
  async function relaunched(times: number, apart = 60_000) {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    for (let n = 0; n < times; n += 1) {
      await crash(w);
      await w.run('resume', { session_id });
      w.now += apart;
    }
    await crash(w);
    return { w, session_id };
  }

  it('its third relaunch within an hour asks for approval', async () => {
    const { w, session_id } = await relaunched(2);
    expect(await w.decide('resume', { session_id })).toEqual({
      rejected: true,
      code: 'approval_required',
      message: `session ${session_id} was resumed after a crash 2 times within an hour, expected an approval (resume with approved_by)`,
    });
    expect(w.session(session_id).state).toBe('PAUSED');
    await w.run('resume', { session_id, approved_by: 'alice' });
    expect((await w.dispatch())!.approved_by).toBe('alice');
    expect(w.of('FR-EVT-SESS-002').at(-1)!.payload.reason).toBe('approved by alice');
    await w.run('recover', { boot_id: 'survives' });
    expect(await w.decide('resume', { session_id })).toMatchObject({ code: 'approval_required' });
  });

  it.each([
    [HOUR / 2 - 1, 'approval_required'],
    [HOUR / 2, undefined],
  ])('an hour after the first of them it does not: %i ms apart', async (apart, code) => {
    const { w, session_id } = await relaunched(2, apart);
    const answer = await w.decide('resume', { session_id });
    expect(answer.rejected ? answer.code : undefined).toBe(code);
  });

  it('FM-25: a clock that steps back gives it no further relaunch', async () => {
    const { w, session_id } = await relaunched(2);
    w.now -= 10 * HOUR;
    expect(await w.decide('resume', { session_id })).toMatchObject({ code: 'approval_required' });
  });

  it('a pause by the operator does not make it forget that it crashed', async () => {
    const { w, session_id } = await relaunched(2);
    await w.run('pause', { session_id, reason: 'operator' });
    expect(w.session(session_id).pause_reason).toBe('crash_recovery');
    expect(await w.decide('resume', { session_id })).toMatchObject({ code: 'approval_required' });
  });

  it('a resume after an ordinary pause is no relaunch', async () => {
    const w = await world();
    const { session_id } = await w.root();
    for (let n = 0; n < 4; n += 1) {
      await w.run('pause', { session_id, reason: 'operator' });
      await w.run('resume', { session_id });
    }
    expect(w.session(session_id).crash_resumes).toEqual([]);
  });

  it('INV-SESS-003: while it runs, resuming is refused and a further run is queued', async () => {
    const { w, session_id } = await relaunched(0);
    await w.run('resume', { session_id });
    await w.dispatch();
    expect(await w.decide('resume', { session_id })).toMatchObject({
      code: 'not_paused',
      message: `session ${session_id} is ACTIVE`,
    });
    await w.run('enqueue', { session_id });
    expect(await w.dispatch()).toBeNull();
    expect(w.jobs(session_id).map((job) => [job.state, job.held])).toEqual([
      ['running', false],
      ['queued', true],
    ]);
  });
});

describe('FM-26: the last failure of a job against its cancellation', () => {
  async function lastAttempt() {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id, max_retries: 1 });
    await w.play(session_id, { outcome: 'failed', error: 'busy', retryable: true });
    w.now += HOUR;
    return { w, session_id, job: (await w.dispatch())! };
  }
  const failure = { outcome: 'failed', error: 'busy', retryable: true } as const;

  it('the failure first: FAILED, and the cancellation finds nothing to cancel', async () => {
    const { w, session_id, job } = await lastAttempt();
    expect(await w.finish(job, failure)).toEqual({ fenced: false });
    const record = await w.run('cancel', { session_id, reason: 'enough', by: 'operator' });
    expect(record).toMatchObject({ cancelled_session_ids: [], skipped_session_ids: [session_id] });
    expect(w.session(session_id).state).toBe('FAILED');
    expect(w.view().get('job', job.job_id)).toMatchObject({ state: 'failed', error: 'busy' });
  });

  it('the cancellation first: CANCELLED, and the failure comes too late', async () => {
    const { w, session_id, job } = await lastAttempt();
    const record = await w.run('cancel', { session_id, reason: 'enough', by: 'operator' });
    expect(record).toMatchObject({ cancelled_session_ids: [session_id], skipped_session_ids: [] });
    expect(await w.finish(job, failure)).toEqual({ fenced: true });
    expect(w.session(session_id).state).toBe('CANCELLED');
    expect(w.view().get('job', job.job_id)).toMatchObject({ state: 'cancelled', error: 'enough' });
    expect(await w.run('recover', { boot_id: 'second' })).toEqual({ recovered: [], freed_permits: 0 });
    expect(verifyLog(w.log)).toEqual([]);
  });
});
