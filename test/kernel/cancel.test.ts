import { describe, expect, it } from 'vitest';
import { done, type World, world } from './world.ts';

/** P with A (A1, A2) and B; A2 has ended. */
async function family(w: World) {
  const p = (await w.root()).session_id;
  const a = await w.child(p);
  const b = await w.child(p);
  const a1 = await w.child(a);
  const a2 = await w.child(a, { announce_back: false });
  await w.play(a2, done);
  return { p, a, b, a1, a2 };
}

const stop = { reason: 'wrong branch', by: 'operator' };

describe('4.3.9.15: cascade cancel', () => {
  it('INV-SPAWN-004, D-34, E16: pre-order, root first, ended sessions passed through', async () => {
    const w = await world();
    const { p, a, b, a1, a2 } = await family(w);
    const record = await w.run('cancel', { session_id: p, ...stop });
    expect(record).toMatchObject({
      root_session_id: p,
      cancelled_session_ids: [p, a, a1, b],
      skipped_session_ids: [a2],
      ...{ reason: 'wrong branch', cancelled_by: 'operator' },
    });
    for (const id of [p, a, a1, b]) {
      expect(w.session(id).state).toBe('CANCELLED');
      expect(w.view().select('span', 'open', id)).toEqual([]);
      expect(w.jobs(id)).toEqual([]);
    }
    expect(w.session(a2).state).toBe('COMPLETED');
  });

  it('D-34: for each session SCHED-004 before SESS-002, the cascade event last', async () => {
    const w = await world();
    const { p } = await family(w);
    const from = w.log.length;
    await w.run('cancel', { session_id: p, ...stop });
    expect(w.kinds(from)).toEqual([
      'SESS-002',
      ...['SESS-SCHED-004', 'SESS-002'],
      ...['SESS-SCHED-004', 'SESS-002'],
      ...['SESS-SCHED-004', 'SESS-002'],
      'SESS-SPAWN-005',
    ]);
  });

  it('FM-07: a known operation id gives its record; another cancel changes nothing and is on record', async () => {
    const w = await world();
    const { p } = await family(w);
    const first = await w.run('cancel', { session_id: p, ...stop, op_id: 'op-1' });
    const from = w.log.length;
    expect(await w.run('cancel', { session_id: p, ...stop, op_id: 'op-1' })).toEqual(first);
    expect(w.kinds(from)).toEqual([]);
    expect(await w.run('cancel', { session_id: p, ...stop })).toMatchObject({ cancelled_session_ids: [] });
    expect(w.kinds(from)).toEqual(['SESS-SPAWN-005']);
  });

  it('FM-07: an operation id of another session is refused; a false success would leave a tree running', async () => {
    const w = await world();
    const { p } = await family(w);
    const { session_id: other } = await w.root();
    await w.run('cancel', { session_id: p, ...stop, op_id: 'op-1' });
    const from = w.log.length;
    expect(await w.decide('cancel', { session_id: other, ...stop, op_id: 'op-1' })).toMatchObject({
      code: 'invalid_request',
      message: `op_id op-1 cancelled session ${p}, expected session ${other}`,
    });
    expect(w.log).toHaveLength(from);
    expect(w.session(other).state).toBe('CREATED');
  });

  it('FM-07: child then root, root then child', async () => {
    const w = await world();
    const { p, a, a1, b } = await family(w);
    expect(await w.run('cancel', { session_id: a, ...stop })).toMatchObject({
      cancelled_session_ids: [a, a1],
    });
    expect(await w.run('cancel', { session_id: p, ...stop })).toMatchObject({
      cancelled_session_ids: [p, b],
    });
    expect(await w.run('cancel', { session_id: a1, ...stop })).toMatchObject({ cancelled_session_ids: [] });
  });

  it('FM-08: created, queued, running, paused and blocked sessions are all cancelled', async () => {
    const w = await world();
    const { session_id: p } = await w.root();
    await w.run('enqueue', { session_id: p });
    await w.play(p, { outcome: 'yield' });
    const running = await w.child(p);
    await w.dispatch();
    const paused = await w.child(p);
    await w.run('pause', { session_id: paused, reason: 'operator' });
    const blocked = await w.child(p);
    await w.play(blocked, { outcome: 'awaiting_user', tool_call_id: 'x' });
    const queued = await w.child(p);
    expect([running, paused, blocked, queued].map((id) => w.session(id).state)).toEqual([
      'ACTIVE',
      'PAUSED',
      'BLOCKED',
      'CREATED',
    ]);
    expect((await w.run('cancel', { session_id: p, ...stop })).cancelled_session_ids).toEqual([
      p,
      running,
      paused,
      blocked,
      queued,
    ]);
  });

  it('FM-09, INV-SCHED-004, E17: a completion after the cancel is dropped, its cost is kept, CANCELLED stays', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    const decision = await w.full('cancel', { session_id, ...stop });
    expect(decision.effects).toEqual([
      { kind: 'abort', job_id: job.job_id, session_id, reason: 'wrong branch' },
    ]);
    expect(w.view().select('call', 'running', 'running')).toHaveLength(1);
    await w.run('usage', { job_id: job.job_id, run_epoch: job.run_epoch, tokens: 70, cost_usd: 0.5 });
    expect(await w.finish(job, done)).toEqual({ fenced: true });
    expect(w.session(session_id)).toMatchObject({
      state: 'CANCELLED',
      total_tokens: 70,
      total_cost_usd: 0.5,
    });
    expect(w.view().select('call', 'running', 'running')).toEqual([]);
    expect(w.of('FR-EVT-SESS-003')).toEqual([]);
  });

  it('D-31: a failed parent takes its descendants with it', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    const child = await w.child(session_id);
    await w.finish(job, { outcome: 'failed', error: 'broken', retryable: false });
    expect(w.session(session_id).state).toBe('FAILED');
    expect(w.session(child).state).toBe('CANCELLED');
    expect(w.of('FR-EVT-SESS-SPAWN-005')[0]?.payload).toMatchObject({
      reason: 'parent_failed',
      cancelled_session_ids: [child],
    });
  });

  it('D-27, FM-05, E18: a spawn before the cancel is cancelled, one after it is refused', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const answers = await Promise.all([
      w.spawn(session_id),
      w.run('cancel', { session_id, ...stop }),
      w.spawn(session_id),
    ]);
    expect(answers[0]).toMatchObject({ accepted: true });
    expect(answers[1].cancelled_session_ids).toEqual([session_id, answers[0].child_session_id]);
    expect(answers[2]).toMatchObject({ rejection_reason: 'requester_terminal' });
    expect(w.session(answers[0].child_session_id!).state).toBe('CANCELLED');
  });
});
