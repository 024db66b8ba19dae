import { describe, expect, it } from 'vitest';
import { identity } from '../../tools/kernel/index.ts';
import { actorOf, CASCADE_CHUNK } from '../../tools/kernel/spawn/cascade.ts';
import { type World, world } from './world.ts';

const stop = { reason: 'stop', by: 'operator' };

describe('D-35: a cascade event holds a thousand ids at most', () => {
  async function sizes(w: World, children: number): Promise<number[]> {
    const { session_id } = await w.root();
    w.quiet = true;
    for (let n = 0; n < children; n += 1) await w.child(session_id, { announce_back: false });
    w.quiet = false;
    const from = w.log.length;
    const { cancelled_session_ids } = await w.run('cancel', { session_id, ...stop });
    const told = w.of('FR-EVT-SESS-SPAWN-005').filter((event) => w.log.indexOf(event) >= from);
    expect(told.flatMap(({ payload }) => payload.cancelled_session_ids)).toEqual(cancelled_session_ids);
    return told.map(({ payload }) => payload.cancelled_session_ids.length);
  }

  it('FM-34: exactly as many are one event, one more is a second', async () => {
    const most = {
      max_active_children_per_session: 2 * CASCADE_CHUNK,
      max_descendants_lifetime: 2 * CASCADE_CHUNK,
    };
    const w = await world({ limits: most });
    expect(CASCADE_CHUNK).toBe(1000);
    expect(await sizes(w, 999)).toEqual([1000]);
    expect(await sizes(w, 1000)).toEqual([1000, 1]);
  });
});

describe('FM-07: the record of a cancel', () => {
  it('is found under a name that its number gives it, or under the one that it was given', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const record = (op_id: string, cancelled: string[], skipped: string[]) => ({
      op_id,
      root_session_id: session_id,
      cancelled_session_ids: cancelled,
      skipped_session_ids: skipped,
      reason: 'stop',
      cancelled_by: 'operator',
    });
    const [first, second] = [1, 2].map((n) => identity.cancel(session_id, n)) as [string, string];
    expect(await w.run('cancel', { session_id, ...stop })).toEqual(record(first, [session_id], []));
    expect(await w.run('cancel', { session_id, ...stop })).toEqual(record(second, [], [session_id]));
    const named = record('op', [], [session_id]);
    expect(await w.run('cancel', { session_id, ...stop, op_id: 'op' })).toEqual(named);
    expect(w.view().get('operation', first)).toEqual(record(first, [session_id], []));
    expect(w.view().get('operation', 'op')).toEqual(named);
    expect(w.of('FR-EVT-SESS-SPAWN-005').map(({ payload }) => payload.cancelled_session_ids)).toEqual([
      [session_id],
      [],
      [],
    ]);
  });
});

describe('whose act a cancel is', () => {
  it.each([
    ['system', 'system'],
    ['system:watchdog', 'system'],
    ['systems', 'human'],
    ['ops:system', 'human'],
    ['ilja', 'human'],
    ['', 'human'],
  ])('%j: %s', async (by, actor) => {
    expect(actorOf(by)).toBe(actor);
    const w = await world();
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
    const from = w.log.length;
    await w.run('cancel', { session_id, reason: 'stop', by: by || 'nobody' });
    expect(w.log.slice(from).map((event) => event.actor)).toEqual([actor, actor, actor]);
  });
});
