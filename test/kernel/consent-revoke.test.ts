import { describe, expect, it } from 'vitest';
import { verifyLog } from '../../tools/recorder/index.ts';
import { canonicalJson, sha256 } from '../../tools/text/index.ts';
import {
  agree,
  at,
  cloudRoot,
  message,
  missing,
  noon,
  plan,
  receipt,
  receiptId,
  retry,
  revoke,
  say,
  state,
  under,
} from './receipts.ts';
import { closed, done, type World, world } from './world.ts';

/** A cloud session that works under receipt 1, with a run in the queue. */
const queued = async (options: Parameters<World['run']>[1] | object = {}) => {
  const w = await world();
  const session_id = await cloudRoot(w);
  await agree(w, 1, 'SESSION_SCOPED', [session_id]);
  const { job_id } = await w.run('enqueue', { session_id, ...options });
  return { w, session_id, job_id };
};

const running = async (options: object = {}) => {
  const given = await queued(options);
  const job = (await given.w.dispatch())!;
  return { ...given, job };
};

/** What came after a place in the log, in short: the event, the receipt it names, its reason. */
const since = (w: World, from: number) =>
  w.log.slice(from).map((event) => {
    const { reason } = event.payload as { reason?: string };
    return [event.fr_event_id.replace('FR-EVT-SESS-', ''), event.policy_decision_id, reason];
  });

const jobOf = (w: World, id: string) => w.view().get('job', id)!;

