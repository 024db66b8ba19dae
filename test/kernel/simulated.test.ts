// What the simulation has found, each as the shortest row of commands that shows it.
import { describe, expect, it } from 'vitest';
import { agree, cloudRoot } from './receipts.ts';
import { closed, declared, done, world } from './world.ts';

const message = { role: 'TOOL_CALL', content_hash: '5'.repeat(64), content_artifact_id: 'a' } as const;
const tool = '018f0000-0000-4000-8000-000000000001';

describe('a tool that is still at work when its run ends', () => {
  it.each([
    ['completed', done, 'interrupted'],
    ['failed', { outcome: 'failed', error: 'timeout', retryable: true }, 'interrupted'],
    ['interrupted', { outcome: 'interrupted' }, 'interrupted'],
    ['awaiting_user', { outcome: 'awaiting_user', tool_call_id: tool }, 'interrupted'],
  ] as const)('does not outlive the attempt that called it: %s', async (_, result, status) => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id, max_retries: 1 });
    const { job_id, run_epoch } = (await w.dispatch())!;
    await w.run('start_tool', {
      job_id,
      run_epoch,
      tool_call_id: tool,
      capability_ids: [],
      message,
      call: declared(),
    });
    w.now += 5;
    await w.finish({ job_id, run_epoch }, result);
    const spans = w.view().select('span', 'session', session_id);
    expect(spans.filter(({ kind }) => kind === 'tool_call')).toMatchObject([
      { status, end_time: new Date(w.now).toISOString() },
    ]);
    expect(spans.find(({ kind }) => kind === 'attempt')).toMatchObject({
      end_time: new Date(w.now).toISOString(),
    });
  });

  it('is cancelled with the attempt that called it', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const { job_id, run_epoch } = (await w.dispatch())!;
    await w.run('start_tool', {
      job_id,
      run_epoch,
      tool_call_id: tool,
      capability_ids: [],
      message,
      call: declared(),
    });
    await w.run('cancel', { session_id, reason: 'enough', by: 'operator' });
    const spans = w.view().select('span', 'session', session_id);
    expect(spans.map(({ kind, status }) => [kind, status])).toEqual([
      ['model_session', 'cancelled'],
      ['model_run', 'cancelled'],
      ['attempt', 'cancelled'],
      ['tool_call', 'cancelled'],
    ]);
  });

  it('leaves the spans of earlier attempts and of the job alone', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id, max_retries: 1 });
    const first = (await w.dispatch())!;
    await w.finish(first, { outcome: 'failed', error: 'timeout', retryable: true });
    expect(
      w
        .view()
        .select('span', 'open', session_id)
        .map(({ kind }) => kind),
    ).toEqual(['model_session', 'model_run']);
  });
});

describe('a retry whose backoff has passed', () => {
  it('waits for its turn, and no longer for time', async () => {
    const w = await world({ scheduler: { max_concurrent_sessions_per_model: 1 } });
    const first = await w.root();
    const second = await w.root();
    await w.run('enqueue', { session_id: first.session_id, max_retries: 1 });
    const { job_id, run_epoch } = (await w.dispatch())!;
    await w.finish({ job_id, run_epoch }, { outcome: 'failed', error: 'timeout', retryable: true });
    expect(w.session(first.session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'retry' });
    await w.run('enqueue', { session_id: second.session_id, priority: 0 });
    w.now += w.rules.scheduler.backoff_base_ms;
    expect((await w.dispatch())?.session_id).toBe(second.session_id);
    expect(w.session(first.session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'dispatch' });
  });
});

describe('a parent that is done and waits for a persistent child', () => {
  it('D-08: completes when the child rests, after the child has announced', async () => {
    const w = await world();
    const { session_id: root } = await w.root();
    const parent = await w.child(root);
    const child = await w.child(parent, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.play(parent, done);
    expect(w.session(parent)).toMatchObject({ state: 'BLOCKED', blocked_on: 'children', closing: true });
    await w.dispatchAll();
    const from = w.log.length;
    await w.finish(w.jobs(child)[0]!, done);
    expect(w.session(child)).toMatchObject({ state: 'BLOCKED', blocked_on: 'input' });
    expect(w.session(parent).state).toBe('COMPLETED');
    expect(w.kinds(from)).toEqual([
      'SESS-002',
      'GOV-MAILBOX-001',
      'SESS-SPAWN-004',
      'SESS-002',
      'SESS-003',
      'GOV-MAILBOX-001',
      'SESS-SPAWN-004',
      'SESS-SCHED-001',
    ]);
  });

  it('D-08: completes when the child yields and rests without a word', async () => {
    const w = await world();
    const { session_id: root } = await w.root();
    const parent = await w.child(root);
    const child = await w.child(parent, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.play(parent, done);
    await w.dispatchAll();
    await w.finish(w.jobs(child)[0]!, { outcome: 'yield' });
    expect(w.session(child)).toMatchObject({ state: 'BLOCKED', blocked_on: 'input' });
    expect(w.session(parent).state).toBe('COMPLETED');
  });

  it('D-08: so do all parents above it that waited for it', async () => {
    const w = await world();
    const { session_id: root } = await w.root();
    const upper = await w.child(root);
    const lower = await w.child(upper);
    const child = await w.child(lower, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.play(upper, done);
    await w.dispatchAll();
    await w.finish(w.jobs(lower)[0]!, done);
    expect([w.session(upper).state, w.session(lower).state]).toEqual(['BLOCKED', 'BLOCKED']);
    await w.finish(w.jobs(child)[0]!, done);
    expect([w.session(upper).state, w.session(lower).state]).toEqual(['COMPLETED', 'COMPLETED']);
  });

  it('goes on waiting while another child of it works', async () => {
    const w = await world();
    const { session_id: root } = await w.root();
    const parent = await w.child(root);
    const child = await w.child(parent, { spawn_mode: 'SESSION_PERSISTENT' });
    const other = await w.child(parent);
    await w.play(parent, done);
    await w.dispatchAll();
    await w.finish(w.jobs(child)[0]!, done);
    expect(w.session(parent)).toMatchObject({ state: 'BLOCKED', blocked_on: 'children' });
    await w.finish(w.jobs(other)[0]!, closed);
    expect(w.session(parent).state).toBe('COMPLETED');
  });

  it('is not completed while it has more to do', async () => {
    const w = await world();
    const { session_id: root } = await w.root();
    const child = await w.child(root, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.play(child, done);
    expect(w.session(root).state).toBe('CREATED');
  });
});

it('INV-CONSENT-001: a child that is held for want of consent tells its parent, and so the parent’s own call is another one', async () => {
  const w = await world({ scheduler: { backoff_base_ms: 100 } });
  const parent = await cloudRoot(w);
  await agree(w, 1, 'SINGLE_CALL', [parent]);
  await w.run('enqueue', { session_id: parent, max_retries: 1 });
  const { job_id, run_epoch } = (await w.dispatch())!;
  const child = await w.child(parent);
  await w.finish({ job_id, run_epoch }, { outcome: 'failed', error: 'lost', retryable: true });
  w.now += 100;
  // The parent's queue is looked at first, while its receipt still serves for the retry.
  expect(await w.dispatch()).toBeNull();
  for (const id of [parent, child])
    expect(w.session(id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'consent' });
  expect(w.session(parent).inbox_seq).toBe(1);
  await agree(w, 2, 'SESSION_SCOPED', [parent]);
  expect((await w.dispatch())?.session_id).toBe(parent);
});
