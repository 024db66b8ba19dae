import { v5 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { closed, declared, type World, world } from './world.ts';

async function parentWithRun(w: World): Promise<string> {
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  await w.play(session_id, { outcome: 'yield' });
  return session_id;
}

const outputs = { outcome: 'completed', key_outputs: ['sha256:out'], next_steps: ['merge'] } as const;
const result = () => ({
  ...outputs,
  key_outputs: [...outputs.key_outputs],
  next_steps: [...outputs.next_steps],
});
const told = { key_outputs: ['sha256:out'], next_steps: ['merge'] };

describe('D-08: what a task handed on is told when its session completes, however late', () => {
  it('after a child of its own', async () => {
    const w = await world();
    const child = await w.child(await parentWithRun(w));
    const grandchild = await w.child(child);
    await w.play(child, result());
    expect(w.session(child)).toMatchObject({ state: 'BLOCKED', outcome: told });
    const job = (await w.dispatch())!;
    expect(job.session_id).toBe(grandchild);
    const { artifacts } = await w.full('finish_run', {
      job_id: job.job_id,
      run_epoch: job.run_epoch,
      result: { outcome: 'completed', key_outputs: ['sha256:other'] },
    });
    const summaries = artifacts.map(({ text }) => JSON.parse(text)).filter((it) => it.child_session_id);
    expect(summaries).toMatchObject([
      { child_session_id: grandchild, key_outputs: ['sha256:other'] },
      { child_session_id: child, ...told },
    ]);
  });

  it('after a pause that was asked for during its last run', async () => {
    const w = await world();
    const child = await w.child(await parentWithRun(w));
    const job = (await w.dispatch())!;
    await w.run('pause', { session_id: child, reason: 'operator' });
    await w.finish(job, result());
    const { artifacts } = await w.full('resume', { session_id: child });
    expect(JSON.parse(artifacts[0]!.text)).toMatchObject({ status: 'COMPLETED', ...told });
  });

  it('once: a persistent child that is closed later tells nothing a second time', async () => {
    const w = await world();
    const child = await w.child(await parentWithRun(w), { spawn_mode: 'SESSION_PERSISTENT' });
    await w.play(child, result());
    const { artifacts } = await w.full('close', { session_id: child });
    expect(JSON.parse(artifacts[0]!.text)).toMatchObject({
      announce_seq: 2,
      key_outputs: [],
      next_steps: [],
    });
  });

  it('a closing persistent child tells it as well', async () => {
    const w = await world();
    const child = await w.child(await parentWithRun(w), { spawn_mode: 'SESSION_PERSISTENT' });
    await w.child(child);
    await w.play(child, { ...closed, ...result(), close: true });
    const [grandchild] = w.view().select('session', 'parent', child);
    const { artifacts } = await w.full('cancel', {
      session_id: grandchild!.session_id,
      reason: 'no',
      by: 'operator',
    });
    expect(artifacts.map(({ text }) => JSON.parse(text))).toContainEqual(
      expect.objectContaining({ child_session_id: child, ...told }),
    );
  });
});

describe('F17: a secret reaches neither rows nor letters', () => {
  const secret = 'hunter2222';
  const text = `login failed with {"db_password": "${secret}"}`;
  it.each([
    [
      'an error',
      async (w: World, child: string) => {
        await w.play(child, { outcome: 'failed', error: text, retryable: false });
      },
    ],
    [
      'what a run hands on',
      async (w: World, child: string) => {
        await w.play(child, { outcome: 'completed', next_steps: [text] });
      },
    ],
    [
      'the reason of a cancel',
      async (w: World, child: string) => {
        await w.run('cancel', { session_id: child, reason: text, by: 'operator', op_id: 'op' });
      },
    ],
  ])('%s', async (_, end) => {
    const w = await world();
    const child = await w.child(await parentWithRun(w));
    const written: unknown[] = [];
    const full = w.full;
    w.full = async (kind, input) => {
      const decision = await full(kind, input);
      written.push(decision.changes, decision.artifacts, decision.events, decision.effects);
      return decision;
    };
    await end(w, child);
    expect(JSON.stringify(written)).toContain('[redacted assignment]');
    expect(JSON.stringify(written)).not.toContain(secret);
  });
});

describe('names and times', () => {
  it('D-29: a letter’s id is version 5 of the announcement’s number under the child’s id', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent);
    await w.play(child, { outcome: 'completed' });
    const [letter] = await w.run('read_inbox', { session_id: parent, take: false });
    expect(letter?.message_id).toBe(v5('1', child));
  });

  it('FM-25: a clock that steps back ends no span before it began', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    w.now -= 60_000;
    await w.finish(job, { outcome: 'completed' });
    const span = w.view().get('span', job.attempt_span_id!)!;
    expect(span.end_time).toBe(span.start_time);
  });
});

