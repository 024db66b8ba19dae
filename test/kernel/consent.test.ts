import { describe, expect, it } from 'vitest';
import type { ConsentReceipt, ProjectionPlan } from '../../tools/generated/index.ts';
import { canonicalJson, sha256 } from '../../tools/text/index.ts';
import {
  agree,
  at,
  cloudRoot,
  message,
  missing,
  noon,
  plan,
  planId,
  receipt,
  receiptId,
  retry,
  revoke,
  say,
  state,
  under,
} from './receipts.ts';
import { done, type World, world } from './world.ts';

describe('INV-CONSENT-001: a call to the cloud needs a receipt', () => {
  it('CX-MM-CONSENT-MISSING answers the caller, the job keeps its place and the session is BLOCKED(consent)', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    const answer = await w.run('enqueue', { session_id });
    expect(answer).toEqual({ job_id: w.jobs(session_id)[0]?.job_id, refusal: missing });
    expect(w.jobs(session_id)).toMatchObject([{ state: 'queued', held: true, consent_receipt_id: null }]);
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
    expect(w.kinds()).toEqual(['SESS-001', 'SESS-SCHED-001', 'SESS-002']);
    expect(w.of('FR-EVT-SESS-002')[0]?.payload).toMatchObject({ to_state: 'BLOCKED', reason: 'consent' });
    expect(await w.dispatch()).toBeNull();
    expect(w.kinds()).toHaveLength(3);
  });

  it('a local run needs none, and its answer is the job alone', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const { job_id, ...rest } = await w.run('enqueue', { session_id });
    expect(rest).toEqual({});
    expect((await w.dispatch())?.job_id).toBe(job_id);
    expect(under(w)).toEqual([undefined]);
    expect(w.session(session_id).consent_receipt_id).toBeNull();
  });

  it('a paused session is answered too, and is asked again when it resumes', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await w.run('pause', { session_id, reason: 'operator' });
    expect(await w.run('enqueue', { session_id })).toMatchObject({ refusal: missing });
    expect(w.session(session_id)).toMatchObject({ state: 'PAUSED', consent_missing: false });
    await w.run('resume', { session_id });
    expect(await w.dispatch()).toBeNull();
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  it('a receipt lets exactly those sessions go on that it covers, at once', async () => {
    const w = await world();
    const [one, two] = [await cloudRoot(w), await cloudRoot(w)];
    await w.run('enqueue', { session_id: one });
    await w.run('enqueue', { session_id: two });
    expect(await agree(w, 1, 'SESSION_SCOPED', [one])).toEqual({ consent_receipt_id: receiptId(1) });
    expect([state(w, one), state(w, two)]).toEqual(['BLOCKED(dispatch)', 'BLOCKED(consent)']);
    expect((await w.dispatchAll()).map((job) => job.session_id)).toEqual([one]);
    expect(w.session(one)).toMatchObject({
      state: 'ACTIVE',
      consent_receipt_id: receiptId(1),
      projection_plan_id: planId(1),
      consent_missing: false,
    });
    expect(w.session(two).consent_receipt_id).toBeNull();
    expect(w.jobs(one)).toMatchObject([{ consent_receipt_id: receiptId(1) }]);
  });

  it('D-51: FR-EVT-SESS-SCHED-002 names the receipt; receipt and plan are artifacts in canonical JSON', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    const [signed, planned] = [receipt(1, 'SINGLE_CALL', [session_id]), plan(1)];
    const { artifacts } = await w.full('consent', { receipt: signed, plan: planned });
    expect(artifacts).toEqual(
      [signed, planned].map(canonicalJson).map((text) => ({ artifact_id: `sha256:${sha256(text)}`, text })),
    );
    expect(w.view().get('receipt', receiptId(1))).toMatchObject({
      receipt_artifact_id: artifacts[0]?.artifact_id,
      used_by_job_id: null,
    });
    expect(w.view().get('plan', planId(1))).toEqual({
      ...planned,
      plan_artifact_id: artifacts[1]?.artifact_id,
    });
    expect(await w.run('enqueue', { session_id })).toEqual({ job_id: w.jobs(session_id)[0]?.job_id });
    await w.dispatch();
    expect(under(w)).toEqual([receiptId(1)]);
  });

  it('no secret gets into the artifact of a receipt', async () => {
    const w = await world();
    const notes = `for ghp_${'a'.repeat(36)}`;
    const { artifacts } = await w.full('consent', {
      receipt: receipt(1, 'BROADCAST_SCOPED', [await cloudRoot(w)], { notes }),
      plan: plan(1),
    });
    expect(artifacts[0]?.text).toContain('"notes":"for [redacted github-token]"');
    expect(w.view().get('receipt', receiptId(1))?.notes).toBe('for [redacted github-token]');
  });
});

