// What a reviewer would exploit in an implementation of this contract, one test for each hole.
import { describe, expect, it } from 'vitest';
import { closed, done, type World, world } from './world.ts';

const stop = { reason: 'stop', by: 'operator' };
const tick = { max_concurrent_sessions_per_model: 1 };

/** Everything that is stored of a session. */
const stored = (w: World, id: string) => JSON.stringify(w.session(id));

describe('a session that is known is never made again', () => {
  it('H3, E07: ids that repeat bring no ended session back to life', async () => {
    const w = await world();
    const ended = (await w.root({ capability_grants: ['fs.read'] })).session_id;
    await w.run('cancel', { session_id: ended, ...stop });
    const before = stored(w, ended);
    const events = w.log.length;
    w.ids = { uuid7: () => ended };
    expect(
      await w.decide('create_session', {
        input: { ...w.session(ended), capability_grants: ['fs.write'] },
        admitted: null,
      }),
    ).toMatchObject({ code: 'session_exists', message: `there is a session ${ended} already` });
    expect(stored(w, ended)).toBe(before);
    expect(w.log).toHaveLength(events);
  });

  it('H3: a request id whose child has ended gives the child as it is, and nothing more', async () => {
    const w = await world();
    const { session_id } = await w.root({ capability_grants: ['fs.read'] });
    const child = await w.child(session_id, { request_id: 'r' });
    await w.play(child, done);
    const before = stored(w, child);
    const from = w.log.length;
    expect(await w.child(session_id, { request_id: 'r' })).toBe(child);
    expect([stored(w, child), w.log.length]).toEqual([before, from]);
  });

  it('E06: a request id that comes with another body is refused, named, and has its evidence', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.child(session_id, { request_id: 'r' });
    const from = w.log.length;
    const other = await w.spawn(session_id, { request_id: 'r', spawn_mode: 'SESSION_PERSISTENT' });
    expect(other).toEqual({
      accepted: false,
      child_session_id: null,
      rejection_reason: 'invalid_request',
    });
    expect(w.kinds(from)).toEqual(['SESS-SPAWN-001', 'SESS-SPAWN-003']);
    expect(w.session(session_id).active_children).toBe(1);
  });
});

describe('caps', () => {
  it('E05: sessions that exist are no running calls; a limit on them exists only where a workspace sets one', async () => {
    const w = await world({ scheduler: { max_concurrent_sessions_global: 8 } });
    for (let n = 0; n < 9; n += 1) await w.run('enqueue', { session_id: (await w.root()).session_id });
    expect(await w.dispatchAll()).toHaveLength(8);
    const root = (await w.root()).session_id;
    expect(await w.spawn(root)).toMatchObject({ accepted: true }); // queued, not dropped (INV-SCHED-002)
    w.rules.limits.max_live_sessions = 11;
    expect(await w.spawn(root)).toMatchObject({ rejection_reason: 'total_sessions_cap_reached' });
    w.rules.limits.max_live_sessions = 12;
    expect(await w.spawn(root)).toMatchObject({ accepted: true });
  });
});

describe('a parent that has ended', () => {
  it.each(['COMPLETED', 'FAILED', 'CANCELLED'] as const)('E10, H5: %s, spawns nothing', async (state) => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    if (state === 'CANCELLED') await w.run('cancel', { session_id, ...stop });
    if (state === 'COMPLETED') await w.play(session_id, closed);
    if (state === 'FAILED') await w.play(session_id, { outcome: 'failed', error: 'x', retryable: false });
    expect(w.session(session_id).state).toBe(state);
    expect(await w.spawn(session_id)).toMatchObject({ rejection_reason: 'requester_terminal' });
    expect(w.view().select('session', 'parent', session_id)).toEqual([]);
  });

  it('H11: the request is on record before the answer, whatever the answer is', async () => {
    const w = await world({ limits: { max_spawn_depth: 0 } });
    const { session_id } = await w.root();
    const from = w.log.length;
    await w.spawn(session_id);
    expect(w.kinds(from)).toEqual(['SESS-SPAWN-001', 'SESS-SPAWN-003']);
  });

  it('H14: a rejected spawn leaves no job that could hold up the queue', async () => {
    const w = await world({ limits: { max_active_children_per_session: 0 } });
    const { session_id } = await w.root();
    await w.spawn(session_id);
    expect(w.view().distinct('job', 'ready')).toEqual([]);
    const other = (await w.root()).session_id;
    await w.run('enqueue', { session_id: other });
    expect((await w.dispatch())?.session_id).toBe(other);
  });
});

