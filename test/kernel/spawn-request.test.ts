import { describe, expect, it } from 'vitest';
import { complete, digestOf, type SpawnCall, wellFormed } from '../../tools/kernel/spawn/request.ts';
import { type World, world } from './world.ts';

const circular: { stage_session_id: unknown } = { stage_session_id: null };
circular.stage_session_id = circular;

/** A request as a caller may write it: only what the contract does not let him leave out. */
const bare = (over: object = {}) =>
  ({
    requester_session_id: '00000000-0000-4000-8000-000000000001',
    requester_role: 'Orchestrator',
    child_role: 'Coder',
    task_payload_artifact_id: `sha256:${'7'.repeat(64)}`,
    spawn_mode: 'ONE_SHOT',
    ...over,
  }) as SpawnCall;

const defaults = {
  announce_back: true,
  child_model_preference: null,
  child_backend_preference: null,
  max_child_depth: null,
  max_active_children: null,
  trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
};

const said = {
  announce_back: false,
  child_model_preference: 'hosted/small',
  child_backend_preference: 'cloud',
  max_child_depth: 0,
  max_active_children: 0,
  trigger_source: { stage_session_id: 'stage', stage_tab_id: 'tab', external_ref: 'ref' },
};

describe('D-19: what makes two requests the same one', () => {
  it('what is left out has its default; what is said stays', () => {
    expect(complete(bare())).toEqual(bare(defaults));
    expect(complete(bare(said))).toEqual(bare(said));
    expect(wellFormed(complete(bare()))).toBe(true);
    expect(wellFormed(complete(bare(said)))).toBe(true);
  });

  it('a depth that is stated is no part of it, anything else is', () => {
    const digest = digestOf(bare());
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf(bare({ spawn_depth: 7 }))).toBe(digest);
    expect(digestOf(bare({ child_role: 'Validator' }))).not.toBe(digest);
    expect(digestOf(bare({ request_id: 'r' }))).not.toBe(digest);
  });

  it('what has no JSON has no digest, whatever it says', () => {
    expect(digestOf(bare({ trigger_source: circular }))).toBe('malformed');
  });

  it('a request that states the defaults is the one that leaves them out', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const request = bare({ requester_session_id: session_id, request_id: 'r1' });
    const first = await w.run('spawn', { request });
    expect(first.accepted).toBe(true);
    expect(w.session(first.child_session_id!).announce_back).toBe(true);
    expect(await w.run('spawn', { request: { ...request, ...defaults } })).toEqual(first);
    expect(w.session(session_id).active_children).toBe(1);
  });
});

describe('what is kept of a request', () => {
  const stored = async (w: World, request: SpawnCall) =>
    (await w.full('spawn', { request })).changes.filter(({ table }) => table === 'request');

  it('the answer, under requester and request id, whatever it was', async () => {
    const w = await world();
    const { session_id } = await w.root();
    for (const [over, accepted, rejection_reason] of [
      [{}, true, null],
      [{ child_role: '' }, false, 'invalid_request'],
    ] as const) {
      const request_id = `r-${accepted}`;
      const [change, ...rest] = await stored(w, w.request(session_id, { request_id, ...over }));
      expect(rest).toEqual([]);
      const child = accepted ? expect.any(String) : null;
      expect(change?.row).toEqual({
        key: JSON.stringify([session_id, request_id]),
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        accepted,
        child_session_id: child,
        rejection_reason,
      });
    }
  });

  it.each([
    ['a requester that is no text', { requester_session_id: 7 }],
    ['a request id that is no text', { request_id: 7 }],
  ])('nothing where there is no name to keep it under: %s', async (_name, over) => {
    const w = await world();
    const { session_id } = await w.root();
    expect(await stored(w, w.request(session_id, over as never))).toEqual([]);
  });

  it('a request that comes with another body leaves the first one as it is', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.spawn(session_id, { request_id: 'r' });
    expect(await stored(w, w.request(session_id, { request_id: 'r', announce_back: false }))).toEqual([]);
  });
});