describe('D-62: when a receipt is good', () => {
  it.each([
    ['valid_from has come', { valid_from: at(0) }, 0, 'ACTIVE'],
    ['valid_from is a millisecond away', { valid_from: at(1) }, 0, 'BLOCKED(consent)'],
    ['valid_until is now', { valid_until: at(5) }, 5, 'ACTIVE'],
    ['valid_until passed a millisecond ago', { valid_until: at(5) }, 6, 'BLOCKED(consent)'],
    [
      'valid_until passed, in another zone',
      { valid_until: '2026-02-24T10:00:00.005+01:00' },
      6,
      'BLOCKED(consent)',
    ],
    ['an hour of validity is long over', { valid_until: at(5) }, 3_600_000, 'BLOCKED(consent)'],
  ])('%s', async (_, over, later, expected) => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SESSION_SCOPED', [session_id], over);
    await w.run('enqueue', { session_id });
    w.now = noon + later;
    await w.dispatch();
    expect(state(w, session_id)).toBe(expected);
  });

  const id = receiptId(1);
  it.each<[string, Partial<ConsentReceipt>, Partial<ProjectionPlan>, string]>([
    ['approved', { approved: false }, {}, `receipt ${id} is not approved, expected approved: true`],
    [
      'revoked',
      { revoked_at: at(-1) },
      {},
      `receipt ${id} was revoked at ${at(-1)}, expected revoked_at: null`,
    ],
    [
      'expired',
      { valid_until: at(-1) },
      {},
      `receipt ${id} expired at ${at(-1)}, expected a time from ${at(0)} on`,
    ],
    [
      'backwards',
      { valid_from: at(9), valid_until: at(8) },
      {},
      `receipt ${id} ends at ${at(8)}, before it begins at ${at(9)}`,
    ],
    [
      'no time',
      { valid_until: 'tomorrow' },
      {},
      `receipt ${id} ends at tomorrow, before it begins at ${at(-500)}`,
    ],
    [
      'another payload',
      { payload_sha256: 'a'.repeat(64) },
      {},
      `receipt ${id} has payload_sha256 ${'a'.repeat(64)}, expected the plan's ${'1'.repeat(64)}`,
    ],
    [
      'another plan',
      { projection_plan_id: planId(2) },
      {},
      `receipt ${id} is for plan ${planId(2)}, and came with plan ${planId(1)}`,
    ],
    [
      'nobody',
      { session_ids: [] },
      {},
      `receipt ${id} lists no session, expected those that SINGLE_CALL is for`,
    ],
    [
      'nobody in a broadcast',
      { scope: 'BROADCAST_SCOPED', session_ids: [] },
      {},
      `receipt ${id} lists no session, expected those that BROADCAST_SCOPED is for`,
    ],
    [
      'no packet',
      { scope: 'WP_SCOPED' },
      { wp_id: null },
      `receipt ${id} is WP_SCOPED, and plan ${planId(1)} names no packet`,
    ],
  ])('what would cover nothing is refused: %s', async (_, over, planned, said) => {
    const w = await world();
    const session_id = await cloudRoot(w);
    const signed = receipt(1, 'SINGLE_CALL', [session_id], over);
    const answer = await w.decide('consent', { receipt: signed, plan: plan(1, planned) });
    expect(answer).toEqual({ rejected: true, code: 'consent_invalid', message: said });
    expect(w.view().select('receipt', 'issued', 'issued')).toEqual([]);
    expect(w.view().get('plan', planId(1))).toBeUndefined();
  });

  it.each<[string, Partial<ConsentReceipt>]>([
    ['that ends when it begins', { valid_from: at(7), valid_until: at(7) }],
    ['that ends now', { valid_until: at(0) }],
    ['for a packet, without sessions', { scope: 'WP_SCOPED', session_ids: [] }],
  ])('a receipt %s is none of them', async (_, over) => {
    const w = await world();
    await agree(w, 1, 'SINGLE_CALL', [await cloudRoot(w)], { ...over, plan: { wp_id: 'WP-1' } });
    expect(w.view().select('receipt', 'issued', 'issued')).toHaveLength(1);
  });
});

