import { describe, expect, it } from 'vitest';
import { closed, done, type World, world } from './world.ts';

const persistent = { spawn_mode: 'SESSION_PERSISTENT' } as const;
const stop = { reason: 'too slow', by: 'operator' };
const told = (w: World) => w.of('FR-EVT-SESS-SPAWN-004').map(({ payload }) => payload.status);

/** The artifacts of an announcement, the summary before the body. */
async function announced(act: () => Promise<{ artifacts: { artifact_id: string; text: string }[] }>) {
  const found = (await act()).artifacts.map(({ artifact_id, text }) => ({
    artifact_id,
    ...JSON.parse(text),
  }));
  return {
    summary: found.find(({ schema_version }) => schema_version === 'hsk.session_summary@0.1'),
    body: found.find(({ schema_version }) => schema_version === 'hsk.role_mailbox_body@0.5'),
  };
}

describe('D-29: a letter of announcement', () => {
  it('says who ended and how, and refers to its summary', async () => {
    const w = await world();
    const { session_id: requester } = await w.root();
    const child = await w.child(requester);
    const { job_id, run_epoch } = (await w.dispatch())!;
    await w.run('usage', { job_id, run_epoch, tokens: 30, cost_usd: 0.5 });
    const result = { outcome: 'completed', key_outputs: ['sha256:out'], next_steps: ['merge'] } as const;
    const { summary, body } = await announced(() =>
      w.full('finish_run', {
        job_id,
        run_epoch,
        result: { ...result, key_outputs: [...result.key_outputs], next_steps: [...result.next_steps] },
      }),
    );
    const { artifact_id, ...content } = summary;
    expect(content).toEqual({
      schema_version: 'hsk.session_summary@0.1',
      child_session_id: child,
      requester_session_id: requester,
      announce_seq: 1,
      status: 'COMPLETED',
      key_outputs: ['sha256:out'],
      error: null,
      total_tokens: 30,
      total_cost_usd: 0.5,
      next_steps: ['merge'],
    });
    const [letter] = await w.run('read_inbox', { session_id: requester, take: false });
    expect(body).toEqual({
      artifact_id: letter?.body_ref,
      schema_version: 'hsk.role_mailbox_body@0.5',
      text: `${child} COMPLETED`,
      summary: null,
      artifacts: [{ ref: artifact_id, sha256: artifact_id.slice('sha256:'.length), role: 'output' }],
      mt_context: null,
      suggested_actions: ['merge'],
    });
    expect(letter).toMatchObject({
      from_role: 'Coder',
      to_roles: ['Orchestrator'],
      relates_to_message_id: null,
      transcription_links: [],
      inbox_seq: 1,
    });
    expect(w.of('FR-EVT-GOV-MAILBOX-001')[0]?.payload).toEqual({
      spec_id: null,
      work_packet_id: null,
      governance_mode: 'gov_standard',
      thread_id: requester,
      message_id: letter?.message_id,
      from_role: 'Coder',
      to_roles: ['Orchestrator'],
      message_type: 'SessionAnnounceBack',
      body_ref: letter?.body_ref,
      body_sha256: letter?.body_sha256,
      idempotency_key: `announce:v1:${child}:1`,
    });
  });

  it('of a failure says what failed, and has nothing to hand on', async () => {
    const w = await world();
    const child = await w.child((await w.root()).session_id);
    const { job_id, run_epoch } = (await w.dispatch())!;
    const { summary, body } = await announced(() =>
      w.full('finish_run', {
        job_id,
        run_epoch,
        result: { outcome: 'failed', error: 'no disk', retryable: false },
      }),
    );
    expect(summary).toMatchObject({ status: 'FAILED', error: 'no disk', key_outputs: [], next_steps: [] });
    expect(summary).toMatchObject({ total_tokens: 0, total_cost_usd: null });
    expect(body).toMatchObject({ text: `${child} FAILED`, suggested_actions: [] });
  });

  it('of a cancel says why', async () => {
    const w = await world();
    const child = await w.child((await w.root()).session_id);
    const { summary } = await announced(() => w.full('cancel', { session_id: child, ...stop }));
    expect(summary).toMatchObject({ status: 'CANCELLED', error: 'too slow' });
  });

  it('D-08: of a further task has the tokens and the cost of that task alone', async () => {
    const w = await world();
    const child = await w.child((await w.root()).session_id, persistent);
    const totals: unknown[] = [];
    for (const [tokens, cost_usd] of [
      [30, null],
      [20, 0.5],
      [7, 0.25],
    ] as const) {
      let job = await w.dispatch();
      while (job?.session_id !== child) job = await w.dispatch();
      const key = { job_id: job.job_id, run_epoch: job.run_epoch };
      await w.run('usage', { ...key, tokens, cost_usd });
      const { summary } = await announced(() => w.full('finish_run', { ...key, result: done }));
      totals.push([summary.announce_seq, summary.total_tokens, summary.total_cost_usd]);
      await w.run('enqueue', { session_id: child });
    }
    expect(totals).toEqual([
      [1, 30, null],
      [2, 20, 0.5],
      [3, 7, 0.25],
    ]);
  });
});

describe('D-28: who hears of a cancel', () => {
  it('the requester, once: a second cancel announces nothing, and neither does one of a child that had ended', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const child = await w.child(session_id);
    await w.run('cancel', { session_id: child, ...stop });
    await w.run('cancel', { session_id: child, ...stop });
    const other = await w.child(session_id);
    await w.play(other, done);
    await w.run('cancel', { session_id: other, ...stop });
    expect(told(w)).toEqual(['CANCELLED', 'COMPLETED']);
  });

  it('nobody, where nothing was to be announced: a root, and a child that is silent', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('cancel', { session_id: await w.child(session_id, { announce_back: false }), ...stop });
    await w.run('cancel', { session_id, ...stop });
    expect(told(w)).toEqual([]);
  });

  it('nobody, where the requester has ended: a child that outlived it is cancelled in silence', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const child = await w.child(session_id, persistent);
    await w.play(child, done);
    await w.dispatchAll();
    await w.finish(w.jobs(session_id)[0]!, closed);
    expect(w.session(session_id).state).toBe('COMPLETED');
    const letters = w.session(session_id).inbox_seq;
    expect(await w.full('cancel', { session_id: child, ...stop })).toMatchObject({ artifacts: [] });
    expect(w.session(child).state).toBe('CANCELLED');
    expect(w.session(session_id).inbox_seq).toBe(letters);
  });
});
