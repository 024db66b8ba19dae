import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RoleMailboxBody } from '../../tools/generated/index.ts';
import type { CommandInput, CommandName, SessionRow } from '../../tools/kernel/index.ts';
import { standingOf } from '../../tools/kernel/spawn/notice.ts';
import { verifyLog } from '../../tools/recorder/index.ts';
import { closed, done, type World, world } from './world.ts';

/** A requester that waits, and a child whose run is under way. */
async function family(w: World, over: Parameters<World['child']>[1] = {}) {
  const { session_id: parent } = await w.root();
  await w.run('enqueue', { session_id: parent });
  await w.play(parent, { outcome: 'yield' });
  const child = await w.child(parent, over);
  const run = (await w.dispatch())!;
  return { parent, child, run };
}

const inbox = (w: World, session_id: string, take = false) => w.run('read_inbox', { session_id, take });
const pause = (w: World, session_id: string) => w.run('pause', { session_id, reason: 'operator' });
const resume = (w: World, session_id: string) => w.run('resume', { session_id });
const retry = { outcome: 'failed', error: 'no answer', retryable: true } as const;
const gate = { outcome: 'awaiting_user', tool_call_id: 'call-1' } as const;

/** What a command told, as its letters say it. */
async function told<Name extends CommandName>(w: World, kind: Name, input: CommandInput<Name>) {
  const { artifacts } = await w.full(kind, input);
  const contents = artifacts.map(({ text }) => JSON.parse(text));
  return contents
    .filter((content) => !('checkpoint_id' in content))
    .map((content) => RoleMailboxBody.parse(content));
}

const say = (
  w: World,
  run: { job_id: string; run_epoch: number },
  count: number,
  { text = 'half done', part = 0 } = {},
) => w.run('progress', { job_id: run.job_id, run_epoch: run.run_epoch, text, part, count });