describe('the same receipt again', () => {
  const setup = async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await w.run('enqueue', { session_id });
    await agree(w, 1, 'SINGLE_CALL', [session_id]);
    return { w, session_id, signed: receipt(1, 'SINGLE_CALL', [session_id]) };
  };

  it('with the same content changes nothing, in any order of keys, even when it is used up and over', async () => {
    const { w, signed } = await setup();
    await w.dispatch();
    const before = w.view().get('receipt', receiptId(1));
    const turned = Object.fromEntries(Object.entries(signed).reverse()) as unknown as ConsentReceipt;
    w.now += 1_000_000;
    for (const given of [{ receipt: signed, plan: plan(1) }, { receipt: turned }]) {
      const { changes, events, result } = await w.full('consent', given);
      expect({ changes, events, result }).toEqual({
        changes: [],
        events: [],
        result: { consent_receipt_id: receiptId(1) },
      });
    }
    expect(w.view().get('receipt', receiptId(1))).toBe(before);
    expect(w.view().select('coverage', 'subject', `session:${signed.session_ids[0]}`)).toEqual([]);
  });

  it.each<[string, Partial<ConsentReceipt>, Partial<ProjectionPlan>, string]>([
    ['another scope', { scope: 'SESSION_SCOPED' }, {}, `receipt ${receiptId(1)} is known with other content`],
    ['another user', { user_id: 'rosa' }, {}, `receipt ${receiptId(1)} is known with other content`],
    [
      'another plan under the same id',
      {},
      { max_bytes: 8192 },
      `plan ${planId(1)} is known with other content`,
    ],
  ])('with other content is refused: %s', async (_, over, planned, said) => {
    const { w, signed } = await setup();
    const answer = await w.decide('consent', { receipt: { ...signed, ...over }, plan: plan(1, planned) });
    expect(answer).toEqual({ rejected: true, code: 'consent_invalid', message: said });
  });

  it('11.1.7.3: a plan comes once; later receipts for it need not bring it, and cannot change it', async () => {
    const { w, session_id } = await setup();
    const second = receipt(2, 'SINGLE_CALL', [session_id], {
      projection_plan_id: planId(1),
      payload_sha256: '1'.repeat(64),
    });
    await w.run('consent', { receipt: second });
    expect(w.view().get('receipt', receiptId(2))?.projection_plan_id).toBe(planId(1));
    expect(await w.decide('consent', { receipt: receipt(3, 'SINGLE_CALL', [session_id]) })).toEqual({
      rejected: true,
      code: 'consent_invalid',
      message: `receipt ${receiptId(3)} is for plan ${planId(3)}, which is not known and did not come with it`,
    });
    const changed = { ...second, consent_receipt_id: receiptId(4), payload_sha256: '4'.repeat(64) };
    const answer = await w.decide('consent', {
      receipt: changed,
      plan: plan(1, { payload_sha256: '4'.repeat(64) }),
    });
    expect(answer).toMatchObject({ message: `plan ${planId(1)} is known with other content` });
  });
});

