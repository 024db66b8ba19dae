import { describe, expect, it } from 'vitest';
import { begins } from './tool-call.ts';
import { done, world } from './world.ts';

/** Sessions of the same lane with a queue each; answers in which order their runs start. */
async function order(...runs: { model: string; priority: number; after?: number }[]): Promise<string> {
  const w = await world();
  for (const { model, priority, after = 0 } of runs) {
    w.now += after;
    const { session_id } = await w.root({ model_id: `${model}/m` });
    await w.run('enqueue', { session_id, priority });
  }
  return (await w.dispatchAll()).map((job) => job.provider).join(' ');
}

describe('D-13: of the heads of several sub-queues', () => {
  it('the lower priority number goes first, wherever it stands and whenever it came', async () => {
    expect(await order({ model: 'a', priority: 50 }, { model: 'b', priority: 10, after: 5 })).toBe('b a');
    expect(await order({ model: 'b', priority: 50 }, { model: 'a', priority: 10, after: 5 })).toBe('a b');
    expect(await order({ model: 'a', priority: 10 }, { model: 'b', priority: 50, after: 5 })).toBe('a b');
  });

  it('of equal ones the earlier run, and of one moment the first queue', async () => {
    expect(await order({ model: 'b', priority: 50 }, { model: 'a', priority: 50, after: 5 })).toBe('b a');
    expect(await order({ model: 'a', priority: 50 }, { model: 'b', priority: 50, after: 5 })).toBe('a b');
    expect(await order({ model: 'b', priority: 50 }, { model: 'a', priority: 50 })).toBe('a b');
    expect(await order({ model: 'a', priority: 0 }, { model: 'b', priority: 0, after: 5 })).toBe('a b');
  });
});

describe('a run that waited past its deadline', () => {
  it.each([
    [999, 'ACTIVE', null],
    [1000, 'FAILED', 'deadline'],
  ])('%i ms of 1,000: %s', async (waited, state, error) => {
    const w = await world();
    const { session_id } = await w.root();
    const { job_id } = await w.run('enqueue', { session_id, deadline_ms: 1000 });
    w.now += waited;
    await w.dispatch();
    expect(w.session(session_id).state).toBe(state);
    expect(w.view().get('job', job_id)?.error).toBe(error);
    expect(w.of('FR-EVT-SESS-002').at(-1)?.payload.reason).toBe(error);
  });

  it('between two attempts it leaves no span open, and each says that it failed', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id, deadline_ms: 1000 });
    await w.play(session_id, { outcome: 'failed', error: 'busy', retryable: true });
    w.now += 1000;
    expect(await w.dispatch()).toBeNull();
    const spans = w.view().select('span', 'session', session_id);
    expect(spans.map(({ kind, status }) => [kind, status])).toEqual([
      ['model_session', 'failed'],
      ['model_run', 'failed'],
      ['attempt', 'failed'],
    ]);
  });
});

describe('how a run ends is answered, and its session goes on from there', () => {
  const goesOn = { fenced: false };

  it.each([
    ['completed', done, 'BLOCKED'],
    ['completed and closed', { outcome: 'completed', close: true }, 'COMPLETED'],
    ['yielded', { outcome: 'yield' }, 'BLOCKED'],
    ['failed for good', { outcome: 'failed', error: 'x', retryable: false }, 'FAILED'],
    ['failed for now', { outcome: 'failed', error: 'x', retryable: true }, 'BLOCKED'],
    ['interrupted', { outcome: 'interrupted' }, 'BLOCKED'],
    ['asks', { outcome: 'awaiting_user', tool_call_id: 'x' }, 'BLOCKED'],
  ] as const)('%s', async (_name, result, state) => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    expect(await w.finish(job, result)).toEqual(goesOn);
    expect(w.session(session_id)).toMatchObject({ state, running_job_id: null });
    expect(await w.finish(job, result)).toEqual({ fenced: true });
  });

  it('D-08: a session that was told to close completes when its run yields', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    await w.run('close', { session_id });
    expect(await w.finish(job, { outcome: 'yield' })).toEqual(goesOn);
    expect(w.session(session_id).state).toBe('COMPLETED');
  });

  it('D-07: a run that fails in a session that is to pause is tried again after the pause, and not within it', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    await w.run('pause', { session_id, reason: 'operator' });
    await w.finish(job, { outcome: 'failed', error: 'busy', retryable: true });
    w.now += 60_000;
    expect(await w.dispatch()).toBeNull();
    expect(w.session(session_id).state).toBe('PAUSED');
    await w.run('resume', { session_id });
    expect(await w.dispatch()).toMatchObject({ job_id: job.job_id, attempt: 1 });
  });

  it('a run that was interrupted waits from then on: what it waited before is not counted again', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    w.now += 10;
    const job = (await w.dispatch())!;
    w.now += 100;
    await w.run('pause', { session_id, reason: 'operator' });
    await w.finish(job, { outcome: 'interrupted' });
    await w.run('resume', { session_id });
    w.now += 5;
    await w.dispatch();
    expect(w.of('FR-EVT-SESS-SCHED-002').map(({ payload }) => payload.queue_wait_ms)).toEqual([10, 5]);
  });

  it('D-29: a child that hands on nothing says so in empty lists', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const child = await w.child(session_id);
    await w.child(child);
    await w.play(child, done);
    expect(w.session(child).outcome).toEqual({ key_outputs: [], next_steps: [] });
  });

  it('what nobody will be told is not kept', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.play(session_id, { outcome: 'completed', key_outputs: ['sha256:out'] });
    expect(w.session(session_id).outcome).toBeNull();
  });
});

describe('INV-RECOVER-002: what a crash cut off', () => {
  it('the attempt and its tool are interrupted; the session and the job go on', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.run('start_tool', begins((await w.dispatch())!));
    await w.run('recover', { boot_id: 'next' });
    const spans = w.view().select('span', 'session', session_id);
    expect(spans.map(({ kind, status }) => [kind, status])).toEqual([
      ['model_session', null],
      ['model_run', null],
      ['attempt', 'interrupted'],
      ['tool_call', 'interrupted'],
    ]);
  });
});