describe('D-30: notices of type FYI to the direct requester', () => {
  it('a pause is told after the change of state, with state, runs, tokens and last activity', async () => {
    const w = await world();
    const { parent, child, run } = await family(w);
    w.now += 2000;
    await w.run('usage', { job_id: run.job_id, run_epoch: run.run_epoch, tokens: 120, cost_usd: null });
    await pause(w, child);
    w.now += 1000;
    const from = w.log.length;
    const [body] = await told(w, 'finish_run', {
      job_id: run.job_id,
      run_epoch: run.run_epoch,
      result: { outcome: 'interrupted' },
    });
    expect(w.kinds(from)).toEqual(['SESS-002', 'GOV-MAILBOX-001']);
    expect(body).toEqual({
      schema_version: 'hsk.role_mailbox_body@0.5',
      text: [
        `session: ${child}`,
        'state: PAUSED (operator)',
        'runs: 1',
        'tokens: 120',
        'cost: not known',
        'last activity: 2026-02-24T09:00:03.000Z',
      ].join('\n'),
      summary: 'Coder: PAUSED (operator)',
      artifacts: [],
      mt_context: null,
      suggested_actions: [],
    });
    const [letter] = await inbox(w, parent);
    expect(letter).toMatchObject({
      mailbox_kind: 'COLLAB',
      message_type: 'FYI',
      thread_id: parent,
      from_role: 'Coder',
      to_roles: ['Orchestrator'],
      attachments: [],
      idempotency_key: `notice:v1:${child}:1`,
      from_session_id: child,
      to_session_id: parent,
    });
    const [event] = w.of('FR-EVT-GOV-MAILBOX-001');
    expect(event).toMatchObject({ actor: 'system', model_session_id: child });
    expect(event?.payload).toMatchObject({
      message_id: letter?.message_id,
      message_type: 'FYI',
      body_ref: letter?.body_ref,
      idempotency_key: `notice:v1:${child}:1`,
    });
    expect(w.of('FR-EVT-SESS-SPAWN-004')).toEqual([]);
    expect(verifyLog(w.log)).toEqual([]);
  });

  it('a cost that is known is told; a session that has done nothing says so', async () => {
    const w = await world();
    const { child, run } = await family(w);
    await w.run('usage', { job_id: run.job_id, run_epoch: run.run_epoch, tokens: 7, cost_usd: 0.25 });
    await w.finish(run, { outcome: 'yield' });
    const [paid] = await told(w, 'pause', { session_id: child, reason: 'budget' });
    expect(paid?.text).toContain('\ncost: 0.25 USD\n');
    const fresh = await w.child(w.session(child).parent_session_id!);
    const [idle] = await told(w, 'pause', { session_id: fresh, reason: 'policy' });
    expect(idle?.text).toBe(
      [
        `session: ${fresh}`,
        'state: PAUSED (policy)',
        'runs: 0',
        'tokens: 0',
        'cost: not known',
        'last activity: none',
      ].join('\n'),
    );
  });

  it('waiting at a gate is told, and that it goes on, though its state is BLOCKED before and after', async () => {
    const w = await world();
    const { parent, child, run } = await family(w);
    const waiting = await told(w, 'finish_run', {
      job_id: run.job_id,
      run_epoch: run.run_epoch,
      result: gate,
    });
    expect(waiting.map(({ summary }) => summary)).toEqual(['Coder: BLOCKED (gate)']);
    await inbox(w, parent, true);
    const from = w.log.length;
    const on = await told(w, 'approve', { session_id: child, tool_call_id: 'call-1', by: 'operator' });
    expect(on.map(({ summary }) => summary)).toEqual(['Coder: resumed']);
    expect(on[0]?.text).toContain('\nstate: BLOCKED (dispatch)\n');
    expect(w.kinds(from)).toEqual(['GOV-MAILBOX-001']);
  });

  it('waiting for consent is told at once, though no run has started', async () => {
    const w = await world();
    const { session_id: parent } = await w.root();
    await w.run('enqueue', { session_id: parent });
    await w.play(parent, { outcome: 'yield' });
    await w.child(parent, { child_model_preference: 'cloudy/large', child_backend_preference: 'cloud' });
    const bodies = await told(w, 'dispatch', { boot_id: 'test' });
    expect(bodies.map(({ summary }) => summary)).toEqual(['Coder: BLOCKED (consent)']);
  });

  it('a failed attempt that will be retried is told with its error and when it is tried again', async () => {
    const w = await world();
    const { run } = await family(w);
    const from = w.log.length;
    const [body] = await told(w, 'finish_run', {
      job_id: run.job_id,
      run_epoch: run.run_epoch,
      result: retry,
    });
    expect(body?.summary).toBe('Coder: attempt 1 failed, the next one is due at 2026-02-24T09:00:01.000Z');
    expect(body?.text.split('\n').slice(1)).toEqual([
      'state: BLOCKED (retry)',
      'runs: 1',
      'tokens: 0',
      'cost: not known',
      'last activity: 2026-02-24T09:00:00.000Z',
      'said: no answer',
    ]);
    expect(w.kinds(from)).toEqual(['SESS-002', 'GOV-MAILBOX-001']);
  });

  it('each failed attempt is told once it can be read, and a second job that is queued meanwhile tells nothing', async () => {
    const w = await world();
    const { parent, child, run } = await family(w);
    await w.finish(run, retry);
    expect(await inbox(w, parent, true)).toHaveLength(1);
    await w.run('enqueue', { session_id: child });
    expect(await inbox(w, parent)).toEqual([]);
    w.now += 60_000;
    await w.finish((await w.dispatch())!, retry);
    expect((await inbox(w, parent, true)).map((letter) => letter.idempotency_key)).toEqual([
      `notice:v1:${child}:2`,
    ]);
  });

  it('recovery tells the requester of a child that a crash has paused, and a second one tells nothing', async () => {
    const w = await world();
    const { parent, child } = await family(w);
    const from = w.log.length;
    const [body] = await told(w, 'recover', { boot_id: 'next' });
    expect(w.kinds(from)).toEqual(['WF-RECOVERY', 'SESS-002', 'GOV-MAILBOX-001']);
    expect(body?.summary).toBe('Coder: PAUSED (crash_recovery)');
    expect(await told(w, 'recover', { boot_id: 'another' })).toEqual([]);
    expect((await inbox(w, parent)).map((letter) => letter.from_session_id)).toEqual([child]);
  });

  it('another reason for the same pause is told; the same one is not', async () => {
    const w = await world();
    const { parent, child, run } = await family(w);
    await w.finish(run, { outcome: 'yield' });
    await pause(w, child);
    await inbox(w, parent, true);
    expect(await told(w, 'pause', { session_id: child, reason: 'operator' })).toEqual([]);
    const bodies = await told(w, 'pause', { session_id: child, reason: 'budget' });
    expect(bodies.map(({ summary }) => summary)).toEqual(['Coder: PAUSED (budget)']);
  });

  it('waiting for a permit, for input or for children is nothing that anybody has to be told', async () => {
    const w = await world();
    const { parent, child, run } = await family(w, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.child(child);
    await w.finish(run, { outcome: 'yield' });
    expect(w.session(child)).toMatchObject({ state: 'BLOCKED', blocked_on: 'children' });
    await w.run('enqueue', { session_id: child });
    expect(w.session(child).blocked_on).toBe('dispatch');
    expect(await inbox(w, parent)).toEqual([]);
  });
});

describe('D-30: where somebody may have to act', () => {
  it.each([
    ['BLOCKED', 'gate', null, 'BLOCKED (gate)'],
    ['BLOCKED', 'consent', null, 'BLOCKED (consent)'],
    ['BLOCKED', 'merge_conflict', null, 'BLOCKED (merge_conflict)'],
    ['BLOCKED', 'children', null, null],
    ['BLOCKED', 'input', null, null],
    ['BLOCKED', 'retry', null, null],
    ['BLOCKED', 'dispatch', null, null],
    ['PAUSED', null, 'budget', 'PAUSED (budget)'],
    ['PAUSED', null, 'crash_recovery', 'PAUSED (crash_recovery)'],
    ['CREATED', null, null, null],
    ['ACTIVE', null, null, null],
    ['COMPLETED', null, null, null],
  ] as const)('%s on %s for %s stands as %s', (state, blocked_on, pause_reason, standing) => {
    expect(standingOf({ state, blocked_on, pause_reason } as SessionRow)).toBe(standing);
  });
});

describe('D-30: who is told', () => {
  it('the direct requester and nobody above it', async () => {
    const w = await world();
    const { parent, child } = await family(w, { spawn_mode: 'SESSION_PERSISTENT' });
    const grandchild = await w.child(child);
    await pause(w, grandchild);
    expect(await inbox(w, parent)).toEqual([]);
    expect((await inbox(w, child)).map((letter) => letter.from_session_id)).toEqual([grandchild]);
  });

  it('nobody of a root, or of a child that does not announce', async () => {
    const w = await world();
    const { parent, child } = await family(w, { announce_back: false });
    await pause(w, parent);
    await pause(w, child);
    await w.run('recover', { boot_id: 'next' });
    expect(w.of('FR-EVT-GOV-MAILBOX-001')).toEqual([]);
    expect(w.session(child).notice_seq).toBe(0);
  });

  it('a requester that has ended is told nothing more', async () => {
    const w = await world();
    const { parent, child, run } = await family(w, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.finish(run, done);
    await w.play(parent, closed);
    const letters = await inbox(w, parent);
    await pause(w, child);
    expect(await inbox(w, parent)).toEqual(letters);
    await resume(w, child);
    await w.run('enqueue', { session_id: child });
    const again = (await w.dispatch())!;
    expect(await say(w, again, 1)).toMatchObject({ answer: { told: false, reason: 'requester_terminal' } });
  });

  it('a cascade tells nothing, neither from below nor of a pause that it ends', async () => {
    const w = await world();
    const { parent, child } = await family(w);
    const sibling = await w.child(parent);
    await w.child(child);
    await pause(w, sibling);
    await inbox(w, parent, true);
    const from = w.log.length;
    await w.run('cancel', { session_id: parent, reason: 'enough', by: 'operator' });
    expect(w.kinds(from).filter((kind) => kind === 'GOV-MAILBOX-001')).toEqual([]);
  });

  it('a paused child that is cancelled announces that, and is not said to be resumed', async () => {
    const w = await world();
    const { parent } = await family(w);
    const child = await w.child(parent);
    await pause(w, child);
    await inbox(w, parent, true);
    await w.run('cancel', { session_id: child, reason: 'enough', by: 'operator' });
    expect((await inbox(w, parent)).map((letter) => letter.message_type)).toEqual(['SessionAnnounceBack']);
  });
});

describe('D-29, D-30: notices wake nobody', () => {
  it('a requester with nothing but notices stays asleep, and reads them in order when a run takes its inbox', async () => {
    const w = await world();
    const { parent, child, run } = await family(w);
    await say(w, run, 1);
    await pause(w, child);
    await w.finish(run, { outcome: 'interrupted' });
    expect(w.jobs(parent)).toEqual([]);
    expect(w.session(parent)).toMatchObject({ blocked_on: 'children', inbox_seq: 2, inbox_announced: 0 });
    await resume(w, child);
    await w.play(child, done);
    expect(w.jobs(parent)).toHaveLength(1);
    const from = w.log.length;
    expect((await inbox(w, parent, true)).map((letter) => letter.message_type)).toEqual([
      'FYI',
      'FYI',
      'SessionAnnounceBack',
    ]);
    expect(w.kinds(from)).toEqual(['SESS-004', 'SESS-004', 'SESS-004']);
    const thread = w.view().select('message', 'session', parent);
    expect(
      thread.map(({ role, provenance }) => [role, provenance?.source_role, provenance?.trusted]),
    ).toEqual(Array(3).fill(['USER', 'Coder', true]));
    expect(thread[0]?.provenance).toEqual({
      source_session_id: child,
      source_role: 'Coder',
      content_hash: thread[0]?.content_hash,
      trusted: true,
    });
  });

  it('a run that ends, or a pause that does, with a notice unread is followed by no other run', async () => {
    const w = await world();
    const { parent } = await family(w);
    await w.run('enqueue', { session_id: parent });
    const mine = (await w.dispatch())!;
    await pause(w, await w.child(parent));
    await w.finish(mine, { outcome: 'yield' });
    expect(await inbox(w, parent)).toHaveLength(1);
    expect(w.jobs(parent)).toEqual([]);
    await pause(w, parent);
    await resume(w, parent);
    expect(w.jobs(parent)).toEqual([]);
  });

  it('an announcement that was read wakes nobody again when a notice comes', async () => {
    const w = await world();
    const { parent, child, run } = await family(w, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.finish(run, done);
    await w.dispatch();
    await inbox(w, parent, true);
    await w.finish(w.jobs(parent)[0]!, { outcome: 'yield' });
    await pause(w, child);
    expect(await inbox(w, parent)).toHaveLength(1);
    expect(w.jobs(parent)).toEqual([]);
  });

  it('a notice that is taken behind a run’s back causes no further run; an announcement does', async () => {
    const w = await world();
    const { parent, child } = await family(w, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.run('enqueue', { session_id: parent });
    const mine = (await w.dispatch())!;
    await inbox(w, parent, true); // the run's own
    const other = await w.child(parent);
    await pause(w, other);
    await inbox(w, parent, true); // an operator's
    expect(w.session(parent).unread_thread).toBe(false);
    await w.finish(mine, { outcome: 'yield' });
    expect(w.jobs(parent)).toEqual([]);
    await w.run('enqueue', { session_id: parent });
    const next = (await w.dispatch())!;
    await inbox(w, parent, true);
    await w.finish(w.jobs(child)[0]!, done);
    await inbox(w, parent, true);
    expect(w.session(parent).unread_thread).toBe(true);
    await w.finish(next, { outcome: 'yield' });
    expect(w.jobs(parent)).toHaveLength(1);
  });
});

describe('D-30: a chatty child cannot flood its requester', () => {
  it('of two notices of one urgency the second is dropped while the first is unread', async () => {
    const w = await world();
    const { parent, run } = await family(w);
    expect(await say(w, run, 1)).toEqual({ fenced: false, pause: false, answer: { told: true } });
    expect(await say(w, run, 2)).toMatchObject({ answer: { told: false, reason: 'unread' } });
    await inbox(w, parent);
    expect(await say(w, run, 3)).toMatchObject({ answer: { told: false, reason: 'unread' } });
    await inbox(w, parent, true);
    expect(await say(w, run, 4)).toMatchObject({ answer: { told: true } });
    expect(w.of('FR-EVT-GOV-MAILBOX-001')).toHaveLength(2);
  });

  it('what is more urgent comes through, what is less urgent does not: three letters at the most', async () => {
    const w = await world();
    const { parent, child, run } = await family(w);
    await say(w, run, 1);
    await w.finish(run, retry);
    expect(await inbox(w, parent)).toHaveLength(2);
    w.now += 60_000;
    const second = (await w.dispatch())!;
    expect(await say(w, second, 2)).toMatchObject({ answer: { told: false, reason: 'unread' } });
    await w.finish(second, retry);
    expect(await inbox(w, parent)).toHaveLength(2);
    await pause(w, child);
    expect(await inbox(w, parent)).toHaveLength(3);
    await resume(w, child);
    await pause(w, child);
    expect(await inbox(w, parent)).toHaveLength(3);
  });

  it('a new pause is more urgent than the end of the one before', async () => {
    const w = await world();
    const { parent } = await family(w);
    const child = await w.child(parent);
    await pause(w, child);
    await inbox(w, parent, true);
    await resume(w, child);
    await pause(w, child);
    expect((await inbox(w, parent)).map((letter) => letter.idempotency_key)).toEqual([
      `notice:v1:${child}:2`,
      `notice:v1:${child}:3`,
    ]);
  });

  it('each child has its own: one that is silent is not kept from speaking', async () => {
    const w = await world();
    const { parent, run } = await family(w);
    await w.child(parent);
    const other = (await w.dispatch())!;
    expect(await say(w, run, 1)).toMatchObject({ answer: { told: true } });
    expect(await say(w, other, 1)).toMatchObject({ answer: { told: true } });
  });

  it('what was dropped and makes a notice untrue comes behind it when the inbox is taken', async () => {
    const w = await world();
    const { parent, child, run } = await family(w);
    await w.finish(run, { outcome: 'yield' });
    const idle = await w.child(parent);
    await pause(w, child);
    await pause(w, idle);
    await resume(w, child);
    expect(await inbox(w, parent)).toHaveLength(2);
    const from = w.log.length;
    const [body, ...rest] = await told(w, 'read_inbox', { session_id: parent, take: true });
    expect(rest).toEqual([]);
    expect(body?.summary).toBe('Coder: resumed');
    expect(w.kinds(from)).toEqual(['GOV-MAILBOX-001', 'SESS-004', 'SESS-004', 'SESS-004']);
    expect(await inbox(w, parent)).toEqual([]);
    expect(w.session(child)).toMatchObject({ notice_seq: 2, notice_standing: null });
    expect(w.session(idle).notice_seq).toBe(1);
  });

  it('nothing comes behind a notice of a child that has ended, nor when nobody takes', async () => {
    const w = await world();
    const { parent } = await family(w);
    const child = await w.child(parent);
    await pause(w, child);
    await w.run('cancel', { session_id: child, reason: 'enough', by: 'operator' });
    expect((await inbox(w, parent, true)).map((letter) => letter.message_type)).toEqual([
      'FYI',
      'SessionAnnounceBack',
    ]);
  });

  it('whatever happens: at most three unread of each child, and after a taking each stands as it was told', async () => {
    const kinds = ['pause', 'resume', 'say', 'retry', 'gate', 'approve', 'dispatch', 'take', 'wait'] as const;
    const step = fc.record({ kind: fc.constantFrom(...kinds), pick: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const w = await world();
        const { parent, child } = await family(w);
        const children = [child, await w.child(parent)];
        let count = 0;
        for (const { kind, pick } of steps) {
          const session_id = children[pick % 2]!;
          const run = w.jobs(session_id).find((job) => job.state === 'running');
          if (kind === 'pause') await pause(w, session_id);
          if (kind === 'resume') await w.decide('resume', { session_id });
          if (kind === 'approve')
            await w.decide('approve', { session_id, tool_call_id: 'call-1', by: 'operator' });
          if (kind === 'say' && run) await say(w, run, ++count);
          if (kind === 'retry' && run) await w.finish(run, retry);
          if (kind === 'gate' && run) await w.finish(run, gate);
          if (kind === 'dispatch') await w.dispatch();
          if (kind === 'wait') w.now += 20_000;
          const unread = await inbox(w, parent);
          for (const id of children) {
            const mine = unread.filter((l) => l.from_session_id === id && l.message_type === 'FYI');
            expect(mine.length).toBeLessThanOrEqual(3);
          }
          if (kind !== 'take') continue;
          await inbox(w, parent, true);
          for (const id of children) {
            const { state, blocked_on, pause_reason, notice_standing, terminal } = w.session(id);
            const gated = blocked_on === 'gate' ? 'BLOCKED (gate)' : null;
            const now = state === 'PAUSED' ? `PAUSED (${pause_reason})` : gated;
            if (!terminal) expect(notice_standing).toBe(now);
          }
        }
        const keys = w.of('FR-EVT-GOV-MAILBOX-001').map(({ payload }) => payload.idempotency_key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(verifyLog(w.log)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('D-30: what a runner says of its progress', () => {
  it('is told in its own words, redacted, as the act of an agent in that run', async () => {
    const w = await world();
    const { run } = await family(w);
    const [body] = await told(w, 'progress', {
      job_id: run.job_id,
      run_epoch: run.run_epoch,
      text: 'password=abcdef123456 found, 3 of 7 done',
      part: 0,
      count: 1,
    });
    expect(body?.summary).toBe('Coder: progress');
    expect(body?.text.split('\n').at(-1)).toBe('said: password=[redacted assignment] found, 3 of 7 done');
    const [event] = w.of('FR-EVT-GOV-MAILBOX-001');
    expect(event).toMatchObject({
      actor: 'agent',
      job_id: run.job_id,
      activity_span_id: run.attempt_span_id,
    });
  });

  it('F5: a retry repeats none of it, and goes on where it says more', async () => {
    const w = await world();
    const { parent, run } = await family(w);
    for (const count of [1, 2]) {
      expect(await say(w, run, count)).toMatchObject({ answer: { told: true } });
      await inbox(w, parent, true);
    }
    await w.finish(run, retry);
    await inbox(w, parent, true);
    w.now += 60_000;
    const again = (await w.dispatch())!;
    for (const count of [1, 2]) {
      expect(await say(w, again, count)).toMatchObject({ answer: { told: false, reason: 'repeated' } });
    }
    expect(await say(w, again, 3)).toMatchObject({ answer: { told: true } });
  });

  it('after a pause the count begins anew in the next part of the job, and an older part says nothing more', async () => {
    const w = await world();
    const { parent, run } = await family(w);
    await say(w, run, 5);
    await inbox(w, parent, true);
    expect(await say(w, run, 1, { part: 1 })).toMatchObject({ answer: { told: true } });
    await inbox(w, parent, true);
    expect(await say(w, run, 6, { part: 0 })).toMatchObject({ answer: { told: false, reason: 'repeated' } });
    expect(await say(w, run, 2, { part: 1 })).toMatchObject({ answer: { told: true } });
  });

  it('what was dropped as unread was not told, so a retry may tell it', async () => {
    const w = await world();
    const { parent, run } = await family(w);
    await say(w, run, 1);
    await say(w, run, 2);
    await inbox(w, parent, true);
    expect(await say(w, run, 2)).toMatchObject({ answer: { told: true } });
  });

  it('a root, and a child that does not announce, have nobody to tell', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const mine = (await w.dispatch())!;
    expect(await say(w, mine, 1)).toMatchObject({ answer: { told: false, reason: 'no_requester' } });
    await w.child(session_id, { announce_back: false });
    const its = (await w.dispatch())!;
    expect(await say(w, its, 1)).toMatchObject({ answer: { told: false, reason: 'no_requester' } });
    expect(w.of('FR-EVT-GOV-MAILBOX-001')).toEqual([]);
  });

  it('FM-24: a fenced run tells nothing; a pause that was asked for is met at this boundary', async () => {
    const w = await world();
    const { child, run } = await family(w);
    await pause(w, child);
    expect(await say(w, run, 1)).toEqual({ fenced: false, pause: true, answer: { told: true } });
    await w.run('recover', { boot_id: 'next' });
    const from = w.log.length;
    expect(await say(w, run, 2)).toMatchObject({ fenced: true });
    expect(w.kinds(from)).toEqual([]);
  });
});
