import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JobState, ModelSessionState } from '../../tools/generated/index.ts';
import { derive, type Facts, jobTransitions, sessionTransitions } from '../../tools/kernel/index.ts';
import { closed, done, world } from './world.ts';

const idle: Facts = {
  terminal: null,
  running: false,
  pause_reason: null,
  touched: true,
  awaiting: false,
  blocker: null,
  retrying: false,
  queued: false,
  announcing_children: 0,
};

describe('4.3.9.12.6: state is derived', () => {
  it.each([
    ['a new session', { touched: false }, 'CREATED', null],
    ['a new session with a queued run', { touched: false, queued: true }, 'CREATED', null],
    [
      'a new cloud session without receipt',
      { touched: false, queued: true, blocker: 'consent' },
      'BLOCKED',
      'consent',
    ],
    ['a running session', { running: true, queued: true }, 'ACTIVE', null],
    ['a running session that is asked to pause', { running: true, pause_reason: 'operator' }, 'ACTIVE', null],
    ['a paused session', { pause_reason: 'operator', queued: true }, 'PAUSED', null],
    ['D-04: an idle session', {}, 'BLOCKED', 'input'],
    ['D-12: a queued run', { queued: true }, 'BLOCKED', 'dispatch'],
    ['a retry', { queued: true, retrying: true }, 'BLOCKED', 'retry'],
    ['an approval', { awaiting: true, queued: true }, 'BLOCKED', 'gate'],
    ['children', { announcing_children: 2 }, 'BLOCKED', 'children'],
    ['an ended session', { terminal: 'FAILED', running: true }, 'FAILED', null],
  ] as [string, Partial<Facts>, string, string | null][])('%s', (_, facts, state, blocked_on) => {
    expect(derive({ ...idle, ...facts })).toEqual({ state, blocked_on });
  });

  it('INV-SESS-003: ACTIVE exactly while a run executes, unless it has ended', () => {
    const facts = fc.record({
      terminal: fc.constantFrom(null, 'COMPLETED' as const, 'FAILED' as const, 'CANCELLED' as const),
      running: fc.boolean(),
      pause_reason: fc.constantFrom(null, 'operator' as const),
      touched: fc.boolean(),
      awaiting: fc.boolean(),
      blocker: fc.constantFrom(null, 'consent' as const),
      retrying: fc.boolean(),
      queued: fc.boolean(),
      announcing_children: fc.nat(3),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const { state, blocked_on } = derive(given);
        expect(state === 'ACTIVE').toBe(given.running && given.terminal === null);
        expect(blocked_on !== null).toBe(state === 'BLOCKED');
        if (given.terminal) expect(state).toBe(given.terminal);
      }),
    );
  });

  it('E24: terminal states lead nowhere, and every state and job state has its row', () => {
    expect(Object.keys(sessionTransitions).sort()).toEqual([...ModelSessionState.options].sort());
    expect(Object.keys(jobTransitions).sort()).toEqual([...JobState.options].sort());
    for (const state of ['COMPLETED', 'FAILED', 'CANCELLED'] as const)
      expect(sessionTransitions[state]).toEqual([]);
  });
});

describe('steering', () => {
  it('D-07: a pause asked for while a run executes waits for its boundary', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    await w.run('pause', { session_id, reason: 'operator' });
    expect(w.session(session_id).state).toBe('ACTIVE');
    await w.finish(job, { outcome: 'interrupted' });
    expect(w.session(session_id).state).toBe('PAUSED');
    expect(await w.dispatch()).toBeNull();
    await w.run('resume', { session_id });
    expect(w.session(session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'dispatch' });
    expect(await w.dispatch()).toMatchObject({ job_id: job.job_id, attempt: 0 });
  });

  it('a paused session keeps its queued jobs and their places', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const first = await w.run('enqueue', { session_id });
    await w.run('enqueue', { session_id });
    await w.run('pause', { session_id, reason: 'policy' });
    expect(await w.dispatch()).toBeNull();
    expect(w.jobs(session_id)).toHaveLength(2);
    await w.run('resume', { session_id });
    expect((await w.dispatch())?.job_id).toBe(first.job_id);
  });

  it('INV-SESS-003: two runs of one session run one after the other', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.run('enqueue', { session_id });
    const [first, ...rest] = await w.dispatchAll();
    expect(rest).toEqual([]);
    await w.finish(first!, done);
    expect(await w.dispatchAll()).toHaveLength(1);
  });

  it('D-08: a closed session completes when its last run has ended', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    await w.run('close', { session_id });
    expect(w.session(session_id).state).toBe('ACTIVE');
    await w.finish(job, done);
    expect(w.session(session_id).state).toBe('COMPLETED');
  });

  it('D-08: a session with an announcing child completes only after it', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    const child = await w.child(session_id);
    await w.finish(job, closed);
    expect(w.session(session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'children' });
    await w.play(child, done);
    expect(w.session(session_id).state).toBe('COMPLETED');
  });

  it('an approval puts the job back into the queue', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.play(session_id, { outcome: 'awaiting_user', tool_call_id: 'call-1' });
    expect(w.session(session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'gate' });
    const wrong = await w.decide('approve', { session_id, tool_call_id: 'call-2', by: 'operator' });
    expect(wrong).toMatchObject({ rejected: true, code: 'invalid_request' });
    await w.run('approve', { session_id, tool_call_id: 'call-1', by: 'operator' });
    expect(await w.dispatch()).toMatchObject({ state: 'running' });
  });
});
