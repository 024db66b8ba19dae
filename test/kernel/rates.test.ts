import { describe, expect, it } from 'vitest';
import type { BucketRow } from '../../tools/kernel/rows.ts';
import { type World, world } from './world.ts';

const UNIT = 60_000;
const bucket = (w: World): BucketRow | undefined => w.view().get('bucket', 'local');
const look = (w: World) => w.run('dispatch', { boot_id: 'test' });

async function queued(w: World, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await w.run('enqueue', { session_id: (await w.root()).session_id });
}

describe('D-15: a bucket of requests and one of tokens for each provider', () => {
  it('without a limit nothing is counted', async () => {
    const w = await world();
    await queued(w, 1);
    const { job_id, run_epoch } = (await w.dispatch())!;
    await w.run('usage', { job_id, run_epoch, tokens: 100, cost_usd: null });
    expect(bucket(w)).toBeUndefined();
  });

  it('is full at first, gives one request for each call, and says what it has left', async () => {
    const w = await world({ scheduler: { rate_limit_requests_per_minute: 3 } });
    await queued(w, 2);
    await w.dispatchAll();
    expect(bucket(w)).toEqual({
      provider: 'local',
      requests: UNIT,
      tokens: 0,
      at: w.now,
      denied_until: null,
      attempt: 0,
    });
  });

  it('refills by the millisecond, never above its limit', async () => {
    const w = await world({ scheduler: { rate_limit_requests_per_minute: 3 } });
    await queued(w, 5);
    await w.dispatchAll();
    expect(bucket(w)?.requests).toBe(0);
    w.now += 19_999;
    expect(await look(w)).toEqual({ job: null, session: null, next_at: w.now + 1 });
    w.now += 1;
    expect((await look(w)).job).not.toBeNull();
    expect(bucket(w)).toMatchObject({ requests: 0, at: w.now });
    w.now += 3_600_000;
    expect((await look(w)).job).not.toBeNull();
    expect(bucket(w)?.requests).toBe(2 * UNIT);
  });

  it('the wait is whole milliseconds, rounded up: a look at its end finds what it waited for', async () => {
    const w = await world({ scheduler: { rate_limit_requests_per_minute: 7 } });
    await queued(w, 8);
    await w.dispatchAll();
    const { next_at } = await look(w);
    expect(next_at).toBe(w.now + 8572); // 60,000 / 7 = 8,571.4
    w.now = next_at! - 1;
    expect((await look(w)).job).toBeNull();
    w.now = next_at!;
    expect((await look(w)).job).not.toBeNull();
  });

  it('tokens come out of the bucket as they are used, and a whole one has to be there', async () => {
    const w = await world({ scheduler: { rate_limit_tokens_per_minute: 6 } });
    await queued(w, 3);
    const { job_id, run_epoch } = (await w.dispatch())!;
    await w.run('usage', { job_id, run_epoch, tokens: 5, cost_usd: null });
    expect(bucket(w)).toMatchObject({ requests: -UNIT, tokens: UNIT });
    expect((await look(w)).job).not.toBeNull(); // one token is left, and requests are not limited
    await w.run('usage', { job_id, run_epoch, tokens: 2, cost_usd: null });
    expect(bucket(w)).toMatchObject({ tokens: -UNIT });
    expect(await look(w)).toMatchObject({ job: null, next_at: w.now + 20_000 });
    expect(w.of('FR-EVT-SESS-SCHED-003').at(-1)?.payload.backoff_ms).toBe(20_000);
  });

  it('of two limits the longer wait counts', async () => {
    const scheduler = { rate_limit_requests_per_minute: 2, rate_limit_tokens_per_minute: 2 };
    for (const [tokens, wait] of [
      [2, 30_000],
      [4, 90_000],
    ] as const) {
      const w = await world({ scheduler });
      await queued(w, 3);
      const [first] = await w.dispatchAll();
      await w.run('usage', { ...first!, tokens, cost_usd: null });
      expect(await look(w)).toMatchObject({ job: null, next_at: w.now + wait });
    }
  });

  it('each provider has its own', async () => {
    const w = await world({ scheduler: { rate_limit_requests_per_minute: 1 } });
    await queued(w, 2);
    const { session_id } = await w.root({ model_id: 'other/small' });
    await w.run('enqueue', { session_id });
    expect((await w.dispatchAll()).map((job) => job.provider)).toEqual(['local', 'other']);
  });

  it('FM-25: a clock that steps back neither refills nor takes, and time counts once', async () => {
    const w = await world({ scheduler: { rate_limit_requests_per_minute: 2 } });
    await queued(w, 3);
    await w.dispatchAll();
    const start = w.now;
    w.now = start - 10_000;
    expect(await look(w)).toMatchObject({ job: null, next_at: w.now + 30_000 });
    expect(bucket(w)).toMatchObject({ requests: 0, at: start });
    w.now = start + 29_999;
    expect((await look(w)).job).toBeNull();
    w.now = start + 30_000;
    expect((await look(w)).job).not.toBeNull();
  });
});

describe('INV-SCHED-003: a refusal is on record once for each window', () => {
  it('a window that has ended and still refuses is a further attempt; a call that starts ends the count', async () => {
    const w = await world({
      scheduler: { rate_limit_requests_per_minute: 1, rate_limit_tokens_per_minute: 10 },
    });
    await queued(w, 3);
    const { job_id, run_epoch } = (await w.dispatch())!;
    const told = () =>
      w.of('FR-EVT-SESS-SCHED-003').map(({ payload }) => [payload.backoff_ms, payload.attempt]);
    await look(w);
    await w.run('usage', { job_id, run_epoch, tokens: 30, cost_usd: null });
    w.now += 59_999;
    await look(w);
    expect(told()).toEqual([[60_000, 1]]);
    w.now += 1; // a minute has paid for the request, and not for the tokens
    await look(w);
    expect(told()).toEqual([
      [60_000, 1],
      [66_000, 2],
    ]);
    expect(bucket(w)).toMatchObject({ denied_until: w.now + 66_000, attempt: 2 });
    w.now += 66_000;
    expect((await look(w)).job).not.toBeNull();
    expect(bucket(w)).toMatchObject({ denied_until: null, attempt: 0 });
    await look(w);
    expect(told().at(-1)).toEqual([60_000, 1]);
  });
});
