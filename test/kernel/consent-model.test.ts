import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ConsentScope } from '../../tools/generated/index.ts';
import type { JobRow } from '../../tools/kernel/index.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { agree, at, cloudRoot, message, retry, revoke, say } from './receipts.ts';
import { done, type World, world } from './world.ts';

const kinds = [
  ...['spawn', 'enqueue', 'dispatch', 'dispatch', 'complete', 'yield', 'retry', 'tool', 'resume call'],
  ...[
    'consent',
    'consent',
    'revoke',
    'revoke',
    'again',
    'pause',
    'resume',
    'send',
    'cancel',
    'close',
    'wait',
  ],
] as const;
const scopes: ConsentScope[] = ['SINGLE_CALL', 'SESSION_SCOPED', 'WP_SCOPED', 'BROADCAST_SCOPED'];

interface Step {
  kind: (typeof kinds)[number];
  pick: number;
  flag: boolean;
}
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  pick: fc.nat(60),
  flag: fc.boolean(),
});

interface Model {
  w: World;
  sessions: string[];
  receipts: number;
  /** Each job that ran under a receipt for one call. */
  singles: Map<string, string>;
}

async function dispatch(model: Model): Promise<JobRow | null> {
  const { w, singles } = model;
  const job = await w.dispatch();
  if (job?.backend !== 'cloud') return job;
  const receipt = w.view().get('receipt', job.consent_receipt_id!)!;
  const session = w.session(job.session_id);
  expect(session.consent_receipt_id).toBe(receipt.consent_receipt_id);
  expect(w.of('FR-EVT-SESS-SCHED-002').at(-1)?.policy_decision_id).toBe(receipt.consent_receipt_id);
  expect(receipt.revoked_at).toBeNull();
  expect(Date.parse(receipt.valid_from)).toBeLessThanOrEqual(w.now);
  expect(Date.parse(receipt.valid_until ?? at(1e9))).toBeGreaterThanOrEqual(w.now);
  if (receipt.scope === 'WP_SCOPED') expect(session.wp_id).toBe('WP-1');
  else expect(receipt.session_ids).toContain(job.session_id);
  if (receipt.scope === 'SINGLE_CALL') {
    expect(singles.get(receipt.consent_receipt_id) ?? job.job_id).toBe(job.job_id);
    singles.set(receipt.consent_receipt_id, job.job_id);
  }
  return job;
}

async function perform(model: Model, { kind, pick, flag }: Step): Promise<void> {
  const { w, sessions } = model;
  const session_id = sessions[pick % sessions.length]!;
  const active = sessions.filter((id) => w.session(id).running_job_id !== null);
  const job =
    active.length > 0 ? w.view().get('job', w.session(active[pick % active.length]!).running_job_id!) : null;
  const n = 1 + (pick % Math.max(1, model.receipts));
  switch (kind) {
    case 'spawn': {
      const { child_session_id } = await w.spawn(session_id, {
        announce_back: flag,
        spawn_mode: pick % 2 === 0 ? 'SESSION_PERSISTENT' : 'ONE_SHOT',
        child_backend_preference: pick % 5 === 0 ? 'local' : 'cloud',
      });
      if (child_session_id) sessions.push(child_session_id);
      return;
    }
    case 'consent':
      model.receipts += 1;
      await agree(
        w,
        model.receipts,
        scopes[pick % 4]!,
        flag ? sessions.slice(pick % sessions.length) : [session_id],
        {
          valid_from: pick % 3 === 0 ? new Date(w.now + pick * 100).toISOString() : at(-1),
          valid_until: pick % 2 === 0 ? new Date(w.now + pick * 300).toISOString() : null,
          plan: { wp_id: 'WP-1' },
        },
      );
      return;
    case 'revoke':
      if (model.receipts > 0) await revoke(w, n);
      return;
    case 'dispatch':
      await dispatch(model);
      return;
    case 'complete':
      if (job) await w.finish(job, { outcome: 'completed', close: flag });
      return;
    case 'yield':
      if (job) await w.finish(job, { outcome: flag ? 'yield' : 'interrupted' });
      return;
    case 'retry':
      if (job) await w.finish(job, retry);
      return;
    case 'tool':
      if (job)
        await w.run('start_tool', {
          ...{ job_id: job.job_id, run_epoch: job.run_epoch, capability_ids: [] },
          tool_call_id: `t${w.log.length}`,
          message: { role: 'TOOL_CALL', ...message },
        });
      return;
    case 'resume call': {
      if (!job) return;
      const { refusal } = await w.run('resume_call', job);
      if (refusal) await w.finish(job, { outcome: 'interrupted' });
      return;
    }
    case 'send':
      if (flag && w.session(session_id).terminal === null && w.session(session_id).parent_session_id === null)
        await say(w, session_id);
      return;
    case 'wait':
      w.now += pick * 200;
      return;
    case 'cancel':
      if (flag) await w.decide('cancel', { session_id, reason: 'model', by: 'ilja' });
      return;
    case 'pause':
      await w.decide('pause', { session_id, reason: 'operator' });
      return;
    case 'enqueue':
    case 'resume':
    case 'close':
      await w.decide(kind, { session_id });
  }
}

