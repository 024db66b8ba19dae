import { describe, expect, it } from 'vitest';
import { SessionCheckpoint } from '../../tools/generated/index.ts';
import type { CheckpointContent, CommandInput, CommandName, Decision } from '../../tools/kernel/index.ts';
import { canonicalJson, sha256 } from '../../tools/text/index.ts';
import { begins, ends, callId as tool_call_id } from './tool-call.ts';
import { closed, done, type WorldRules, world } from './world.ts';

const message = { role: 'ASSISTANT' as const, content_hash: 'b'.repeat(64), content_artifact_id: 'x' };

/** The checkpoints among what a decision writes. */
const checkpoints = ({ artifacts }: Pick<Decision<unknown>, 'artifacts'>): CheckpointContent[] =>
  artifacts.map(({ text }) => JSON.parse(text)).filter((content) => 'checkpoint_id' in content);

async function running(rules: WorldRules = {}) {
  const w = await world(rules);
  const { session_id } = await w.root();
  await w.run('enqueue', { session_id });
  const job = (await w.dispatch())!;
  const key = { job_id: job.job_id, run_epoch: job.run_epoch };
  const written = async <Name extends CommandName>(kind: Name, input: CommandInput<Name>) =>
    checkpoints(await w.full(kind, input));
  return { w, session_id, key, written };
}

describe('4.3.9.19.2: a checkpoint', () => {
  it('is the record of the spec, canonical, under its own hash, which alone is not in it', async () => {
    const { w, session_id, key } = await running();
    await w.run('say', { ...key, message });
    await w.run('start_tool', begins(key));
    w.now += 5;
    const decision = await w.full('pause', { session_id, reason: 'operator' });
    const [{ artifact_id, text }] = decision.artifacts as [{ artifact_id: string; text: string }];
    const content = JSON.parse(text) as CheckpointContent;
    expect(text).toBe(canonicalJson(content));
    expect(artifact_id).toBe(`sha256:${sha256(text)}`);
    expect(SessionCheckpoint.parse({ ...content, checkpoint_artifact_id: artifact_id })).toMatchObject({
      session_id,
      timestamp: '2026-02-24T09:00:00.005Z',
      session_state: { session_id, state: 'ACTIVE', checkpoint_artifact_id: null, last_checkpoint_at: null },
      message_thread_tail_id: w.view().select('message', 'session', session_id).at(-1)!.message_id,
      pending_tool_calls: [
        {
          tool_call_id,
          tool_id: 'fs.write_file',
          tool_version: '1.0.0',
          arguments: { path: 'a' },
          args_hash: 'a'.repeat(64),
        },
      ],
    });
    expect(content).not.toHaveProperty('checkpoint_artifact_id');
    expect(w.session(session_id)).toMatchObject({
      checkpoint_artifact_id: artifact_id,
      last_checkpoint_at: '2026-02-24T09:00:00.005Z',
    });
    expect(decision.events).toEqual([]); // no event tells of it
  });

  it('names the one before, and has an id of its own each time', async () => {
    const { w, session_id } = await running();
    const [first] = await w.full('pause', { session_id, reason: 'operator' }).then(checkpoints);
    const before = w.session(session_id).checkpoint_artifact_id;
    const [second] = await w.full('resume', { session_id }).then(checkpoints);
    expect(second!.session_state.checkpoint_artifact_id).toBe(before);
    expect(second!.checkpoint_id).not.toBe(first!.checkpoint_id);
    expect(first!.message_thread_tail_id).toBe('');
  });
});

