import { describe, expect, it } from 'vitest';
import type { ModelRunJobLane } from '../../tools/generated/index.ts';
import { backoff } from '../../tools/kernel/index.ts';
import { done, type World, world } from './world.ts';

const spec = {
  max_concurrent_sessions_global: 8,
  max_concurrent_sessions_per_provider: 4,
  max_concurrent_sessions_per_model: 2,
};

/** A root session with one queued run. */
async function ready(w: World, lane: ModelRunJobLane, model_id = 'local/large'): Promise<string> {
  const { session_id } = await w.root({ model_id });
  await w.run('enqueue', { session_id, lane });
  return session_id;
}

const running = (w: World) => w.view().select('call', 'running', 'running');

describe('4.3.9.13: limits count running calls', () => {
  it('INV-SCHED-002: what meets a full limit is queued, never dropped', async () => {
    const w = await world({ scheduler: spec });
    const sessions: string[] = [];
    for (let n = 0; n < 20; n += 1) sessions.push(await ready(w, 'PRIMARY', `p${n % 5}/m${n % 10}`));
    expect(await w.dispatchAll()).toHaveLength(8);
    // What got no place is shown as queued, and so it is on record.
    expect(sessions.filter((id) => w.jobs(id)[0]?.state === 'queued')).toHaveLength(12);
    let ended = 0;
    for (;;) {
      const [call] = running(w);
      if (!call) break;
      await w.finish(call, done);
      ended += 1;
      await w.dispatchAll();
      expect(running(w).length).toBeLessThanOrEqual(8);
    }
    expect(ended).toBe(20);
    expect(w.of('FR-EVT-SESS-SCHED-001')).toHaveLength(20);
  });

  it('D-11: two calls for one model, four for one provider', async () => {
    const w = await world({ scheduler: spec });
    for (let n = 0; n < 5; n += 1) await ready(w, 'PRIMARY', 'a/one');
    expect(await w.dispatchAll()).toHaveLength(2);
    for (let n = 0; n < 5; n += 1) await ready(w, 'PRIMARY', `a/other${n}`);
    expect(await w.dispatchAll()).toHaveLength(2);
  });

  it('D-10: a group is counted beside the provider and never in its place', async () => {
    const w = await world({ scheduler: { ...spec, max_concurrent_sessions_per_provider: 1 } });
    for (const model_id of ['a/x', 'b/y', 'c/z']) {
      const { session_id } = await w.root({ model_id });
      await w.run('enqueue', { session_id, concurrency_group: model_id === 'c/z' ? null : 'shared' });
    }
    expect((await w.dispatchAll()).map((job) => job.model_id).sort()).toEqual(['a/x', 'c/z']);
  });

  it('FM-18: a full provider holds up nobody else, and its waiting is no rate limit', async () => {
    const w = await world({ scheduler: spec });
    for (let n = 0; n < 50; n += 1) await ready(w, 'PRIMARY', 'busy/one');
    const other = await ready(w, 'BACKGROUND', 'free/one');
    const started = await w.dispatchAll();
    expect(started.map((job) => job.session_id)).toContain(other);
    expect(w.of('FR-EVT-SESS-SCHED-003')).toEqual([]);
  });

  it('INV-SCHED-005: one global permit waits for PRIMARY', async () => {
    const w = await world({ scheduler: spec });
    for (let n = 0; n < 20; n += 1) await ready(w, 'BACKGROUND', `p${n}/m`);
    expect(await w.dispatchAll()).toHaveLength(7);
    const primary = await ready(w, 'PRIMARY', 'q/m');
    expect((await w.dispatch())?.session_id).toBe(primary);
  });

  it('inside a sub-queue the lower priority number goes first, then the earlier run', async () => {
    const w = await world();
    const order: string[] = [];
    for (const priority of [50, 10, 50, 0]) {
      const { session_id } = await w.root();
      order.push(session_id);
      await w.run('enqueue', { session_id, priority });
    }
    expect((await w.dispatchAll()).map((job) => order.indexOf(job.session_id))).toEqual([3, 1, 0, 2]);
  });
});

describe('4.3.9.13: rates', () => {
  it('INV-SCHED-003, D-15: a token bucket refuses once per window and says for how long', async () => {
    const w = await world({ scheduler: { rate_limit_requests_per_minute: 6 } });
    for (let n = 0; n < 8; n += 1) await ready(w, 'PRIMARY');
    expect(await w.dispatchAll()).toHaveLength(6);
    await w.dispatch();
    await w.dispatch();
    expect(w.of('FR-EVT-SESS-SCHED-003').map((event) => event.payload)).toMatchObject([
      { provider: 'local', backoff_ms: 10_000, attempt: 1 },
    ]);
    w.now += 9_999;
    expect(await w.dispatch()).toBeNull();
    w.now += 1;
    expect(await w.dispatchAll()).toHaveLength(1);
    expect(w.of('FR-EVT-SESS-SCHED-003')).toHaveLength(2);
  });

  it('tokens are paid afterwards, and debt refuses until it is paid', async () => {
    const w = await world({ scheduler: { rate_limit_tokens_per_minute: 600 } });
    const session_id = await ready(w, 'PRIMARY');
    const job = (await w.dispatch())!;
    await w.run('usage', { job_id: job.job_id, run_epoch: job.run_epoch, tokens: 1200, cost_usd: null });
    await w.finish(job, done);
    await w.run('enqueue', { session_id });
    expect(await w.run('dispatch', { boot_id: 'test' })).toMatchObject({
      job: null,
      next_at: w.now + 60_100,
    });
    w.now += 60_100;
    expect(await w.dispatch()).toMatchObject({ session_id });
  });

  it('FM-25: a clock that steps back refills nothing', async () => {
    const w = await world({ scheduler: { rate_limit_requests_per_minute: 1 } });
    for (let n = 0; n < 3; n += 1) await ready(w, 'PRIMARY');
    expect(await w.dispatchAll()).toHaveLength(1);
    w.now -= 3_600_000;
    expect(await w.dispatchAll()).toHaveLength(0);
    w.now += 3_600_000;
    expect(await w.dispatchAll()).toHaveLength(0);
  });
});

