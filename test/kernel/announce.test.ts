import { describe, expect, it } from 'vitest';
import { AnnounceBackSummary, RoleMailboxBody } from '../../tools/generated/index.ts';
import { closed, done, type World, world } from './world.ts';

async function parentWithRun(w: World): Promise<string> {
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  await w.play(session_id, { outcome: 'yield' });
  return session_id;
}

const inbox = (w: World, session_id: string, take = false) => w.run('read_inbox', { session_id, take });

describe('4.3.9.15.5: announce-back', () => {
  it('E13, D-53: state, completion, letter, announcement, wake-up, in this order and in one transaction', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent);
    const job = (await w.dispatch())!;
    const from = w.log.length;
    const decision = await w.full('finish_run', {
      job_id: job.job_id,
      run_epoch: job.run_epoch,
      result: { outcome: 'completed', key_outputs: ['sha256:out'], next_steps: ['merge'] },
    });
    expect(w.kinds(from)).toEqual([
      'SESS-002',
      'SESS-003',
      'GOV-MAILBOX-001',
      'SESS-SPAWN-004',
      'SESS-SCHED-001',
    ]);
    const [summary, body] = decision.artifacts.map(({ text }) => JSON.parse(text));
    expect(AnnounceBackSummary.parse(summary)).toMatchObject({
      child_session_id: child,
      status: 'COMPLETED',
      key_outputs: ['sha256:out'],
      error: null,
    });
    expect(RoleMailboxBody.parse(body)).toMatchObject({ suggested_actions: ['merge'] });
    const [letter] = await inbox(w, parent);
    expect(letter).toMatchObject({
      mailbox_kind: 'COLLAB',
      message_type: 'SessionAnnounceBack',
      body_ref: decision.artifacts[1]?.artifact_id,
      attachments: [decision.artifacts[0]?.artifact_id],
      idempotency_key: `announce:v1:${child}:1`,
    });
    expect(w.of('FR-EVT-SESS-SPAWN-004')[0]?.payload).toMatchObject({
      mailbox_message_id: letter?.message_id,
      summary_artifact_id: decision.artifacts[0]?.artifact_id,
    });
  });

  it('a failed child announces its error; one that need not announce is silent', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const broken = await w.child(parent);
    await w.play(broken, { outcome: 'failed', error: 'no disk', retryable: false });
    await w.play(await w.child(parent, { announce_back: false }), done);
    expect(w.of('FR-EVT-SESS-SPAWN-004').map((event) => event.payload)).toMatchObject([
      { child_session_id: broken, status: 'FAILED' },
    ]);
  });

  it('D-28: cancelled by somebody else it announces; inside its requester’s cascade it is silent', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent);
    const grandchild = await w.child(child);
    await w.run('cancel', { session_id: child, reason: 'no', by: 'operator' });
    expect(await inbox(w, parent)).toMatchObject([{ from_session_id: child }]);
    expect(w.of('FR-EVT-SESS-SPAWN-004').map((event) => event.payload.status)).toEqual(['CANCELLED']);
    await w.child(parent);
    await w.run('cancel', { session_id: parent, reason: 'no', by: 'operator' });
    expect(w.of('FR-EVT-SESS-SPAWN-004')).toHaveLength(1);
    expect(w.session(grandchild).state).toBe('CANCELLED');
  });

  it('FM-12: forty children end in one tick: forty letters, one wake-up, read in their order', async () => {
    const w = await world({ limits: { max_active_children_per_session: 40 } });
    const parent = await parentWithRun(w);
    const children = [];
    for (let n = 0; n < 40; n += 1) children.push(await w.child(parent));
    const jobs = await w.dispatchAll();
    const from = w.of('FR-EVT-SESS-SCHED-001').length;
    for (const job of jobs) await w.finish(job, done);
    expect(
      w
        .of('FR-EVT-SESS-SCHED-001')
        .slice(from)
        .map((event) => event.payload.session_id),
    ).toEqual([parent]);
    const letters = await inbox(w, parent, true);
    expect(letters.map((letter) => letter.from_session_id)).toEqual(jobs.map((job) => job.session_id));
    expect(letters).toHaveLength(40);
  });

  it('FM-11: a child that ends while its parent runs is heard after the run', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const mine = (await w.dispatch())!;
    const child = await w.child(session_id);
    const its = (await w.dispatch())!;
    await w.finish(its, done);
    expect(w.jobs(session_id)).toHaveLength(1);
    await w.finish(mine, { outcome: 'yield' });
    expect(await w.dispatch()).toMatchObject({ session_id, wake: true });
    expect(await inbox(w, session_id)).toMatchObject([{ from_session_id: child }]);
  });

  it('FM-11: a child that ends while its parent is paused is heard after the pause', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent);
    await w.run('pause', { session_id: parent, reason: 'operator' });
    await w.play(child, done);
    expect(await w.dispatch()).toBeNull();
    await w.run('resume', { session_id: parent });
    expect(await w.dispatch()).toMatchObject({ session_id: parent, wake: true });
  });

  it('FM-14: a nested child announces to its own requester and to nobody above', async () => {
    const w = await world();
    const root = await parentWithRun(w);
    const middle = await w.child(root, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.play(await w.child(middle), done);
    expect(await inbox(w, middle)).toHaveLength(1);
    expect(await inbox(w, root)).toEqual([]);
  });

  it('FM-15: a terminal requester gets the letter and no wake-up', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent, { spawn_mode: 'SESSION_PERSISTENT' });
    await w.play(child, done);
    await w.play(parent, closed);
    expect(w.session(parent).state).toBe('COMPLETED');
    await w.run('enqueue', { session_id: child });
    await w.play(child, closed);
    expect(await inbox(w, parent)).toHaveLength(2);
    expect(w.jobs(parent)).toEqual([]);
  });

  it('D-08, D-29: a persistent child announces every task, with its own number and its own tokens', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent, { spawn_mode: 'SESSION_PERSISTENT' });
    const totals = [];
    for (const tokens of [10, 7]) {
      let job = await w.dispatch();
      while (job?.session_id !== child) job = await w.dispatch();
      await w.run('usage', { job_id: job.job_id, run_epoch: job.run_epoch, tokens, cost_usd: null });
      const decision = await w.full('finish_run', {
        job_id: job.job_id,
        run_epoch: job.run_epoch,
        result: done,
      });
      totals.push(JSON.parse(decision.artifacts[1]!.text).total_tokens);
      await w.run('enqueue', { session_id: child });
    }
    expect(totals).toEqual([10, 7]);
    expect((await inbox(w, parent)).map((letter) => letter.idempotency_key)).toEqual([
      `announce:v1:${child}:1`,
      `announce:v1:${child}:2`,
    ]);
  });

  it('looking does not consume; taking does, once, as USER messages that name their source', async () => {
    const w = await world();
    const parent = await parentWithRun(w);
    const child = await w.child(parent);
    await w.play(child, done);
    const from = w.log.length;
    const [letter] = await inbox(w, parent);
    expect(await inbox(w, parent)).toEqual([letter]);
    expect(w.kinds(from)).toEqual([]);
    expect(await inbox(w, parent, true)).toEqual([letter]);
    expect(w.kinds(from)).toEqual(['SESS-004']);
    expect(await inbox(w, parent, true)).toEqual([]);
    expect(w.view().select('message', 'session', parent)).toMatchObject([
      {
        role: 'USER',
        content_hash: letter?.body_sha256,
        provenance: {
          source_session_id: child,
          source_role: 'Coder',
          content_hash: letter?.body_sha256,
          trusted: true,
        },
      },
    ]);
  });
});