describe('4.3.9.19.3: a session is checkpointed', () => {
  it('after each tool call that succeeded, and the call is no longer pending in it', async () => {
    const { w, key, written } = await running();
    expect(await written('start_tool', begins(key))).toEqual([]);
    expect(await written('end_tool', ends(w, key, true))).toMatchObject([{ pending_tool_calls: [] }]);
  });

  it('not after one that failed', async () => {
    const { w, key, written } = await running();
    await w.run('start_tool', begins(key));
    expect(await written('end_tool', ends(w, key, false))).toEqual([]);
  });

  it('after each approval', async () => {
    const { w, session_id, key, written } = await running();
    await w.run('start_tool', begins(key));
    await w.finish(key, { outcome: 'awaiting_user', tool_call_id });
    const approved = await written('approve', { session_id, tool_call_id, by: 'alice' });
    expect(approved).toMatchObject([{ session_state: { state: 'BLOCKED' } }]);
  });

  it('after each word of the operator: pause, resume, close, and a message from outside', async () => {
    const { w, session_id, key, written } = await running();
    expect(await written('pause', { session_id, reason: 'operator' })).toHaveLength(1);
    expect(await written('resume', { session_id })).toHaveLength(1); // takes the wish back
    const word = { session_id, content_hash: 'c'.repeat(64), content_artifact_id: 'x' };
    expect(await written('send', { ...word, external: 'operator' })).toHaveLength(1);
    await w.finish(key, { outcome: 'yield' });
    await w.dispatch().then((job) => w.finish(job!, done)); // it was woken by the message
    expect(await written('pause', { session_id, reason: 'operator' })).toMatchObject([
      { session_state: { state: 'PAUSED' } },
    ]);
    expect(await written('resume', { session_id })).toMatchObject([{ session_state: { state: 'BLOCKED' } }]);
    await w.child(session_id);
    expect(await written('close', { session_id })).toHaveLength(1);
  });

  it('also by a message that only claims to come from a session, and not when it ends by the next word', async () => {
    const { w, session_id, key, written } = await running();
    await w.finish(key, done);
    const content_hash = 'c'.repeat(64);
    const from = await w.root();
    const routed = {
      source_session_id: from.session_id,
      source_role: 'Orchestrator',
      content_hash,
      trusted: true,
    };
    expect(
      await written('send', { session_id, content_hash, content_artifact_id: 'x', routed }),
    ).toHaveLength(1);
    await w.dispatch().then((job) => w.finish(job!, done));
    expect(await written('close', { session_id })).toEqual([]);
    expect(w.session(session_id).state).toBe('COMPLETED');
  });

  it('before it turns PAUSED', async () => {
    const { w, session_id, key, written } = await running();
    await w.run('pause', { session_id, reason: 'operator' });
    await w.run('say', { ...key, message });
    expect(await written('finish_run', { ...key, result: { outcome: 'interrupted' } })).toMatchObject([
      { session_state: { state: 'ACTIVE' } },
    ]);
    expect(w.session(session_id).state).toBe('PAUSED');
  });

  it.each([
    ['BLOCKED, also by an orderly shutdown', { outcome: 'interrupted' }],
    ['BLOCKED for input', { outcome: 'completed' }],
    ['BLOCKED for a retry', { outcome: 'failed', error: 'busy', retryable: true }],
  ] as const)('before it turns %s', async (_name, result) => {
    const { w, session_id, key, written } = await running();
    expect(await written('finish_run', { ...key, result })).toMatchObject([
      { session_state: { state: 'ACTIVE' } },
    ]);
    expect(w.session(session_id).state).toBe('BLOCKED');
  });

  it('not when it ends', async () => {
    const { key, written } = await running();
    expect(await written('finish_run', { ...key, result: closed })).toEqual([]);
  });

  it.each([[{}, 5] as const, [{ checkpoints: { messages: 2 } }, 2] as const])(
    'during a stream after every so many messages: %j',
    async (rules, every) => {
      const { key, written } = await running(rules);
      const counts = [];
      for (let n = 0; n < 2 * every; n += 1) counts.push((await written('say', { ...key, message })).length);
      const once = [...Array(every - 1).fill(0), 1];
      expect(counts).toEqual([...once, ...once]);
    },
  );

  it('the messages of a failed tool count', async () => {
    const { w, key, written } = await running({ checkpoints: { messages: 2 } });
    await w.run('start_tool', begins(key));
    expect(await written('end_tool', ends(w, key, false))).toHaveLength(1);
  });

  it.each([[{}, 4096] as const, [{ checkpoints: { tokens: 10 } }, 10] as const])(
    'during a stream after every so many tokens: %j',
    async (rules, most) => {
      const { w, key, written } = await running(rules);
      const book = (tokens: number) => w.run('usage', { ...key, tokens, cost_usd: null });
      expect((await book(most - 1)).checkpoint_due).toBe(false);
      expect(await written('checkpoint', key)).toEqual([]);
      expect((await book(1)).checkpoint_due).toBe(true);
      expect(await written('checkpoint', key)).toHaveLength(1);
      expect((await book(most - 1)).checkpoint_due).toBe(false);
      expect((await book(1)).checkpoint_due).toBe(true);
    },
  );

  it('FM-24: a run that was overtaken is due nothing and writes nothing', async () => {
    const { w, session_id, key, written } = await running({ checkpoints: { tokens: 1 } });
    await w.run('recover', { boot_id: 'other' });
    const before = w.session(session_id);
    expect(await w.run('usage', { ...key, tokens: 9, cost_usd: null })).toMatchObject({
      checkpoint_due: false,
    });
    expect(await written('checkpoint', key)).toEqual([]);
    expect(w.session(session_id).last_activity_at).toBe(before.last_activity_at);
  });
});

describe('a checkpoint costs nothing where there is nothing to save', () => {
  it('a spawn, a queued job and a cascade write none', async () => {
    const { w, session_id, written } = await running();
    const request = w.request(session_id);
    expect(await written('spawn', { request })).toEqual([]);
    const { child_session_id } = await w.run('spawn', { request: { ...request, announce_back: false } });
    expect(await written('enqueue', { session_id: child_session_id! })).toEqual([]);
    const cascade = { session_id, reason: 'enough', by: 'operator' };
    expect(await written('cancel', cascade)).toEqual([]);
  });

  it('a session that was only created turns BLOCKED without one; paused, it has one', async () => {
    const w = await world();
    const { session_id } = await w.root({ backend: 'cloud', model_id: 'cloud/large' });
    await w.run('enqueue', { session_id });
    expect(checkpoints(await w.full('dispatch', { boot_id: 'test' }))).toEqual([]);
    expect(w.session(session_id)).toMatchObject({ state: 'BLOCKED', checkpoint_artifact_id: null });
    expect(checkpoints(await w.full('pause', { session_id, reason: 'operator' }))).toHaveLength(1);
  });

  it('recovery loads and does not write', async () => {
    const { w, session_id, key, written } = await running();
    await w.run('say', { ...key, message });
    expect(await written('recover', { boot_id: 'other' })).toEqual([]);
    expect(w.session(session_id)).toMatchObject({ state: 'PAUSED', checkpoint_artifact_id: null });
  });
});