describe('SINGLE_CALL', () => {
  it('serves for one call of one listed session and is used up by its dispatch', async () => {
    const w = await world();
    const [one, two] = [await cloudRoot(w), await cloudRoot(w)];
    await w.run('enqueue', { session_id: one });
    await w.run('enqueue', { session_id: two });
    await agree(w, 1, 'SINGLE_CALL', [one, two]);
    expect([state(w, one), state(w, two)]).toEqual(['BLOCKED(dispatch)', 'BLOCKED(dispatch)']);
    const [job, ...others] = await w.dispatchAll();
    expect(job?.session_id).toBe(one);
    expect(others).toEqual([]);
    expect(w.view().get('receipt', receiptId(1))?.used_by_job_id).toBe(job?.job_id);
    expect(state(w, two)).toBe('BLOCKED(consent)');
    await w.finish(job!, done);
    expect(await w.run('enqueue', { session_id: one })).toMatchObject({ refusal: missing });
  });

  it('a second run is answered while the first one runs, and the session stays ACTIVE until it ends', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SINGLE_CALL', [session_id]);
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    expect(await w.run('enqueue', { session_id })).toMatchObject({ refusal: missing });
    expect(w.session(session_id)).toMatchObject({ state: 'ACTIVE', consent_missing: false });
    await w.finish(job, done);
    expect(await w.dispatch()).toBeNull();
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  const failing = async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SINGLE_CALL', [session_id]);
    const { job_id } = await w.run('enqueue', { session_id, max_retries: 2 });
    await w.finish((await w.dispatch())!, retry);
    return { w, session_id, job_id, later: () => (w.now += 60_000) };
  };

  it('a retry of the same job is the same call', async () => {
    const { w, job_id, later } = await failing();
    later();
    expect((await w.dispatch())?.job_id).toBe(job_id);
    expect(under(w)).toEqual([receiptId(1), receiptId(1)]);
  });

  it('a retry that would send a message more is another call', async () => {
    const { w, session_id, later } = await failing();
    await say(w, session_id);
    later();
    expect(await w.dispatch()).toBeNull();
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
    await agree(w, 2, 'SINGLE_CALL', [session_id]);
    await w.dispatch();
    expect(under(w)).toEqual([receiptId(1), receiptId(2)]);
  });

  it('mail that came after the dispatch makes a retry another call too', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SINGLE_CALL', [session_id]);
    await w.run('enqueue', { session_id, max_retries: 1 });
    const job = (await w.dispatch())!;
    const child = await w.child(session_id, { child_backend_preference: 'local' });
    await w.play(child, done);
    expect(w.session(session_id)).toMatchObject({ inbox_seq: 1, unread_thread: false });
    await w.finish(job, retry);
    w.now += 60_000;
    expect(await w.dispatch()).toBeNull();
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  it('is spent last: a wider receipt comes first, and of two the older one', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SINGLE_CALL', [session_id]);
    await agree(w, 2, 'SINGLE_CALL', [session_id]);
    await agree(w, 3, 'SESSION_SCOPED', [session_id], { valid_until: at(10) });
    for (const later of [0, 11, 12]) {
      w.now = noon + later;
      await w.run('enqueue', { session_id });
      await w.finish((await w.dispatch())!, done);
    }
    expect(under(w)).toEqual([3, 1, 2].map(receiptId));
  });
});

