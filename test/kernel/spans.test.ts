import { describe, expect, it } from 'vitest';
import type { SpanRow } from '../../tools/kernel/index.ts';
import { checkEvent } from '../../tools/recorder/index.ts';
import { begins, callId, ends } from './tool-call.ts';
import { closed, type World, world } from './world.ts';

const told = (w: World, id: string) =>
  w
    .view()
    .select('span', 'session', id)
    .map(({ kind, status, end_time }) => `${kind} ${status ?? 'open'}${end_time === null ? '' : ', closed'}`);

/** A run with a tool at work in it. */
async function working(w: World): Promise<{ root: string; run: { job_id: string; run_epoch: number } }> {
  const root = (await w.root()).session_id;
  await w.run('enqueue', { session_id: root });
  const run = (await w.dispatch())!;
  await w.run('start_tool', begins(run, {}, callId));
  return { root, run };
}

describe('F08: spans, which mirror what they stand for', () => {
  it('F08: one span for a session from its creation, one for a job from its first dispatch, one for each attempt, one for a tool call', async () => {
    const w = await world();
    const root = (await w.root()).session_id;
    expect(told(w, root)).toEqual(['model_session open']);
    await w.run('enqueue', { session_id: root });
    expect(told(w, root)).toEqual(['model_session open']); // a job that waits is no activity
    const first = (await w.dispatch())!;
    await w.finish(first, { outcome: 'failed', error: 'lost', retryable: true });
    expect(told(w, root)).toEqual(['model_session open', 'model_run open', 'attempt failed, closed']);
    w.now += 60_000;
    const second = (await w.dispatch())!;
    await w.toolCall(second, callId, []);
    await w.finish(second, closed);
    expect(told(w, root)).toEqual([
      ...['model_session completed, closed', 'model_run completed, closed', 'attempt failed, closed'],
      ...['attempt completed, closed', 'tool_call completed, closed'],
    ]);
    const spans = w.view().select('span', 'session', root);
    expect(spans.map(({ name }) => name)).toEqual([null, null, null, null, 'fs.write_file']);
    const [session, run, , attempt, tool] = spans;
    expect([session, run, attempt, tool].map((span) => span?.parent_span_id)).toEqual([
      ...[null, session?.span_id, run?.span_id, attempt?.span_id],
    ]);
  });

  it('F08: a cancel closes them all, in the child too, which hangs below its parent', async () => {
    const w = await world();
    const { root } = await working(w);
    const child = await w.child(root);
    await w.dispatch();
    await w.run('cancel', { session_id: root, reason: 'wrong branch', by: 'operator' });
    expect(told(w, root)).toEqual([
      ...['model_session cancelled, closed', 'model_run cancelled, closed', 'attempt cancelled, closed'],
      'tool_call cancelled, closed',
    ]);
    expect(told(w, child)).toEqual([
      ...['model_session cancelled, closed', 'model_run cancelled, closed', 'attempt cancelled, closed'],
    ]);
    const [own] = w.view().select('span', 'session', child);
    expect(own?.parent_span_id).toBe(w.session(root).model_session_span_id);
  });

  it('F08: a parent that fails closes its own as failed and those of its children as cancelled', async () => {
    const w = await world();
    const { root, run } = await working(w);
    const child = await w.child(root);
    await w.finish(run, { outcome: 'failed', error: 'broken', retryable: false });
    expect(told(w, root)).toEqual([
      ...['model_session failed, closed', 'model_run failed, closed', 'attempt failed, closed'],
      'tool_call interrupted, closed',
    ]);
    expect(told(w, child)).toEqual(['model_session cancelled, closed']);
  });

  it('F08: recovery closes the attempt and its tool as interrupted, and no end of the session is left open after it', async () => {
    const w = await world();
    const { root } = await working(w);
    await w.recover();
    expect(told(w, root)).toEqual([
      ...[
        'model_session open',
        'model_run open',
        'attempt interrupted, closed',
        'tool_call interrupted, closed',
      ],
    ]);
    await w.run('cancel', { session_id: root, reason: 'given up', by: 'operator' });
    expect(told(w, root).slice(0, 2)).toEqual([
      'model_session cancelled, closed',
      'model_run cancelled, closed',
    ]);
    // Between its attempts a job's events belong to the job's own span.
    const [, run] = w.view().select('span', 'session', root);
    expect(w.of('FR-EVT-SESS-SCHED-004').map((event) => event.activity_span_id)).toEqual([run?.span_id]);
  });

  it('F08: FR-EVT-007 names the span of its call and the attempt around it, and may do so without a job', async () => {
    const w = await world();
    const { root, run } = await working(w);
    await w.run('end_tool', ends(w, run, true, callId));
    const [, , attempt, tool] = w.view().select('span', 'session', root);
    const [event] = w.of('FR-EVT-007');
    expect([event?.activity_span_id, event?.payload.parent_span_id]).toEqual([
      tool?.span_id,
      attempt?.span_id,
    ]);
    const { job_id: _, ...outside } = event!;
    expect(checkEvent(outside)).toMatchObject({
      activity_span_id: tool?.span_id,
      payload: { parent_span_id: attempt?.span_id },
    });
  });

  it('F08: a clock that steps back moves no child out of its parent (FM-25)', async () => {
    const w = await world();
    const { root, run } = await working(w);
    w.now += 1_000;
    await w.run('end_tool', ends(w, run, true, callId));
    w.now -= 60_000;
    await w.finish(run, closed);
    const spans = w.view().select('span', 'session', root);
    const byId = new Map<string | null, SpanRow>(spans.map((span) => [span.span_id, span]));
    expect(spans.map(({ end_time }) => end_time)).toEqual(Array(4).fill('2026-02-24T09:00:01.000Z'));
    for (const span of spans.slice(1)) {
      const around = byId.get(span.parent_span_id)!;
      expect(span.start_time >= around.start_time && span.end_time! <= around.end_time!).toBe(true);
    }
  });
});

it('D-39: a warning belongs to the attempt whose usage crossed the threshold, also when it comes late', async () => {
  const w = await world({ budgets: { session_tokens: 100 } });
  const root = (await w.root()).session_id;
  await w.run('enqueue', { session_id: root });
  const first = (await w.dispatch())!;
  await w.finish(first, { outcome: 'failed', error: 'lost', retryable: true });
  w.now += 60_000;
  await w.dispatch();
  await w.run('usage', { job_id: first.job_id, run_epoch: first.run_epoch, tokens: 90, cost_usd: null });
  expect(w.of('FR-EVT-SESS-005').map((event) => event.activity_span_id)).toEqual([first.attempt_span_id]);
});

it('D-15: a rate limit that stops a run between two calls names its attempt; one before the first dispatch names none', async () => {
  const w = await world({ scheduler: { rate_limit_requests_per_minute: 1 } });
  const root = (await w.root()).session_id;
  const other = (await w.root()).session_id;
  await w.run('enqueue', { session_id: root });
  await w.run('enqueue', { session_id: other });
  const run = (await w.dispatch())!;
  await w.dispatch();
  w.now += 60_000;
  const next = (await w.dispatch())!;
  await w.toolCall(next, callId, []);
  expect(
    w.of('FR-EVT-SESS-SCHED-003').map((event) => [event.model_session_id, event.activity_span_id]),
  ).toEqual([
    [other, undefined],
    [other, next.attempt_span_id],
  ]);
  expect(run.session_id).toBe(root);
});
