import { describe, expect, it } from 'vitest';
import type { JobRow } from '../../tools/kernel/index.ts';
import { begins, callId, ends } from './tool-call.ts';
import { type World, type WorldRules, world } from './world.ts';

const text = { role: 'ASSISTANT' as const, content_hash: 'b'.repeat(64), content_artifact_id: 'x' };
const keyOf = ({ job_id, run_epoch }: JobRow) => ({ job_id, run_epoch });
const permits = (w: World) => w.view().select('call', 'running', 'running');

async function running(rules: WorldRules = {}) {
  const w = await world(rules);
  const { session_id } = await w.root({ capability_grants: ['fs.write'] });
  await w.run('enqueue', { session_id });
  const key = keyOf((await w.dispatch())!);
  const pause = () => w.run('pause', { session_id, reason: 'operator' });
  return { w, session_id, key, pause };
}

describe('D-07: a pause that was asked for is met at every boundary', () => {
  const goesOn = { fenced: false, pause: false };
  const stops = { fenced: false, pause: true };
  const fenced = { fenced: true, pause: false };
  const begun = { denied: [], verdict: { kind: 'execute' } };
  const later = '0190a1b2-0000-7000-8000-000000000009';

  it('a message, the beginning and the end of a tool, and the call after it', async () => {
    const { w, key, pause } = await running();
    const resumed = { granted: true, next_at: null, refusal: null };
    expect(await w.run('say', { ...key, message: text })).toEqual(goesOn);
    expect(await w.run('start_tool', begins(key))).toEqual({ ...goesOn, ...begun });
    expect(await w.run('end_tool', ends(w, key, true))).toEqual(goesOn);
    expect(await w.run('resume_call', key)).toEqual({ ...goesOn, ...resumed });
    await pause();
    expect(await w.run('say', { ...key, message: text })).toEqual(stops);
    const second = { ...begins(key), tool_call_id: later };
    expect(await w.run('start_tool', second)).toEqual({ ...stops, ...begun });
    expect(await w.run('end_tool', { ...ends(w, key, true), tool_call_id: later })).toEqual(stops);
    expect(await w.run('resume_call', key)).toEqual({ ...stops, ...resumed });
  });

  it('a call that was answered before', async () => {
    const { w, key, pause } = await running();
    await w.run('start_tool', begins(key));
    await w.run('end_tool', ends(w, key, true));
    const verdict = { kind: 'recorded', result_ref: 'x', error: null };
    expect(await w.run('start_tool', begins(key))).toEqual({ ...goesOn, denied: [], verdict });
    await pause();
    expect(await w.run('start_tool', begins(key))).toEqual({ ...stops, denied: [], verdict });
  });

  it('FM-24: a run that is no longer its session’s hears that, and nothing of a pause', async () => {
    const { w, key } = await running();
    const refused = { granted: false, next_at: null, refusal: null };
    for (const old of [
      { ...key, run_epoch: 0 },
      { ...key, run_epoch: 2 },
      { ...key, job_id: later },
    ]) {
      const before = w.log.length;
      expect(await w.run('say', { ...old, message: text })).toEqual(fenced);
      expect(await w.run('start_tool', begins(old))).toEqual({ ...fenced, ...begun });
      expect(await w.run('resume_call', old)).toEqual({ ...fenced, ...refused });
      expect(w.log).toHaveLength(before);
    }
  });
});