describe('mail', () => {
  const take = (w: World, session_id: string) => w.run('read_inbox', { session_id, take: true });

  it('FM-11: what somebody else takes during a run is read by the next one', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const mine = (await w.dispatch())!;
    await take(w, session_id); // the run itself, before it reads its thread
    await w.child(session_id);
    await w.finish((await w.dispatch())!, { outcome: 'completed' });
    expect(await take(w, session_id)).toHaveLength(1);
    await w.finish(mine, { outcome: 'yield' });
    const next = (await w.dispatch())!;
    expect(next).toMatchObject({ session_id, wake: true });
    await take(w, session_id);
    await w.finish(next, { outcome: 'yield' });
    expect(w.jobs(session_id)).toEqual([]);
  });

  it('a session that has ended gets no message any more; its mail can be looked at', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent, { announce_back: true });
    await w.run('cancel', { session_id: child, reason: 'no', by: 'operator' });
    await w.run('cancel', { session_id: parent, reason: 'no', by: 'operator' });
    const from = w.log.length;
    expect(await take(w, parent)).toHaveLength(1);
    expect(await take(w, parent)).toEqual([]);
    expect(w.kinds(from)).toEqual([]);
    expect(w.view().select('message', 'session', parent)).toEqual([]);
  });

  it('a child that runs past its deadline wakes its parent in the same look at the queue', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent, { spawn_mode: 'SESSION_PERSISTENT', child_role: 'Worker' });
    await w.play(child, { outcome: 'yield' });
    await w.run('enqueue', { session_id: child, deadline_ms: 10 });
    w.now += 20;
    expect(await w.dispatch()).toMatchObject({ session_id: parent, wake: true });
    expect(w.session(child).state).toBe('FAILED');
  });
});

describe('D-23: an idle child wins its place again', () => {
  const persistent = { spawn_mode: 'SESSION_PERSISTENT' as const };
  const capped = () => world({ limits: { max_active_children_per_session: 1 } });
  const refusedFor = { code: 'children_cap_reached' };

  async function idleBesideBusy(w: World) {
    const parent = await parentWithRun(w);
    const idle = await w.child(parent, persistent);
    await w.play(idle, { outcome: 'yield' });
    const below = await w.child(idle, { ...persistent, announce_back: true });
    await w.play(below, { outcome: 'yield' });
    const busy = await w.child(parent, { announce_back: false });
    expect(w.session(parent).active_children).toBe(1);
    return { parent, idle, below, busy };
  }

  it('work for it, a pause, a child of it and work for that child are refused', async () => {
    const w = await capped();
    const { parent, idle, below } = await idleBesideBusy(w);
    expect(await w.decide('enqueue', { session_id: idle })).toMatchObject(refusedFor);
    expect(await w.decide('pause', { session_id: idle, reason: 'operator' })).toMatchObject(refusedFor);
    expect(await w.decide('enqueue', { session_id: below })).toMatchObject(refusedFor);
    expect(await w.spawn(idle)).toMatchObject({ rejection_reason: 'children_cap_reached' });
    expect(await w.spawn(idle, { announce_back: false })).toMatchObject({ accepted: true });
    expect(w.session(parent).active_children).toBe(1);
  });

  it('mail waits unread until a place is free', async () => {
    const w = await capped();
    const { parent, idle, below, busy } = await idleBesideBusy(w);
    await w.run('close', { session_id: below });
    expect(w.session(parent)).toMatchObject({ active_children: 1, place_wanted: true });
    expect(w.jobs(idle)).toEqual([]);
    await w.play(busy, { outcome: 'completed' });
    expect(w.jobs(idle)).toMatchObject([{ wake: true }]);
    expect(w.session(parent)).toMatchObject({ active_children: 1, place_wanted: false });
  });
});

describe('names from outside', () => {
  it.each(['\ud800', 'a\udc00b'])('half a surrogate pair names nothing: %j', async (name) => {
    const w = await world();
    const { session_id } = await w.root();
    expect(await w.spawn(session_id, { request_id: name })).toMatchObject({
      rejection_reason: 'invalid_request',
    });
    const stop = { session_id, reason: 'no', by: 'operator', op_id: name };
    expect(await w.decide('cancel', stop)).toMatchObject({ code: 'invalid_request' });
    await w.run('enqueue', { session_id });
    const { job_id, run_epoch } = (await w.dispatch())!;
    const message = { role: 'ASSISTANT' as const, content_hash: 'a'.repeat(64), content_artifact_id: 'x' };
    const tool = { job_id, run_epoch, tool_call_id: name, capability_ids: [], message, call: declared() };
    expect(await w.decide('start_tool', tool)).toMatchObject({ code: 'invalid_request' });
  });

  it('who approved is on the job, and in the change to ACTIVE that follows', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.play(session_id, { outcome: 'awaiting_user', tool_call_id: 'x' });
    await w.run('approve', { session_id, tool_call_id: 'x', by: 'alice' });
    const job = (await w.dispatch())!;
    expect(job.approved_by).toBe('alice');
    expect(w.of('FR-EVT-SESS-002').at(-1)?.payload).toMatchObject({
      to_state: 'ACTIVE',
      reason: 'approved by alice',
    });
    await w.finish(job, { outcome: 'failed', error: 'busy', retryable: true });
    w.now += 3_600_000;
    await w.dispatch();
    expect(w.of('FR-EVT-SESS-002').at(-1)?.payload).toMatchObject({ to_state: 'ACTIVE', reason: null });
  });
});
