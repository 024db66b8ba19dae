import { describe, expect, it } from 'vitest';
import { type World, world } from './world.ts';

const hash = 'd'.repeat(64);
const content = { content_hash: hash, content_artifact_id: `sha256:${hash}` };

/** Three generations and a stranger; the one in the middle has a run under way. */
async function family(w: World, over: Parameters<World['child']>[1] = {}) {
  const { session_id: parent } = await w.root();
  await w.run('enqueue', { session_id: parent });
  await w.play(parent, { outcome: 'yield' });
  const middle = await w.child(parent);
  const run = (await w.dispatch())!;
  const child = await w.child(middle, { child_role: 'Validator', ...over });
  const { session_id: stranger } = await w.root();
  return { parent, middle, run, child, stranger };
}

const sending = (run: { job_id: string; run_epoch: number }, to_session_id: string, name = 'job:1') => ({
  job_id: run.job_id,
  run_epoch: run.run_epoch,
  name,
  to_session_id,
  ...content,
});
const threadOf = (w: World, id: string) => w.view().select('message', 'session', id);

describe('TRUST-002: a message from a run', () => {
  it('is trusted, is USER, and names its source, which no caller had to claim', async () => {
    const w = await world();
    const { parent, middle, run, child } = await family(w);
    for (const [n, to] of [parent, child].entries()) {
      const from = w.log.length;
      const sent = await w.run('route', sending(run, to, `job:${n}`));
      expect(sent).toEqual({ fenced: false, pause: false, message_id: expect.any(String) });
      expect(threadOf(w, to)).toMatchObject([
        {
          message_id: sent.message_id,
          role: 'USER',
          ...content,
          provenance: {
            source_session_id: middle,
            source_role: 'Coder',
            content_hash: hash,
            trusted: true,
          },
        },
      ]);
      expect(w.log[from]).toMatchObject({ actor: 'agent', model_session_id: to });
      expect(w.jobs(to)).toHaveLength(1);
    }
  });

  it('wakes whoever rests, once', async () => {
    const w = await world();
    const { parent, run } = await family(w);
    const from = w.log.length;
    await w.run('route', sending(run, parent, 'job:1'));
    await w.run('route', sending(run, parent, 'job:2'));
    expect(w.kinds(from)).toEqual(['SESS-004', 'SESS-SCHED-001', 'SESS-004']);
    expect(w.jobs(parent)).toMatchObject([{ wake: true }]);
  });

  it('F5: goes out once, however often the job is retried', async () => {
    const w = await world();
    const { parent, run } = await family(w);
    const first = await w.run('route', sending(run, parent));
    await w.finish(run, { outcome: 'failed', error: 'no answer', retryable: true });
    w.now += 60_000;
    const again = (await w.dispatchAll()).find((job) => job.job_id === run.job_id)!;
    const from = w.log.length;
    expect(await w.run('route', sending(again, parent))).toEqual(first);
    expect(w.kinds(from)).toEqual([]);
    expect(threadOf(w, parent)).toHaveLength(1);
  });

  it('goes to parent and children and to nobody else, whether he exists or not', async () => {
    const w = await world();
    const { parent, middle, run, child, stranger } = await family(w);
    const sibling = await w.child(parent);
    const grandchild = await w.child(child);
    const nobody = '00000000-0000-7000-8000-000000000000';
    for (const to of [middle, sibling, grandchild, stranger, nobody]) {
      expect(await w.decide('route', sending(run, to))).toEqual({
        rejected: true,
        code: 'invalid_request',
        message: `session ${to} is neither parent nor child of ${middle}, expected one of them`,
      });
      expect(threadOf(w, to)).toEqual([]);
    }
  });

  it('a root has no parent to write to, and two roots are not relatives of each other', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const { session_id: other } = await w.root();
    await w.run('enqueue', { session_id });
    const run = (await w.dispatch())!;
    expect(await w.decide('route', sending(run, other))).toMatchObject({ code: 'invalid_request' });
  });

  it('is refused by one that has ended', async () => {
    const w = await world();
    const { run, child } = await family(w);
    await w.run('cancel', { session_id: child, reason: 'enough', by: 'ada' });
    expect(await w.decide('route', sending(run, child))).toMatchObject({ code: 'session_terminal' });
  });

  it('D-23: an idle persistent child has to win a place to be written to', async () => {
    const w = await world({ limits: { max_active_children_per_session: 1 } });
    const { middle, run, child } = await family(w, {
      spawn_mode: 'SESSION_PERSISTENT',
      announce_back: false,
    });
    await w.play(child, { outcome: 'completed' });
    await w.child(middle);
    expect(await w.decide('route', sending(run, child))).toMatchObject({ code: 'children_cap_reached' });
    expect(threadOf(w, child)).toEqual([]);
  });

  it('FM-24: a fenced run sends nothing; a pause that was asked for is met at this boundary', async () => {
    const w = await world();
    const { parent, middle, run } = await family(w);
    await w.run('pause', { session_id: middle, reason: 'operator' });
    expect(await w.run('route', sending(run, parent))).toMatchObject({ fenced: false, pause: true });
    await w.run('recover', { boot_id: 'next' });
    expect(await w.run('route', sending(run, parent, 'job:2'))).toEqual({
      fenced: true,
      pause: false,
      message_id: null,
    });
    expect(threadOf(w, parent)).toHaveLength(1);
  });
});

describe('TRUST-002: a message of which a caller outside says that it is routed', () => {
  it.each([true, false])(
    'is kept with its source and is not trusted, whatever it claims (%s)',
    async (trusted) => {
      const w = await world();
      const { parent, middle } = await family(w);
      const routed = { source_session_id: middle, source_role: 'Coder', content_hash: hash, trusted };
      await w.run('send', { session_id: parent, ...content, routed });
      expect(threadOf(w, parent)).toMatchObject([
        { role: 'USER', provenance: { ...routed, trusted: false } },
      ]);
    },
  );
});
