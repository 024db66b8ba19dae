import { describe, expect, it } from 'vitest';
import { done, type World, world } from './world.ts';

const hash = 'a'.repeat(64);
const content = { content_hash: hash, content_artifact_id: `sha256:${hash}` };
const take = (w: World, session_id: string) => w.full('read_inbox', { session_id, take: true });

describe('TRUST-001, TRUST-002: what is refused, and in which words', () => {
  const claims = (source_session_id: string) => ({
    source_session_id,
    source_role: 'Orchestrator',
    content_hash: hash,
    trusted: true,
  });

  it.each([[undefined], [''], ['  ']])(
    'a message from outside that names %j as its source',
    async (external) => {
      const w = await world();
      const { session_id } = await w.root();
      const named = external === undefined ? {} : { external };
      expect(await w.decide('send', { session_id, ...content, ...named })).toEqual({
        rejected: true,
        code: 'provenance_missing',
        message: 'a message from outside must name its source (TRUST-001)',
      });
      expect(w.view().select('message', 'session', session_id)).toEqual([]);
    },
  );

  it('a routed message names all that it lacks: what is absent and what is null', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const { source_role: _, ...claim } = claims(session_id);
    const routed = { ...claim, content_hash: null, trusted: null } as never;
    expect(await w.decide('send', { session_id, ...content, routed })).toEqual({
      rejected: true,
      code: 'provenance_missing',
      message: 'a routed message lacks source_role, content_hash, trusted (TRUST-002)',
    });
    expect(await w.decide('send', { session_id, ...content, routed: {} })).toMatchObject({
      message: 'a routed message lacks source_session_id, source_role, content_hash, trusted (TRUST-002)',
    });
  });

  it.each([
    ['a session that nobody knows', { source_session_id: '00000000-0000-4000-8000-000000000009' }],
    ['another role', { source_role: 'Validator' }],
    ['another content', { content_hash: 'b'.repeat(64) }],
  ])('a routed message that claims %s', async (_name, wrong) => {
    const w = await world();
    const { session_id } = await w.root();
    const routed = { ...claims((await w.root()).session_id), ...wrong };
    expect(await w.decide('send', { session_id, ...content, routed })).toEqual({
      rejected: true,
      code: 'provenance_missing',
      message: 'a routed message does not match its source (TRUST-002)',
    });
    expect(w.view().select('message', 'session', session_id)).toEqual([]);
  });

  it('an inbox of a session that nobody knows, looked at or taken', async () => {
    const w = await world();
    const session_id = '00000000-0000-4000-8000-000000000009';
    for (const taking of [true, false]) {
      expect(await w.decide('read_inbox', { session_id, take: taking })).toEqual({
        rejected: true,
        code: 'session_not_found',
        message: `no session has the id ${session_id}`,
      });
    }
  });

  it.each(['enqueue', 'send'] as const)('%s for a session that has ended', async (kind) => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('cancel', { session_id, reason: 'no', by: 'operator' });
    const input = { session_id, ...content, external: 'mail' };
    expect(await w.decide(kind, input)).toEqual({
      rejected: true,
      code: 'session_terminal',
      message: `session ${session_id} is CANCELLED`,
    });
  });

  it('FM-24: progress of a run that is not its session’s any more', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const { job_id } = (await w.dispatch())!;
    expect(await w.run('progress', { job_id, run_epoch: 0, text: 'x', part: 0, count: 1 })).toEqual({
      fenced: true,
      pause: false,
      answer: { told: false, reason: 'no_requester' },
    });
  });
});

describe('a message that was sent', () => {
  it('is answered with its id, which is that of the last message of the thread', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const answer = await w.run('send', { session_id, ...content, external: 'mail' });
    const [row, ...rest] = w.view().select('message', 'session', session_id);
    expect(rest).toEqual([]);
    expect(row).toEqual({
      message_id: w.session(session_id).thread_tail_id,
      session_id,
      role: 'USER',
      ...content,
      timestamp: '2026-02-24T09:00:00.000Z',
      token_count: null,
      redacted: false,
      tool_call_id: null,
      attachments: [],
      message_seq: 1,
      provenance: { source_session_id: null, source_role: 'mail', content_hash: hash, trusted: false },
      activity_span_id: null,
    });
    expect(answer).toEqual({ message_id: row?.message_id });
    expect(w.of('FR-EVT-SESS-004')[0]?.actor).toBe('human');
  });

  it('TRUST-002: that says it comes from a session is the act of who sends it, from outside', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const { session_id: source_session_id, role: source_role } = await w.root();
    const routed = { source_session_id, source_role, content_hash: hash, trusted: true };
    await w.run('send', { session_id, ...content, routed });
    expect(w.of('FR-EVT-SESS-004')[0]?.actor).toBe('human');
  });
});

describe('T9: taking an inbox', () => {
  it('that holds nothing changes nothing, in a session that lives and in one that has ended', async () => {
    const w = await world();
    const { session_id } = await w.root();
    expect(await take(w, session_id)).toMatchObject({ changes: [], events: [], result: [] });
    await w.run('cancel', { session_id, reason: 'no', by: 'operator' });
    expect(await take(w, session_id)).toMatchObject({ changes: [], events: [], result: [] });
  });

  it('FM-11: that nobody is running behind leaves nothing for another run', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const job = (await w.dispatch())!;
    await take(w, session_id);
    await w.finish(job, { outcome: 'yield' });
    await w.play(await w.child(session_id), done);
    expect((await take(w, session_id)).result).toHaveLength(1);
    expect(w.session(session_id)).toMatchObject({ running_job_id: null, unread_thread: false });
  });

  it('puts each letter into the thread with what is attached to it, and moves behind the last', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const child = await w.child(session_id);
    await w.play(child, done);
    await w.play(await w.child(session_id), done);
    const { result } = await take(w, session_id);
    expect(w.session(session_id)).toMatchObject({ inbox_seq: 2, inbox_cursor: 2 });
    expect(result.map((letter) => letter.attachments.length)).toEqual([1, 1]);
    expect(w.view().select('message', 'session', session_id)).toMatchObject(
      result.map(({ message_id, attachments, body_ref, body_sha256 }) => ({
        message_id,
        attachments,
        content_artifact_id: body_ref,
        content_hash: body_sha256,
      })),
    );
  });
});
