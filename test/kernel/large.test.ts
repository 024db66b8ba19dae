// What only many sessions, many runs or many rounds show: the slow ones of these tests.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededIds } from '../../tools/engine/index.ts';
import type { ModelRunJobLane } from '../../tools/generated/index.ts';
import { lanes } from '../../tools/kernel/index.ts';
import { type World, world } from './world.ts';

const stop = { reason: 'stop', by: 'operator' };

/** A root session with one queued run. */
async function ready(w: World, lane: ModelRunJobLane): Promise<string> {
  const { session_id } = await w.root({ model_id: 'a/b' });
  await w.run('enqueue', { session_id, lane });
  return session_id;
}

it('H4, E04: with three of four places taken, one of twenty concurrent spawns is accepted, a hundred times', async () => {
  for (let round = 0; round < 100; round += 1) {
    const w = await world();
    const { session_id } = await w.root();
    for (let n = 0; n < 3; n += 1) await w.child(session_id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => w.spawn(session_id)));
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(answers.filter((answer) => answer.rejection_reason === 'children_cap_reached')).toHaveLength(19);
    expect(w.view().select('session', 'parent', session_id)).toHaveLength(4);
    expect(w.session(session_id).active_children).toBe(4);
  }
});

it('H7: the order is that of the spawning, a hundred times the same', async () => {
  const orders = new Set<string>();
  for (let round = 0; round < 100; round += 1) {
    const w = await world();
    w.ids = seededIds(round + 1); // other ids, the same order
    const root = (await w.root()).session_id;
    const names = new Map([[root, 'root']]);
    for (const name of ['c', 'a', 'b']) names.set(await w.child(root), name);
    const [first] = w.view().select('session', 'parent', root);
    names.set(await w.child(first!.session_id), 'below c');
    const { cancelled_session_ids: ids } = await w.run('cancel', { session_id: root, ...stop });
    orders.add(ids.map((id) => names.get(id)).join(', '));
  }
  expect([...orders]).toEqual(['root, c, below c, a, b']);
});

it('FM-34, D-35: a cascade over 10,000 sessions is cut into events of at most 1,000 ids that share their trace', async () => {
  const w = await world({
    limits: { max_active_children_per_session: 20_000, max_descendants_lifetime: 20_000 },
  });
  const root = (await w.root()).session_id;
  w.quiet = true;
  for (let n = 0; n < 10_000; n += 1) await w.child(root);
  w.quiet = false;
  const from = w.log.length;
  const { cancelled_session_ids: ids } = await w.run('cancel', { session_id: root, ...stop });
  const chunks = w.of('FR-EVT-SESS-SPAWN-005').map(({ payload }) => payload.cancelled_session_ids);
  expect(ids).toHaveLength(10_001);
  expect(chunks.map((chunk) => chunk.length)).toEqual([...Array(10).fill(1000), 1]);
  expect(chunks.flat()).toEqual(ids);
  expect(w.kinds(from).slice(-11)).toEqual(Array(11).fill('SESS-SPAWN-005')); // one after the other, without gap
  expect(new Set(w.of('FR-EVT-SESS-SPAWN-005').map((event) => event.trace_id)).size).toBe(1);
  for (const event of w.of('FR-EVT-SESS-SPAWN-005'))
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(64 * 1024);
});

it('FM-19: one PRIMARY run behind 2,000 BACKGROUND runs goes next', async () => {
  const w = await world({
    scheduler: { max_concurrent_sessions_global: 2, max_concurrent_sessions_per_model: 2 },
  });
  for (let n = 0; n < 2000; n += 1) await ready(w, 'BACKGROUND');
  await w.dispatchAll();
  const primary = await ready(w, 'PRIMARY');
  expect((await w.dispatch())?.session_id).toBe(primary);
});

it('D-13, FM-20: in every stretch of n dispatches a backlogged lane gets its share less one', async () => {
  const subsets = fc.subarray([...lanes], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(subsets, async (backlogged) => {
      const w = await world();
      const runs = 90;
      for (const lane of backlogged) for (let n = 0; n < runs; n += 1) await ready(w, lane);
      const order: ModelRunJobLane[] = [];
      while (order.length < runs) order.push((await w.dispatch())!.lane);
      const total = backlogged.reduce((sum, lane) => sum + w.rules.scheduler.weights[lane], 0);
      for (const lane of backlogged) {
        const weight = w.rules.scheduler.weights[lane];
        for (let from = 0; from < runs; from += 1) {
          let got = 0;
          for (let to = from; to < runs; to += 1) {
            if (order[to] === lane) got += 1;
            expect(got).toBeGreaterThanOrEqual(Math.floor(((to - from + 1) * weight) / total) - 1);
          }
        }
      }
    }),
    { numRuns: 15, seed: 5 },
  );
});