describe('INV-CONSENT-003: a receipt that is revoked', () => {
  it('D-16, D-51: cancels a queued run, and its session is BLOCKED(consent), not CANCELLED', async () => {
    const { w, session_id, job_id } = await queued();
    const from = w.log.length;
    w.now += 7;
    const { effects, artifacts } = await revoke(w, 1);
    expect(effects).toEqual([]);
    expect(jobOf(w, job_id)).toMatchObject({ state: 'cancelled', error: 'consent_revoked' });
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
    expect(since(w, from)).toEqual([
      ['SCHED-004', receiptId(1), 'consent_revoked'],
      ['002', receiptId(1), 'consent'],
    ]);
    expect(w.log.slice(from).map((event) => event.actor)).toEqual(['human', 'human']);
    expect(w.of('FR-EVT-SESS-SCHED-004')[0]?.payload.cancelled_by).toBe('ilja');
    const text = canonicalJson(receipt(1, 'SESSION_SCOPED', [session_id], { revoked_at: at(7) }));
    expect(artifacts).toEqual([{ artifact_id: `sha256:${sha256(text)}`, text }]);
    expect(w.view().get('receipt', receiptId(1))).toMatchObject({
      revoked_at: at(7),
      revoked_by: 'ilja',
      revocation_artifact_id: artifacts[0]?.artifact_id,
    });
    expect(await w.dispatch()).toBeNull();
    expect(verifyLog(w.log)).toEqual([]);
  });

  it('stops a running call, which keeps its permit until it has ended and then comes too late', async () => {
    const { w, session_id, job } = await running();
    const from = w.log.length;
    const { effects } = await revoke(w, 1, 'system:policy');
    expect(effects).toEqual([{ kind: 'abort', job_id: job.job_id, session_id, reason: 'consent_revoked' }]);
    expect(since(w, from)).toEqual([
      ['SCHED-004', receiptId(1), 'consent_revoked'],
      ['002', receiptId(1), 'consent'],
    ]);
    expect(w.log.at(-1)).toMatchObject({
      actor: 'system',
      payload: { from_state: 'ACTIVE', to_state: 'BLOCKED' },
    });
    expect(w.session(session_id)).toMatchObject({ consent_receipt_id: null, projection_plan_id: null });
    expect(w.view().select('call', 'running', 'running')).toHaveLength(1);
    expect(await w.finish(job, closed)).toEqual({ fenced: true });
    expect(w.view().select('call', 'running', 'running')).toEqual([]);
    expect(jobOf(w, job.job_id).state).toBe('cancelled');
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
    expect(w.view().select('span', 'open', session_id)).toMatchObject([{ kind: 'model_session' }]);
  });

  it('stops a run that is in a tool', async () => {
    const { w, session_id, job } = await running();
    const call = { role: 'TOOL_CALL' as const, ...message };
    await w.run('start_tool', { ...job, tool_call_id: 't', capability_ids: [], message: call });
    expect((await revoke(w, 1)).effects).toHaveLength(1);
    expect(await w.run('resume_call', job)).toMatchObject({ fenced: true, granted: false });
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  it('cancels what had run before: one event for the job, none for a state that stays BLOCKED', async () => {
    const { w, session_id, job } = await running();
    await w.finish(job, done);
    await w.run('enqueue', { session_id });
    expect(state(w, session_id)).toBe('BLOCKED(dispatch)');
    const from = w.log.length;
    await revoke(w, 1);
    expect(since(w, from)).toEqual([['SCHED-004', receiptId(1), 'consent_revoked']]);
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  it.each([
    ['waits for its retry', retry],
    ['waits for approval', { outcome: 'awaiting_user', tool_call_id: 't' }],
    ['was interrupted', { outcome: 'interrupted' }],
  ] as const)('cancels a run that %s', async (_, result) => {
    const { w, session_id, job } = await running({ max_retries: 1 });
    await w.finish(job, result);
    await revoke(w, 1);
    expect(jobOf(w, job.job_id).state).toBe('cancelled');
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  it('cancels a run that was stalled by a crash; the session stays PAUSED and says why when it resumes', async () => {
    const { w, session_id, job } = await running();
    await w.run('recover', { boot_id: 'another' });
    const from = w.log.length;
    await revoke(w, 1);
    expect(jobOf(w, job.job_id).state).toBe('cancelled');
    expect(w.session(session_id)).toMatchObject({ state: 'PAUSED', pause_reason: 'crash_recovery' });
    await w.run('resume', { session_id });
    expect(since(w, from)).toEqual([
      ['SCHED-004', receiptId(1), 'consent_revoked'],
      ['002', undefined, 'consent'],
    ]);
  });

  it('D-07: a pause that was asked for takes effect with it', async () => {
    const { w, session_id } = await running();
    await w.run('pause', { session_id, reason: 'operator' });
    await revoke(w, 1);
    expect(w.session(session_id)).toMatchObject({
      state: 'PAUSED',
      pause_reason: 'operator',
      pause_requested: null,
    });
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    expect(await w.dispatch()).toBeNull();
    await w.run('resume', { session_id });
    expect((await w.dispatch())?.session_id).toBe(session_id);
  });

  it('keeps a pause of a session that runs nothing', async () => {
    const { w, session_id } = await queued();
    await w.run('pause', { session_id, reason: 'operator' });
    await revoke(w, 1);
    expect(w.session(session_id)).toMatchObject({ state: 'PAUSED', pause_reason: 'operator' });
  });

  it('leaves an idle session as it is, which is asked again when it has something to do', async () => {
    const { w, session_id, job } = await running();
    await w.finish(job, done);
    const from = w.log.length;
    await revoke(w, 1);
    expect(w.log).toHaveLength(from);
    expect(state(w, session_id)).toBe('BLOCKED(input)');
    expect(w.session(session_id)).toMatchObject({ consent_receipt_id: null, projection_plan_id: null });
    expect(await w.run('enqueue', { session_id })).toMatchObject({ refusal: missing });
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  it('leaves alone a session that has ended, one that is local, and one that it does not cover', async () => {
    const w = await world();
    const [ended, other] = [await cloudRoot(w), await cloudRoot(w)];
    const local = (await w.root()).session_id;
    await agree(w, 1, 'BROADCAST_SCOPED', [ended, local]);
    await agree(w, 2, 'SESSION_SCOPED', [other]);
    for (const session_id of [ended, local, other]) await w.run('enqueue', { session_id });
    await w.play(ended, closed);
    const before = [ended, local, other].map((id) => [w.session(id).state, w.session(id).running_job_id]);
    const from = w.log.length;
    const { changes } = await revoke(w, 1);
    expect(w.log).toHaveLength(from);
    expect(changes.map(({ table, key }) => `${table} ${key}`)).toEqual([
      `receipt ${receiptId(1)}`,
      `session ${ended}`,
    ]);
    expect([ended, local, other].map((id) => [w.session(id).state, w.session(id).running_job_id])).toEqual(
      before,
    );
  });

  it('reaches every session of a packet, in the order of their creation', async () => {
    const w = await world();
    const ids = [await cloudRoot(w, { wp_id: 'WP-1' }), await cloudRoot(w, { wp_id: 'WP-1' })];
    await agree(w, 1, 'WP_SCOPED', [], { plan: { wp_id: 'WP-1' } });
    for (const session_id of ids) await w.run('enqueue', { session_id });
    await revoke(w, 1);
    expect(w.of('FR-EVT-SESS-SCHED-004').map((event) => event.payload.session_id)).toEqual(ids);
    expect(ids.map((id) => state(w, id))).toEqual(['BLOCKED(consent)', 'BLOCKED(consent)']);
  });

  it('a session that is listed twice is stopped once', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SESSION_SCOPED', [session_id, session_id]);
    await w.run('enqueue', { session_id });
    await revoke(w, 1);
    expect(w.of('FR-EVT-SESS-SCHED-004')).toHaveLength(1);
    expect(w.session(session_id).revoked_job_ids).toHaveLength(1);
  });

  it('a SINGLE_CALL receipt takes its one call with it, while that lasts', async () => {
    const w = await world();
    const [one, two] = [await cloudRoot(w), await cloudRoot(w)];
    await agree(w, 1, 'SINGLE_CALL', [one, two]);
    await w.run('enqueue', { session_id: one });
    await w.dispatch();
    await agree(w, 2, 'SINGLE_CALL', [two]);
    await w.run('enqueue', { session_id: two });
    await revoke(w, 1);
    expect([one, two].map((id) => state(w, id))).toEqual(['BLOCKED(consent)', 'CREATED']);
    expect(w.jobs(two)).toMatchObject([{ state: 'queued', held: false }]);
  });

  it('an expired receipt has nothing under it but the calls that it let go', async () => {
    const w = await world();
    const [one, two] = [await cloudRoot(w), await cloudRoot(w)];
    await agree(w, 1, 'BROADCAST_SCOPED', [one, two], { valid_until: at(10) });
    await w.run('enqueue', { session_id: one });
    await w.dispatch();
    w.now = noon + 11;
    const { job_id } = await w.run('enqueue', { session_id: two });
    await revoke(w, 1);
    expect([one, two].map((id) => state(w, id))).toEqual(['BLOCKED(consent)', 'BLOCKED(consent)']);
    expect(jobOf(w, job_id)).toMatchObject({ state: 'queued', held: true });
  });

  it('once is enough: again it changes nothing, whoever asks, and the same receipt does not come back', async () => {
    const { w, session_id } = await queued();
    await revoke(w, 1);
    w.now += 5;
    for (const repeat of [
      await revoke(w, 1, 'rosa'),
      await w.full('consent', { receipt: receipt(1, 'SESSION_SCOPED', [session_id]), plan: plan(1) }),
    ]) {
      expect([repeat.changes, repeat.events, repeat.effects]).toEqual([[], [], []]);
    }
    expect(w.view().get('receipt', receiptId(1))).toMatchObject({ revoked_at: at(0), revoked_by: 'ilja' });
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  it('is refused for a receipt that nobody issued', async () => {
    const w = await world();
    expect(await w.decide('revoke_consent', { consent_receipt_id: receiptId(9), by: 'ilja' })).toEqual({
      rejected: true,
      code: 'receipt_not_found',
      message: `no receipt has the id ${receiptId(9)}`,
    });
  });

  it('keeps no secret of who revoked it', async () => {
    const { w } = await queued();
    await revoke(w, 1, `bot ghp_${'a'.repeat(36)}`);
    expect(w.view().get('receipt', receiptId(1))?.revoked_by).toBe('bot [redacted github-token]');
    expect(w.of('FR-EVT-SESS-SCHED-004')[0]?.payload.cancelled_by).toBe('bot [redacted github-token]');
  });
});

describe('where another receipt covers the session too', () => {
  it('a run that has not started goes on under it, as if nothing had happened', async () => {
    const { w, session_id, job_id } = await queued();
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    const from = w.log.length;
    await revoke(w, 1);
    expect(w.log).toHaveLength(from);
    expect((await w.dispatch())?.job_id).toBe(job_id);
    expect(under(w)).toEqual([receiptId(2)]);
  });

  it('a call under way was agreed to by the revoked one alone: it is stopped, and begun again under the other', async () => {
    const { w, session_id, job } = await running();
    await agree(w, 2, 'SINGLE_CALL', [session_id]);
    const from = w.log.length;
    const { effects } = await revoke(w, 1);
    expect(effects).toHaveLength(1);
    expect(since(w, from)).toEqual([
      ['SCHED-004', receiptId(1), 'consent_revoked'],
      ['SCHED-001', undefined, undefined],
      ['002', receiptId(1), 'dispatch'],
    ]);
    expect(state(w, session_id)).toBe('BLOCKED(dispatch)');
    const again = (await w.dispatch())!;
    expect(again.job_id).not.toBe(job.job_id);
    expect(under(w)).toEqual([receiptId(1), receiptId(2)]);
    expect(w.session(session_id).revoked_job_ids).toEqual([]);
  });

  it('a call under that other one goes on; what waited behind it is cancelled if nothing covers it', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SINGLE_CALL', [session_id]);
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    const second = await w.run('enqueue', { session_id });
    await revoke(w, 2);
    expect(jobOf(w, second.job_id).state).toBe('cancelled');
    expect(w.session(session_id)).toMatchObject({ state: 'ACTIVE', consent_receipt_id: receiptId(1) });
    await w.finish(job, closed);
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
    await agree(w, 3, 'SESSION_SCOPED', [session_id]);
    await w.play(session_id, done);
    expect(w.session(session_id).state).toBe('COMPLETED');
    expect(under(w)).toEqual([1, 3].map(receiptId));
  });

  it('one whose time is still to come is waited for', async () => {
    const { w, session_id } = await queued();
    await agree(w, 2, 'SESSION_SCOPED', [session_id], { valid_from: at(30) });
    await revoke(w, 1);
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
    expect((await w.run('dispatch', { boot_id: 'test' })).next_at).toBe(noon + 30);
    w.now = noon + 30;
    expect((await w.dispatch())?.session_id).toBe(session_id);
  });
});

describe('places among children', () => {
  it('D-23: a persistent child that is begun again keeps its place, and one that waits for consent too', async () => {
    const w = await world({ limits: { max_active_children_per_session: 1 } });
    const { session_id } = await w.root();
    const child = await w.child(session_id, {
      spawn_mode: 'SESSION_PERSISTENT',
      child_backend_preference: 'cloud',
    });
    await agree(w, 1, 'SESSION_SCOPED', [child]);
    await agree(w, 2, 'SESSION_SCOPED', [child]);
    await w.dispatch();
    await revoke(w, 1);
    expect(state(w, child)).toBe('BLOCKED(dispatch)');
    expect(w.session(session_id).active_children).toBe(1);
    await revoke(w, 2);
    expect(state(w, child)).toBe('BLOCKED(consent)');
    expect(w.session(session_id).active_children).toBe(1);
    expect(await w.spawn(session_id)).toMatchObject({ rejection_reason: 'children_cap_reached' });
  });

  it('an idle one takes none when its receipt is revoked', async () => {
    const w = await world({ limits: { max_active_children_per_session: 1 } });
    const { session_id } = await w.root();
    const child = await w.child(session_id, {
      spawn_mode: 'SESSION_PERSISTENT',
      child_backend_preference: 'cloud',
    });
    await agree(w, 1, 'SESSION_SCOPED', [child]);
    await w.play(child, done);
    await w.child(session_id);
    await revoke(w, 1);
    expect(state(w, child)).toBe('BLOCKED(input)');
    expect(w.session(session_id).active_children).toBe(1);
  });
});

describe('what a revocation has cancelled goes on with the next receipt', () => {
  it('in its order, each job with what was left to it', async () => {
    const options = {
      lane: 'BACKGROUND',
      priority: 3,
      concurrency_group: 'g',
      max_retries: 2,
      retry_backoff: 'FIXED',
      timeout_ms: 5000,
      cancellation_token: 'c',
      estimated_cost_usd: 2,
    } as const;
    const { w, session_id, job } = await running({ ...options, max_tokens_budget: 100, deadline_ms: 9000 });
    await w.run('enqueue', { session_id, max_tokens_budget: 10 });
    await w.run('usage', { job_id: job.job_id, run_epoch: job.run_epoch, tokens: 30, cost_usd: null });
    await revoke(w, 1);
    const cancelled = w.session(session_id).revoked_job_ids;
    expect(cancelled).toHaveLength(2);
    w.now = noon + 1000;
    const from = w.log.length;
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    expect(since(w, from).map(([kind]) => kind)).toEqual(['SCHED-001', 'SCHED-001']);
    expect(w.session(session_id)).toMatchObject({ revoked_job_ids: [], blocked_on: 'dispatch' });
    const [first, second] = w.jobs(session_id);
    expect(first).toMatchObject({
      ...options,
      job_seq: 3,
      held: false,
      wake: false,
      attempt: 0,
      max_tokens_budget: 70,
      deadline: noon + 9000,
    });
    expect(second).toMatchObject({ held: true, max_tokens_budget: 10, deadline: null });
    expect([first?.job_id, second?.job_id].some((id) => cancelled.includes(id!))).toBe(false);
    expect((await w.dispatchAll()).map((next) => next.job_id)).toEqual([first?.job_id]);
  });

  it('a budget that was overdrawn leaves nothing, and one that was not set leaves all', async () => {
    const { w, session_id, job } = await running({ max_tokens_budget: 10 });
    await w.run('enqueue', { session_id });
    await w.run('usage', { job_id: job.job_id, run_epoch: job.run_epoch, tokens: 30, cost_usd: null });
    await revoke(w, 1);
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    expect(w.jobs(session_id).map((next) => next.max_tokens_budget)).toEqual([0, null]);
  });

  it('a deadline stays where it was: what is too late fails', async () => {
    const { w, session_id } = await queued({ deadline_ms: 50 });
    await revoke(w, 1);
    w.now = noon + 51;
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    expect(await w.dispatch()).toBeNull();
    expect(w.of('FR-EVT-SESS-002').at(-1)?.payload).toMatchObject({ to_state: 'FAILED', reason: 'deadline' });
  });

  it('a wake-up stays one: its mail is read then', async () => {
    const { w, session_id, job } = await running();
    await w.finish(job, done);
    await say(w, session_id);
    expect(w.jobs(session_id)).toMatchObject([{ wake: true }]);
    await revoke(w, 1);
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    expect(w.jobs(session_id)).toMatchObject([{ wake: true, held: false }]);
    expect(w.session(session_id)).toMatchObject({ unread_thread: true, wake_epoch: 2 });
  });

  it('only for the sessions that the receipt covers', async () => {
    const { w, session_id } = await queued();
    await revoke(w, 1);
    await agree(w, 2, 'SESSION_SCOPED', [await cloudRoot(w)]);
    expect(w.session(session_id).revoked_job_ids).toHaveLength(1);
    expect(w.jobs(session_id)).toEqual([]);
  });

  it('a session that was cancelled meanwhile does nothing more', async () => {
    const { w, session_id } = await queued();
    await revoke(w, 1);
    await w.run('cancel', { session_id, reason: 'enough', by: 'ilja' });
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    expect(w.session(session_id).state).toBe('CANCELLED');
    expect(w.jobs(session_id)).toEqual([]);
  });

  it('a session that was told to close completes only when the work is done', async () => {
    const { w, session_id, job } = await running();
    await w.run('close', { session_id });
    await revoke(w, 1);
    await w.run('close', { session_id });
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
    await w.finish(job, done);
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    await w.play(session_id, done);
    expect(w.session(session_id).state).toBe('COMPLETED');
  });

  it('FM-27: a parent waits for a child that says why, and hears of it when the child may go on', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    const child = await w.child(session_id, { child_backend_preference: 'cloud' });
    await agree(w, 1, 'BROADCAST_SCOPED', [child]);
    await w.finish(job, { outcome: 'yield' });
    const run = (await w.dispatch())!;
    await revoke(w, 1);
    await w.finish(run, done);
    expect([state(w, session_id), state(w, child)]).toEqual(['BLOCKED(children)', 'BLOCKED(consent)']);
    expect(w.session(session_id)).toMatchObject({ active_children: 1, announcing_children: 1, inbox_seq: 0 });
    await agree(w, 2, 'BROADCAST_SCOPED', [child]);
    await w.play(child, done);
    expect(w.session(child).state).toBe('COMPLETED');
    expect(w.session(session_id).inbox_seq).toBe(1);
    expect((await w.dispatch())?.session_id).toBe(session_id);
    expect(verifyLog(w.log)).toEqual([]);
  });
});

describe('4.3.9.15: consent_missing at spawn, where policy wants it', () => {
  const wants = { limits: { consent_at_spawn: true } };
  const toCloud = { child_backend_preference: 'cloud', request_id: 'r' } as const;

  it('is off by default: the child exists and is BLOCKED until a receipt covers it', async () => {
    const w = await world();
    const child = await w.child((await w.root()).session_id, toCloud);
    expect(await w.dispatch()).toBeNull();
    expect(state(w, child)).toBe('BLOCKED(consent)');
  });

  it('refuses a cloud child that no receipt covers, and records it', async () => {
    const w = await world(wants);
    const { session_id } = await w.root();
    const refused = { accepted: false, child_session_id: null, rejection_reason: 'consent_missing' };
    expect(await w.spawn(session_id, toCloud)).toEqual(refused);
    expect(w.of('FR-EVT-SESS-SPAWN-003')[0]?.payload.rejection_reason).toBe('consent_missing');
    expect(await w.spawn(session_id, { child_backend_preference: 'local' })).toMatchObject({
      accepted: true,
    });
    expect(await w.spawn(session_id, {})).toMatchObject({ accepted: true });
  });

  it('a child that names no backend takes that of its parent', async () => {
    const w = await world(wants);
    const session_id = await cloudRoot(w);
    expect(await w.spawn(session_id, {})).toMatchObject({ rejection_reason: 'consent_missing' });
    expect(await w.spawn(session_id, { child_backend_preference: 'local' })).toMatchObject({
      accepted: true,
    });
  });

  it('D-17: accepts it where a receipt lists the id that it will have, or its packet', async () => {
    const twin = await world();
    const id = await twin.child((await twin.root()).session_id, toCloud);
    for (const [scope, ids] of [
      ['BROADCAST_SCOPED', [id]],
      ['WP_SCOPED', []],
    ] as const) {
      const w = await world(wants);
      const { session_id } = await w.root({ wp_id: 'WP-1' });
      await agree(w, 1, scope, [...ids], { plan: { wp_id: 'WP-1' } });
      expect(await w.spawn(session_id, toCloud)).toMatchObject({ accepted: true, child_session_id: id });
    }
  });

  it('D-21: is the last reason of all', async () => {
    const w = await world({ limits: { ...wants.limits, max_live_sessions: 1 } });
    const { session_id } = await w.root();
    expect(await w.spawn(session_id, toCloud)).toMatchObject({
      rejection_reason: 'total_sessions_cap_reached',
    });
  });
});