describe('4.3.9.20: trust', () => {
  const hash = 'a'.repeat(64);
  const message = (session_id: string) => ({
    session_id,
    content_hash: hash,
    content_artifact_id: `sha256:${hash}`,
  });

  it('TRUST-001: what comes from outside is USER, untrusted, and names its source', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('send', { ...message(session_id), external: 'mcp:mail' });
    expect(w.view().select('message', 'session', session_id)).toMatchObject([
      { role: 'USER', provenance: { source_session_id: null, source_role: 'mcp:mail', trusted: false } },
    ]);
    expect(await w.decide('send', message(session_id))).toMatchObject({ code: 'provenance_missing' });
    expect(w.kinds().slice(-2)).toEqual(['SESS-004', 'SESS-SCHED-001']);
  });

  it.each(['source_session_id', 'source_role', 'content_hash', 'trusted'] as const)(
    'TRUST-002: a routed message without %s is rejected',
    async (missing) => {
      const w = await world();
      const { session_id: source } = await w.root();
      const { session_id } = await w.root();
      const claim = {
        source_session_id: source,
        source_role: 'Orchestrator',
        content_hash: hash,
        trusted: true,
      };
      const { [missing]: _, ...routed } = claim;
      expect(await w.decide('send', { ...message(session_id), routed })).toMatchObject({
        code: 'provenance_missing',
      });
      await w.run('send', { ...message(session_id), routed: claim });
    },
  );

  it('TRUST-002: a routed message that claims what is not so is rejected', async () => {
    const w = await world();
    const { session_id: source } = await w.root();
    const { session_id } = await w.root();
    const routed = { source_session_id: source, source_role: 'Validator', content_hash: hash, trusted: true };
    expect(await w.decide('send', { ...message(session_id), routed })).toMatchObject({
      code: 'provenance_missing',
    });
  });
});