describe('cascades', () => {
  it('H8: a child without a live job is cancelled like the others', async () => {
    const w = await world();
    const root = (await w.root()).session_id;
    const idle = await w.child(root, { spawn_mode: 'SESSION_PERSISTENT', announce_back: false });
    await w.play(idle, done);
    expect(w.jobs(idle)).toEqual([]);
    expect((await w.run('cancel', { session_id: root, ...stop })).cancelled_session_ids).toEqual([
      root,
      idle,
    ]);
    expect(w.session(idle).state).toBe('CANCELLED');
  });

  it('H9: without descendants there is a cascade event, too', async () => {
    const w = await world();
    const root = (await w.root()).session_id;
    await w.run('cancel', { session_id: root, ...stop });
    expect(w.of('FR-EVT-SESS-SPAWN-005').map(({ payload }) => payload)).toEqual([
      { root_session_id: root, cancelled_session_ids: [root], reason: 'stop' },
    ]);
  });

  it('FM-10: a child that was cancelled is not resumed, by its parent or by anybody', async () => {
    const w = await world();
    const root = (await w.root()).session_id;
    const child = await w.child(root);
    await w.run('cancel', { session_id: child, ...stop });
    for (const attempt of [
      w.decide('resume', { session_id: child }),
      w.decide('enqueue', { session_id: child }),
      w.decide('pause', { session_id: child, reason: 'operator' }),
      w.decide('close', { session_id: child }),
    ])
      expect(await attempt).toMatchObject({ code: 'session_terminal' });
    expect(await w.spawn(child)).toMatchObject({ rejection_reason: 'requester_terminal' });
    expect(w.session(child).state).toBe('CANCELLED');
  });

  it('FM-33: of a tree whose members spawn until they are stopped nothing lives on', async () => {
    const w = await world({ limits: { max_active_children_per_session: 3 } });
    const root = (await w.root()).session_id;
    const open = [root];
    for (let n = 0; n < 12; n += 1) {
      const { child_session_id } = await w.spawn(open[n % open.length]!);
      if (child_session_id) open.push(child_session_id);
    }
    const before = w.spawn(open[4]!); // asked first, so it is part of what is cancelled
    const record = await w.run('cancel', { session_id: root, ...stop });
    open.push((await before).child_session_id!);
    const late = await Promise.all(open.map((id) => w.spawn(id)));
    expect(new Set(late.map((answer) => answer.rejection_reason))).toEqual(new Set(['requester_terminal']));
    expect(w.view().select('session', 'live', 'live')).toEqual([]);
    expect([...record.cancelled_session_ids].sort()).toEqual([...open].sort());
  });
});

describe('lanes, retries, attempts', () => {
  it('H15, E22: fifty runs of other lanes, a head that its model holds up and a rejected spawn delay no PRIMARY run', async () => {
    const w = await world({
      scheduler: tick,
      limits: { max_active_children_per_session: 60 },
    });
    const busy = (await w.root({ model_id: 'local/large' })).session_id;
    for (let n = 0; n < 50; n += 1) await w.child(busy, { announce_back: false });
    expect(await w.dispatchAll()).toHaveLength(1); // the model is full; 49 wait behind it
    expect(await w.spawn(busy, { child_role: '' })).toMatchObject({ accepted: false });
    const primary = (await w.root({ model_id: 'other/model' })).session_id;
    await w.run('enqueue', { session_id: primary });
    expect((await w.dispatch())?.session_id).toBe(primary);
    expect(
      w
        .view()
        .select('session', 'parent', busy)
        .filter(({ terminal }) => terminal === null),
    ).toHaveLength(50);
  });

  it('H15: what the request says of retries happens, and the attempt counts', async () => {
    const w = await world({ scheduler: { backoff_base_ms: 100 } });
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id, max_retries: 2, retry_backoff: 'FIXED' });
    const attempts: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const job = (await w.dispatch())!;
      attempts.push(job.attempt);
      await w.finish(job, { outcome: 'failed', error: 'x', retryable: true });
      w.now += 100;
    }
    expect(attempts).toEqual([0, 1, 2]);
    expect(w.session(session_id).state).toBe('FAILED');
  });

  it('FM-26: a cancel and the last failure: whichever comes first decides, and the other changes nothing', async () => {
    for (const first of ['cancel', 'fail'] as const) {
      const w = await world();
      const { session_id } = await w.root();
      await w.run('enqueue', { session_id, max_retries: 0 });
      const job = (await w.dispatch())!;
      const fail = () => w.finish(job, { outcome: 'failed', error: 'x', retryable: true });
      const cancel = () => w.run('cancel', { session_id, ...stop });
      await (first === 'cancel' ? cancel() : fail());
      const state = first === 'cancel' ? 'CANCELLED' : 'FAILED';
      expect(w.session(session_id).state).toBe(state);
      if (first === 'cancel') expect(await fail()).toEqual({ fenced: true });
      else
        expect(await cancel()).toMatchObject({
          cancelled_session_ids: [],
          skipped_session_ids: [session_id],
        });
      expect(w.session(session_id).state).toBe(state);
      expect(w.view().select('call', 'running', 'running')).toEqual([]);
    }
  });

  it('FM-26: a cancel while a retry waits for its backoff stops the retry', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.play(session_id, { outcome: 'failed', error: 'x', retryable: true });
    expect(w.session(session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'retry' });
    await w.run('cancel', { session_id, ...stop });
    w.now += 1e9;
    expect(await w.dispatch()).toBeNull();
  });
});
