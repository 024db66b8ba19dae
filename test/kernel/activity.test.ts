import { expect, it } from 'vitest';
import { declared, done, type World, world } from './world.ts';

const hash = 'e'.repeat(64);
const content = { content_hash: hash, content_artifact_id: `sha256:${hash}` };

async function running(w: World) {
  const { session_id: parent } = await w.root();
  await w.run('enqueue', { session_id: parent });
  await w.play(parent, { outcome: 'yield' });
  const child = await w.child(parent, { spawn_mode: 'SESSION_PERSISTENT' });
  const job = (await w.dispatch())!;
  return { parent, child, key: { job_id: job.job_id, run_epoch: job.run_epoch } };
}

const clock = (w: World): string => new Date(w.now).toISOString();

it('D-30: last activity is what a session did itself: it starts, speaks, calls, pays, reports and ends', async () => {
  const w = await world();
  const { child, key } = await running(w);
  expect(w.session(child)).toMatchObject({ runs: 1, last_activity_at: clock(w) });
  const tool_call_id = '00000000-0000-7000-8000-000000000001';
  const acts = [
    () => w.run('say', { ...key, message: { role: 'ASSISTANT', ...content } }),
    () => w.run('usage', { ...key, tokens: 1, cost_usd: null }),
    () =>
      w.run('start_tool', {
        ...key,
        tool_call_id,
        capability_ids: [],
        message: { role: 'TOOL_CALL', ...content, tool_call_id },
        call: declared(),
      }),
    () => w.run('resume_call', key),
    () => w.run('progress', { ...key, text: 'half done', part: 0, count: 1 }),
    () => w.run('read_thread', { ...key, session_id: child }),
    () => w.run('finish_run', { ...key, result: { outcome: 'yield' } }),
  ];
  for (const act of acts) {
    w.now += 1000;
    await act();
    expect(w.session(child).last_activity_at).toBe(clock(w));
  }
});

it('D-30: what is done to a session is no activity of its own, and neither is a result that comes too late', async () => {
  const w = await world();
  const { parent, child, key } = await running(w);
  const { last_activity_at } = w.session(child);
  const parents = w.session(parent).last_activity_at;
  w.now += 1000;
  await w.run('pause', { session_id: child, reason: 'operator' });
  await w.run('send', { session_id: child, ...content, external: 'ada' });
  await w.run('recover', { boot_id: 'next' });
  await w.run('usage', { ...key, tokens: 5, cost_usd: null });
  await w.run('cancel', { session_id: child, reason: 'enough', by: 'ada' });
  expect(w.session(child)).toMatchObject({ last_activity_at, total_tokens: 5, state: 'CANCELLED' });
  expect(w.session(parent)).toMatchObject({ last_activity_at: parents, inbox_seq: 2 });
});

it('FM-25: a clock that steps back takes no activity back', async () => {
  const w = await world();
  const { child, key } = await running(w);
  w.now += 5000;
  await w.run('usage', { ...key, tokens: 1, cost_usd: null });
  const latest = clock(w);
  w.now -= 4000;
  await w.run('usage', { ...key, tokens: 1, cost_usd: null });
  expect(w.session(child).last_activity_at).toBe(latest);
});

it('D-30: every dispatch is a run, a retry as well as one that goes on after a pause', async () => {
  const w = await world();
  const { child, key } = await running(w);
  await w.finish(key, { outcome: 'failed', error: 'no answer', retryable: true });
  w.now += 60_000;
  const second = (await w.dispatch())!;
  expect(w.session(child).runs).toBe(2);
  await w.finish(second, { outcome: 'interrupted' });
  await w.finish((await w.dispatch())!, done);
  expect(w.session(child).runs).toBe(3);
});

it('D-30: an announcement leaves its time, a notice none', async () => {
  const w = await world();
  const { child, key } = await running(w);
  w.now += 1000;
  await w.run('progress', { ...key, text: 'half done', part: 0, count: 1 });
  expect(w.session(child)).toMatchObject({ announce_seq: 0, announced_at: null });
  await w.finish(key, done);
  expect(w.session(child)).toMatchObject({ announce_seq: 1, announced_at: clock(w) });
});