describe('wider scopes', () => {
  it.each(['SESSION_SCOPED', 'BROADCAST_SCOPED'] as const)(
    '%s: every call of a listed session',
    async (scope) => {
      const w = await world();
      const ids = [await cloudRoot(w), await cloudRoot(w), await cloudRoot(w)];
      await agree(w, 1, scope, ids.slice(0, 2));
      for (let turn = 0; turn < 2; turn += 1) {
        for (const session_id of ids) await w.run('enqueue', { session_id });
        const jobs = await w.dispatchAll();
        expect(jobs.map((job) => job.session_id)).toEqual(ids.slice(0, 2));
        for (const job of jobs) await w.finish(job, done);
      }
      expect(state(w, ids[2]!)).toBe('BLOCKED(consent)');
      expect(w.view().get('receipt', receiptId(1))?.used_by_job_id).toBeNull();
    },
  );

  it('INV-CONSENT-002, D-17: a broadcast lists children that do not exist yet; one more needs one more receipt', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const twin = await world();
    const same = await twin.root();
    const ids: string[] = [];
    for (const request_id of ['a', 'b']) ids.push(await twin.child(same.session_id, { request_id }));
    await agree(w, 1, 'BROADCAST_SCOPED', ids);
    const children: string[] = [];
    for (const request_id of ['a', 'b', 'c']) {
      children.push(await w.child(session_id, { request_id, child_backend_preference: 'cloud' }));
    }
    expect(children.slice(0, 2)).toEqual(ids);
    expect((await w.dispatchAll()).map((job) => job.session_id)).toEqual(ids);
    expect(state(w, children[2]!)).toBe('BLOCKED(consent)');
    await agree(w, 2, 'BROADCAST_SCOPED', [children[2]!]);
    expect((await w.dispatchAll()).map((job) => job.session_id)).toEqual([children[2]]);
  });

  it('WP_SCOPED: every session of the packet of the plan, later ones and children too, and no other', async () => {
    const w = await world();
    const ours = await cloudRoot(w, { wp_id: 'WP-1' });
    const theirs = await cloudRoot(w, { wp_id: 'WP-2' });
    const nobodys = await cloudRoot(w);
    for (const session_id of [ours, theirs, nobodys]) await w.run('enqueue', { session_id });
    await agree(w, 1, 'WP_SCOPED', [theirs], { plan: { wp_id: 'WP-1' } });
    expect([ours, theirs, nobodys].map((id) => state(w, id))).toEqual([
      'BLOCKED(dispatch)',
      'BLOCKED(consent)',
      'BLOCKED(consent)',
    ]);
    const later = await cloudRoot(w, { wp_id: 'WP-1' });
    await w.run('enqueue', { session_id: later });
    const child = await w.child(ours);
    expect((await w.dispatchAll()).map((job) => job.session_id).sort()).toEqual([ours, later, child].sort());
  });
});

describe('a receipt whose time is still to come', () => {
  const next = async (w: World) => (await w.run('dispatch', { boot_id: 'test' })).next_at;

  it.each(['the receipt comes first', 'the run comes first'])(
    'lets its session go on in time: %s',
    async (order) => {
      const w = await world();
      const session_id = await cloudRoot(w);
      const issue = () => agree(w, 1, 'SESSION_SCOPED', [session_id], { valid_from: at(50) });
      if (order === 'the receipt comes first') await issue();
      expect(await w.run('enqueue', { session_id })).toMatchObject({ refusal: missing });
      if (order !== 'the receipt comes first') await issue();
      expect(await next(w)).toBe(noon + 50);
      w.now = noon + 49;
      expect(await next(w)).toBe(noon + 50);
      expect(state(w, session_id)).toBe('BLOCKED(consent)');
      w.now = noon + 50;
      expect((await w.dispatch())?.session_id).toBe(session_id);
      expect(await next(w)).toBeNull();
    },
  );

  it('the earliest comes first, and a retry that comes sooner is not forgotten', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SESSION_SCOPED', [session_id], { valid_from: at(9000) });
    await agree(w, 2, 'SESSION_SCOPED', [session_id], { valid_from: at(8000) });
    await w.run('enqueue', { session_id });
    expect(await next(w)).toBe(noon + 8000);
    const local = await w.root();
    await w.run('enqueue', { session_id: local.session_id, max_retries: 1 });
    await w.finish((await w.dispatch())!, retry);
    expect(await next(w)).toBe(noon + 1000);
  });

  it('is looked for once a day at least, since no timer reaches farther than some weeks', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await w.run('enqueue', { session_id });
    await agree(w, 1, 'SESSION_SCOPED', [session_id], { valid_from: at(400 * 86_400_000) });
    expect(await next(w)).toBe(noon + 86_400_000);
  });

  it('is not waited for when nobody needs it', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SESSION_SCOPED', [session_id], { valid_from: at(50) });
    expect(await next(w)).toBeNull();
    await w.run('enqueue', { session_id });
    await revoke(w, 1);
    expect(await next(w)).toBeNull();
    w.now = noon + 60;
    expect(await next(w)).toBeNull();
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });

  it('is no help when it is over before anybody looked', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await w.run('enqueue', { session_id });
    await agree(w, 1, 'SESSION_SCOPED', [session_id], { valid_from: at(50), valid_until: at(60) });
    w.now = noon + 61;
    expect(await next(w)).toBeNull();
    expect(w.jobs(session_id)).toMatchObject([{ held: true }]);
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
  });
});

