// What a session waits for, and whom it counts for, on both sides of each condition.
import { describe, expect, it } from 'vitest';
import { agree, cloudRoot, message, receiptId, retry, revoke, under } from './receipts.ts';
import { begins, ends } from './tool-call.ts';
import { closed, done, world } from './world.ts';

const slow = { scheduler: { backoff_base_ms: 100 } };

describe('a run that failed', () => {
  it('waits for time, then for its turn, and starts no sooner', async () => {
    const w = await world({ scheduler: { ...slow.scheduler, max_concurrent_sessions_global: 1 } });
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.play(session_id, retry);
    expect(await w.run('dispatch', { boot_id: 'test' })).toMatchObject({ job: null, next_at: w.now + 100 });
    expect(w.session(session_id).blocked_on).toBe('retry');
    const other = await w.root();
    await w.run('enqueue', { session_id: other.session_id });
    await w.dispatch();
    w.now += 100;
    expect(await w.dispatch()).toBeNull(); // the other one holds the only permit
    expect(w.session(session_id).blocked_on).toBe('dispatch');
  });

  it('is not looked out for while its session is paused', async () => {
    const w = await world(slow);
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    await w.play(session_id, retry);
    await w.run('pause', { session_id, reason: 'operator' });
    expect(await w.run('dispatch', { boot_id: 'test' })).toMatchObject({ job: null, next_at: null });
  });

  it('that is due first is looked out for first', async () => {
    const w = await world(slow);
    const [late, soon] = [await w.root(), await w.root()];
    await w.run('enqueue', { session_id: late.session_id });
    await w.play(late.session_id, retry);
    w.now += 100;
    await w.play(late.session_id, retry); // due after 200 ms
    await w.run('enqueue', { session_id: soon.session_id });
    await w.play(soon.session_id, retry); // due after 100 ms
    expect(await w.run('dispatch', { boot_id: 'test' })).toMatchObject({ next_at: w.now + 100 });
  });
});

describe('a child', () => {
  it('that ends with itself counts until then, whatever it waits for', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const child = await w.child(session_id);
    await w.play(child, { outcome: 'yield' });
    expect(w.session(child)).toMatchObject({ state: 'BLOCKED', blocked_on: 'input', counts_active: true });
    expect(w.session(session_id)).toMatchObject({ active_children: 1, announcing_children: 1 });
  });

  it('that ends with itself takes no place of a persistent one', async () => {
    const w = await world({ limits: { max_persistent_children: 1 } });
    const { session_id } = await w.root();
    await w.child(session_id);
    expect(await w.spawn(session_id, { spawn_mode: 'SESSION_PERSISTENT' })).toMatchObject({ accepted: true });
    expect(await w.spawn(session_id, { spawn_mode: 'SESSION_PERSISTENT' })).toMatchObject({
      rejection_reason: 'children_cap_reached',
    });
  });
});

it('a session that fails cancels the runs that it still had, and says that the system did', async () => {
  const w = await world();
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  await w.run('enqueue', { session_id });
  await w.play(session_id, { outcome: 'failed', error: 'no disk', retryable: false });
  expect(w.of('FR-EVT-SESS-SCHED-004').map(({ actor, payload }) => [actor, payload])).toMatchObject([
    ['system', { session_id, reason: 'no disk', cancelled_by: 'system' }],
  ]);
});

it('a run that waits for approval is not held by a pause', async () => {
  const w = await world();
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  await w.run('enqueue', { session_id });
  await w.play(session_id, { outcome: 'awaiting_user', tool_call_id: 'a' });
  await w.run('pause', { session_id, reason: 'operator' });
  expect(w.jobs(session_id).map(({ state, held }) => [state, held])).toEqual([
    ['awaiting_user', false],
    ['queued', true],
  ]);
});

it('a relaunch without an approval keeps the name of who approved before', async () => {
  const w = await world();
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  await w.play(session_id, { outcome: 'awaiting_user', tool_call_id: 'a' });
  await w.run('approve', { session_id, tool_call_id: 'a', by: 'ada' });
  for (const approved_by of [undefined, undefined, 'bob']) {
    await w.dispatch();
    await w.recover();
    const by = approved_by === undefined ? {} : { approved_by };
    await w.run('resume', { session_id, ...by });
    expect(w.jobs(session_id)[0]).toMatchObject({ approved_by: approved_by ?? 'ada' });
  }
  expect(w.session(session_id).crash_resumes).toEqual([w.now, w.now]);
});

it('a tool that a run left behind was interrupted, however the run ended', async () => {
  const w = await world();
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  const job = (await w.dispatch())!;
  await w.run('start_tool', begins(job));
  await w.finish(job, closed);
  const spans = w.view().select('span', 'session', session_id);
  expect(spans.map(({ kind, status }) => [kind, status])).toEqual([
    ['model_session', 'completed'],
    ['model_run', 'completed'],
    ['attempt', 'completed'],
    ['tool_call', 'interrupted'],
  ]);
});

it('the record of a tool call names the capability that it was refused for', async () => {
  const w = await world();
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  const job = (await w.dispatch())!;
  await w.run('start_tool', begins(job));
  await w.run('end_tool', { ...ends(w, job, false), capability_id: 'fs.write' });
  expect(w.of('FR-EVT-007')[0]).toMatchObject({ capability_id: 'fs.write' });
});

describe('consent', () => {
  it('that is withdrawn brings the boundary that a pause waited for, though another run is queued', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SESSION_SCOPED', [session_id]);
    await w.run('enqueue', { session_id });
    await w.run('enqueue', { session_id });
    await w.dispatch();
    await w.run('pause', { session_id, reason: 'operator' });
    await revoke(w, 1);
    expect(w.session(session_id)).toMatchObject({ state: 'PAUSED', pause_reason: 'operator' });
  });

  it('for a whole session keeps serving a retry, though mail came and an earlier receipt has begun', async () => {
    const w = await world(slow);
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SESSION_SCOPED', [session_id], { valid_from: new Date(w.now + 50).toISOString() });
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    await w.run('send', { session_id, ...message, external: 'mail' });
    await w.finish(job, retry);
    w.now += 100;
    await w.play(session_id, done);
    expect(under(w)).toEqual([receiptId(2), receiptId(2)]);
  });
});