describe('D-11: a tool holds no permit', () => {
  it('the permit goes back when the tool begins, and stays where the tool is denied', async () => {
    const { w, key } = await running();
    const denied = { ...begins(key), capability_ids: ['net.http', 'fs.write', 'db'] };
    expect(await w.run('start_tool', denied)).toMatchObject({ denied: ['net.http', 'db'] });
    expect(permits(w)).toMatchObject([key]);
    await w.run('start_tool', { ...begins(key), capability_ids: ['fs.write:src'] });
    expect(permits(w)).toEqual([]);
  });

  it('after it the run waits until a permit is free, and takes that one', async () => {
    const { w, key } = await running({ scheduler: { max_concurrent_sessions_per_model: 1 } });
    await w.run('start_tool', begins(key));
    await w.run('end_tool', ends(w, key, true));
    const { session_id: other } = await w.root();
    await w.run('enqueue', { session_id: other });
    const its = keyOf((await w.dispatch())!);
    const waits = { fenced: false, pause: false, granted: false, next_at: null, refusal: null };
    expect(await w.run('resume_call', key)).toEqual(waits);
    expect(permits(w)).toMatchObject([its]);
    await w.finish(its, { outcome: 'completed' });
    expect(await w.run('resume_call', key)).toEqual({ ...waits, granted: true });
    expect(permits(w)).toMatchObject([key]);
  });

  it('INV-SCHED-003: after it a rate limit refuses as it does at first, says for how long, and is on record', async () => {
    const { w, session_id, key } = await running({ scheduler: { rate_limit_requests_per_minute: 1 } });
    await w.run('start_tool', begins(key));
    await w.run('end_tool', ends(w, key, true));
    w.now += 15_000;
    const from = w.log.length;
    const waits = { fenced: false, pause: false, granted: false, next_at: w.now + 45_000, refusal: null };
    expect(await w.run('resume_call', key)).toEqual(waits);
    expect(permits(w)).toEqual([]);
    expect(w.log.slice(from)).toMatchObject([
      {
        fr_event_id: 'FR-EVT-SESS-SCHED-003',
        actor: 'system',
        model_session_id: session_id,
        job_id: key.job_id,
        payload: { session_id, job_id: key.job_id, provider: 'local', backoff_ms: 45_000, attempt: 1 },
      },
    ]);
    w.now += 45_000;
    expect(await w.run('resume_call', key)).toEqual({ ...waits, granted: true, next_at: null });
    expect(w.view().get('bucket', 'local')).toMatchObject({ requests: 0, attempt: 0, denied_until: null });
    expect(await w.run('resume_call', key)).toMatchObject({ granted: true }); // it has one, and takes no second
    expect(w.view().get('bucket', 'local')).toMatchObject({ requests: 0 });
    expect(permits(w)).toMatchObject([key]);
  });
});

describe('FR-EVT-007: what a tool did', () => {
  it.each([['fs.write'], [undefined]])(
    'names the capability that allowed it, if one did: %s',
    async (capability_id) => {
      const { w, session_id, key } = await running();
      await w.run('start_tool', begins(key));
      const named = capability_id === undefined ? {} : { capability_id };
      await w.run('end_tool', { ...ends(w, key, true), ...named });
      const [event] = w.of('FR-EVT-007');
      expect(event).toMatchObject({ actor: 'agent', model_session_id: session_id, job_id: key.job_id });
      expect(event?.capability_id).toBe(capability_id);
    },
  );

  it('its span is closed as it ended, and belongs to the attempt', async () => {
    for (const [ok, status] of [
      [true, 'completed'],
      [false, 'failed'],
    ] as const) {
      const { w, session_id, key } = await running();
      await w.run('start_tool', begins(key));
      await w.run('end_tool', ends(w, key, ok));
      const span = w.view().get('span', w.of('FR-EVT-007')[0]!.activity_span_id!);
      expect(span).toMatchObject({ kind: 'tool_call', session_id, job_id: key.job_id, status });
      expect(span?.parent_span_id).toBe(w.jobs(session_id)[0]?.attempt_span_id);
    }
  });

  it('an error without words is kept by its code', async () => {
    const { w, session_id, key } = await running();
    await w.run('start_tool', begins(key));
    const end = ends(w, key, false);
    await w.run('end_tool', {
      ...end,
      payload: { ...end.payload, error: { code: 'E', kind: 'tool' } } as never,
    });
    expect(w.view().get('tool_call', JSON.stringify([session_id, callId]))?.error).toEqual({
      code: 'E',
      message: '',
    });
  });
});