describe('a run asks again after each tool', () => {
  const inTool = async (
    over: Partial<ConsentReceipt> = {},
    scope: ConsentReceipt['scope'] = 'SESSION_SCOPED',
  ) => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, scope, [session_id], over);
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    const key = { job_id: job.job_id, run_epoch: job.run_epoch };
    const call = { role: 'TOOL_CALL' as const, ...message };
    await w.run('start_tool', { ...key, tool_call_id: 't', capability_ids: [], message: call });
    return { w, session_id, key };
  };
  const granted = { fenced: false, pause: false, granted: true, next_at: null, refusal: null };

  it.each(['SESSION_SCOPED', 'SINGLE_CALL'] as const)(
    '%s: the receipt that holds serves again',
    async (scope) => {
      const { w, key } = await inTool({ valid_until: at(100) }, scope);
      w.now = noon + 100;
      expect(await w.run('resume_call', key)).toEqual(granted);
      expect(await w.run('resume_call', key)).toEqual(granted);
    },
  );

  it('one that has expired does not: the job returns to its place and waits', async () => {
    const { w, session_id, key } = await inTool({ valid_until: at(100) });
    w.now = noon + 101;
    expect(await w.run('resume_call', key)).toEqual({ ...granted, granted: false, refusal: missing });
    expect(w.view().select('call', 'running', 'running')).toEqual([]);
    expect(state(w, session_id)).toBe('ACTIVE');
    await w.finish(key, { outcome: 'interrupted' });
    expect(state(w, session_id)).toBe('BLOCKED(consent)');
    expect(await w.dispatch()).toBeNull();
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    expect((await w.dispatch())?.job_id).toBe(key.job_id);
    expect(under(w)).toEqual([receiptId(1), receiptId(2)]);
  });

  it('under another receipt it is dispatched anew, so that the log names that one too', async () => {
    const { w, session_id, key } = await inTool({ valid_until: at(100) });
    await agree(w, 2, 'SESSION_SCOPED', [session_id]);
    w.now = noon + 101;
    expect(await w.run('resume_call', key)).toEqual({ ...granted, granted: false, refusal: missing });
    await w.finish(key, { outcome: 'interrupted' });
    expect(state(w, session_id)).toBe('BLOCKED(dispatch)');
    expect((await w.dispatch())?.job_id).toBe(key.job_id);
    expect(under(w)).toEqual([receiptId(1), receiptId(2)]);
  });

  it('a call under way goes on when its receipt expires', async () => {
    const w = await world();
    const session_id = await cloudRoot(w);
    await agree(w, 1, 'SESSION_SCOPED', [session_id], { valid_until: at(100) });
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    w.now = noon + 101;
    expect(await w.run('resume_call', job)).toEqual(granted);
    await w.finish(job, done);
    expect(state(w, session_id)).toBe('BLOCKED(input)');
  });

  it('a run that ends all the same leaves no session behind that waits for consent with nothing to do', async () => {
    const { w, session_id, key } = await inTool({ valid_until: at(100) });
    w.now = noon + 101;
    await w.run('resume_call', key);
    await w.finish(key, done);
    expect(state(w, session_id)).toBe('BLOCKED(input)');
  });

  it('an older epoch hears that it is fenced, and nothing of consent', async () => {
    const { w, key } = await inTool({ valid_until: at(100) });
    w.now = noon + 101;
    const answer = await w.run('resume_call', { ...key, run_epoch: 0 });
    expect(answer).toEqual({ ...granted, fenced: true, granted: false });
  });
});