function check({ w, sessions }: Model): void {
  for (const id of sessions) {
    const row = w.session(id);
    const live = w.jobs(id);
    for (const job of live) {
      if (job.state !== 'running' || job.backend !== 'cloud') continue;
      expect(w.view().get('receipt', job.consent_receipt_id!)?.revoked_at).toBeNull();
    }
    const children = w.view().select('session', 'parent', id);
    expect(row.active_children).toBe(children.filter((child) => child.counts_active).length);
    expect(row.active_children).toBeLessThanOrEqual(row.max_children);
    expect(row.announcing_children).toBe(children.filter((child) => child.counts_announcing).length);
    // Nobody waits for consent who has nothing to do with it, and nobody completes with work undone.
    if (row.blocked_on === 'consent') expect(live.length + row.revoked_job_ids.length).toBeGreaterThan(0);
    if (row.state === 'COMPLETED') expect(row.revoked_job_ids).toEqual([]);
  }
}

/** With consent for everybody, and nobody paused, all that was to be done gets done. */
async function drain(model: Model): Promise<void> {
  const { w, sessions } = model;
  model.receipts += 1;
  await agree(w, model.receipts, 'BROADCAST_SCOPED', sessions, { valid_from: at(-1) });
  for (const session_id of sessions) await w.decide('resume', { session_id });
  w.now += 1e6;
  for (const id of sessions) {
    const running = w.session(id).running_job_id;
    if (running !== null) await w.finish(w.view().get('job', running)!, done);
  }
  for (let job = await dispatch(model); job; job = await dispatch(model)) {
    await w.run('read_inbox', { session_id: job.session_id, take: true });
    await w.finish(job, done);
  }
  for (const id of sessions) {
    expect(w.jobs(id)).toEqual([]);
    if (w.session(id).terminal === null) {
      expect(w.session(id)).toMatchObject({ consent_missing: false, revoked_job_ids: [] });
    }
  }
}

it('INV-CONSENT-001, INV-CONSENT-003: in any order of commands no call is made without consent, and none is forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 50, size: 'max' }), async (steps) => {
      const w = await world({ limits: { max_active_children_per_session: 2, max_descendants_lifetime: 8 } });
      const sessions = [await cloudRoot(w, { wp_id: 'WP-1' }), await cloudRoot(w)];
      const model: Model = { w, sessions, receipts: 0, singles: new Map() };
      for (const session_id of sessions) await w.run('enqueue', { session_id, max_retries: 3 });
      for (const next of steps) {
        await perform(model, next);
        check(model);
      }
      await drain(model);
      expect(verifyLog(w.log)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
