import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../tools/kernel/index.ts';
import { closed, done, world } from './world.ts';

const persistent = { spawn_mode: 'SESSION_PERSISTENT', announce_back: false } as const;
const full = { accepted: false, child_session_id: null, rejection_reason: 'children_cap_reached' };

describe('max_persistent_children bounds what the cap on active children does not count', () => {
  it('is 16 unless a workspace says otherwise', () => {
    expect(defaultRules.limits.max_persistent_children).toBe(16);
  });

  it('D-23: idle children hold no active place, and are refused at the bound all the same', async () => {
    const w = await world({ limits: { max_active_children_per_session: 1, max_persistent_children: 2 } });
    const { session_id } = await w.root();
    for (let n = 0; n < 2; n += 1) await w.play(await w.child(session_id, persistent), done);
    expect(w.session(session_id).active_children).toBe(0);
    const from = w.log.length;
    expect(await w.spawn(session_id, persistent)).toEqual(full);
    expect(w.kinds(from)).toEqual(['SESS-SPAWN-001', 'SESS-SPAWN-003']);
    expect(w.of('FR-EVT-SESS-SPAWN-003')[0]?.payload).toEqual({
      requester_session_id: session_id,
      rejection_reason: 'children_cap_reached',
      spawn_depth: 1,
      active_children_count: 0,
    });
  });

  it('one that works counts already, so none is refused its rest later', async () => {
    const w = await world({ limits: { max_persistent_children: 1 } });
    const { session_id } = await w.root();
    const child = await w.child(session_id, persistent);
    expect(await w.spawn(session_id, persistent)).toEqual(full);
    await w.play(child, done);
    expect(w.session(child)).toMatchObject({ state: 'BLOCKED', blocked_on: 'input' });
  });

  it('one-shot children are not its business, and neither are other sessions’ children', async () => {
    const w = await world({ limits: { max_persistent_children: 1 } });
    const { session_id } = await w.root();
    const child = await w.child(session_id, persistent);
    expect(await w.spawn(session_id)).toMatchObject({ accepted: true });
    expect(await w.spawn(child, persistent)).toMatchObject({ accepted: true });
    expect(await w.spawn((await w.root()).session_id, persistent)).toMatchObject({ accepted: true });
  });

  it('an ended one gives its place back', async () => {
    const w = await world({ limits: { max_persistent_children: 1 } });
    const { session_id } = await w.root();
    const child = await w.child(session_id, persistent);
    await w.play(child, closed);
    const next = await w.child(session_id, persistent);
    await w.run('cancel', { session_id: next, reason: 'enough', by: 'ada' });
    expect(await w.spawn(session_id, persistent)).toMatchObject({ accepted: true });
  });

  it('0 forbids persistent children', async () => {
    const w = await world({ limits: { max_persistent_children: 0 } });
    const { session_id } = await w.root();
    expect(await w.spawn(session_id, persistent)).toEqual(full);
    expect(await w.spawn(session_id)).toMatchObject({ accepted: true });
  });

  it('D-21: it is named after the depth and before the budget of the tree', async () => {
    const w = await world({
      limits: { max_spawn_depth: 0, max_persistent_children: 0, max_descendants_lifetime: 0 },
    });
    const { session_id } = await w.root();
    expect(await w.spawn(session_id, persistent)).toMatchObject({
      rejection_reason: 'depth_limit_exceeded',
    });
    w.rules.limits.max_spawn_depth = 3;
    const deeper = (await w.root()).session_id;
    expect(await w.spawn(deeper, persistent)).toEqual(full);
    expect(await w.spawn(deeper)).toMatchObject({ rejection_reason: 'tree_budget_exhausted' });
  });

  it('whatever is spawned, done, closed and cancelled: never more than the bound, and no place is lost', async () => {
    const step = fc.record({
      kind: fc.constantFrom('spawn', 'shot', 'done', 'close', 'cancel'),
      pick: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const most = 3;
        const w = await world({
          limits: { max_persistent_children: most, max_active_children_per_session: 50 },
        });
        const { session_id } = await w.root();
        const children: string[] = [];
        const living = () => children.filter((id) => w.session(id).terminal === null);
        for (const { kind, pick } of steps) {
          const one = living()[pick % Math.max(1, living().length)];
          if (kind === 'shot') await w.spawn(session_id, { announce_back: false });
          if (kind === 'spawn') {
            const before = living().length;
            const { accepted, child_session_id } = await w.spawn(session_id, persistent);
            expect(accepted).toBe(before < most);
            if (child_session_id) children.push(child_session_id);
          }
          if (one && kind === 'cancel')
            await w.run('cancel', { session_id: one, reason: 'enough', by: 'ada' });
          if (one && (kind === 'done' || kind === 'close')) {
            if (w.jobs(one).length === 0) await w.run('enqueue', { session_id: one });
            if (w.session(one).running_job_id === null) await w.dispatchAll();
            await w.finish(w.jobs(one)[0]!, kind === 'done' ? done : closed);
          }
          expect(living().length).toBeLessThanOrEqual(most);
          expect(w.view().select('session', 'persistent', session_id)).toHaveLength(living().length);
        }
      }),
      { numRuns: 30 },
    );
  });
});
