import { describe, expect, it } from 'vitest';
import { identity } from '../../tools/kernel/index.ts';
import { actorOf, CASCADE_CHUNK } from '../../tools/kernel/spawn/cascade.ts';
import { world } from './world.ts';

const stop = { reason: 'stop', by: 'operator' };

describe('D-35: a cascade event holds a thousand ids at most', () => {
  it('FM-34: exactly a thousand are one event, and no empty one follows', async () => {
    const w = await world({
      limits: { max_active_children_per_session: CASCADE_CHUNK, max_descendants_lifetime: CASCADE_CHUNK },
    });
    const { session_id } = await w.root();
    w.quiet = true;
    for (let n = 0; n < 999; n += 1) await w.child(session_id, { announce_back: false });
    w.quiet = false;
    const { cancelled_session_ids: ids } = await w.run('cancel', { session_id, ...stop });
    expect([CASCADE_CHUNK, ids.length]).toEqual([1000, 1000]);
    expect(w.of('FR-EVT-SESS-SPAWN-005').map(({ payload }) => payload.cancelled_session_ids)).toEqual([ids]);
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