describe('2.6.6.3: retries and deadlines', () => {
  it.each([
    ['EXPONENTIAL', [1_000, 2_000, 4_000, 8_000, 60_000]],
    ['FIXED', [1_000, 1_000, 1_000, 1_000, 1_000]],
  ] as const)('%s backoff', async (retry_backoff, waits) => {
    const { Draft } = await import('../../tools/kernel/draft.ts');
    const w = await world();
    const draft = new Draft(w.view(), w.rules, w.now, { uuid7: () => '' });
    expect([1, 2, 3, 4, 9].map((attempt) => backoff(draft, { attempt, retry_backoff }))).toEqual(waits);
  });

  it('D-09: max_retries retries, each counted, each after its backoff; then FAILED', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id, max_retries: 2 });
    const failed = { outcome: 'failed' as const, error: 'provider down', retryable: true };
    const attempts = [];
    for (;;) {
      const job = await w.dispatch();
      if (!job) {
        const { next_at } = await w.run('dispatch', { boot_id: 'test' });
        expect(w.session(session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'retry' });
        w.now = next_at!;
        continue;
      }
      attempts.push(job.attempt);
      await w.finish(job, failed);
      if (w.session(session_id).terminal) break;
    }
    expect(attempts).toEqual([0, 1, 2]);
    expect(w.session(session_id).state).toBe('FAILED');
    expect(
      w
        .view()
        .select('span', 'session', session_id)
        .map((span) => span.kind),
    ).toEqual(['model_session', 'model_run', 'attempt', 'attempt', 'attempt']);
  });

  it('a run that waited past its deadline fails and takes nothing with it', async () => {
    const w = await world({ scheduler: { max_concurrent_sessions_per_model: 1 } });
    const first = await ready(w, 'PRIMARY');
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id, deadline_ms: 1000 });
    const job = (await w.dispatch())!;
    w.now += 1000;
    await w.finish(job, done);
    expect(await w.dispatch()).toBeNull();
    expect(w.session(session_id).state).toBe('FAILED');
    expect(w.session(first).state).toBe('BLOCKED');
  });

  it('INV-CONSENT-001: a cloud run without receipt does not start', async () => {
    const w = await world();
    const { session_id } = await w.root({ backend: 'cloud' });
    await w.run('enqueue', { session_id });
    expect(await w.dispatch()).toBeNull();
    expect(w.session(session_id)).toMatchObject({ state: 'BLOCKED', blocked_on: 'consent' });
    expect(w.of('FR-EVT-SESS-002')[0]?.payload.reason).toBe('consent');
  });
});

describe('4.3.9.18.3: budgets', () => {
  it('D-39: one warning at 80 % and one at 100 %, each once', async () => {
    const w = await world({ budgets: { session_tokens: 1000, session_cost_usd: 1 } });
    const session_id = await ready(w, 'PRIMARY');
    const job = (await w.dispatch())!;
    for (const tokens of [799, 1, 100, 100, 500]) {
      await w.run('usage', { job_id: job.job_id, run_epoch: job.run_epoch, tokens, cost_usd: null });
    }
    expect(w.of('FR-EVT-SESS-005').map((event) => event.payload)).toEqual([
      { session_id, budget_type: 'session_tokens', current_value: 800, threshold_value: 800 },
      { session_id, budget_type: 'session_tokens', current_value: 1000, threshold_value: 1000 },
    ]);
    expect(w.session(session_id).total_cost_usd).toBeNull();
  });

  it('F07: one report may pass both thresholds, and a packet has its own', async () => {
    const w = await world({ budgets: { wp_cost_usd: 2 } });
    const ids = [];
    for (let n = 0; n < 2; n += 1) {
      const { session_id } = await w.root({ wp_id: 'WP-1-Demo-v1' });
      ids.push(session_id);
      await w.run('enqueue', { session_id });
    }
    for (const job of await w.dispatchAll()) {
      await w.run('usage', { job_id: job.job_id, run_epoch: job.run_epoch, tokens: 1, cost_usd: 1 });
    }
    expect(
      w.of('FR-EVT-SESS-005').map((event) => [event.model_session_id, event.payload.threshold_value]),
    ).toEqual([
      [ids[1], 1.6],
      [ids[1], 2],
    ]);
  });

  it('D-39: where policy wants it, 100 % pauses the session at its boundary', async () => {
    const w = await world({ budgets: { session_tokens: 10, pause: true } });
    const session_id = await ready(w, 'PRIMARY');
    const job = (await w.dispatch())!;
    const key = { job_id: job.job_id, run_epoch: job.run_epoch };
    expect(await w.run('usage', { ...key, tokens: 10, cost_usd: null })).toMatchObject({ pause: true });
    await w.finish(job, { outcome: 'interrupted' });
    expect(w.session(session_id)).toMatchObject({ state: 'PAUSED', pause_reason: 'budget' });
  });
});
