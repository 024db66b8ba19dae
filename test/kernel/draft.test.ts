import { describe, expect, it } from 'vitest';
import { seededIds } from '../../tools/engine/index.ts';
import { Draft } from '../../tools/kernel/draft.ts';
import { subQueue } from '../../tools/kernel/index.ts';
import { type World, world } from './world.ts';

const draftOf = (w: World) => new Draft(w.view(), w.rules, w.now, seededIds(1));

/** Roots with one queued run each, of these priorities; their jobs in the order of their creation. */
async function queue(w: World, ...priorities: number[]) {
  const ids: string[] = [];
  for (const priority of priorities) {
    const { session_id } = await w.root();
    ids.push((await w.run('enqueue', { session_id, priority })).job_id);
  }
  return ids;
}

describe('a draft reads what it wrote', () => {
  it('in the order of the index, whether a row was stored, changed or has just come into it', async () => {
    const w = await world();
    const [a, b, c, d] = (await queue(w, 10, 20, 30, 40)) as [string, string, string, string];
    const draft = draftOf(w);
    const ready = subQueue(w.view().get('job', a)!);
    const order = (limit?: number) => draft.select('job', 'ready', ready, limit).map((job) => job.job_id);
    expect(order()).toEqual([a, b, c, d]);
    draft.edit('job', a)!.priority = 35;
    expect(order()).toEqual([b, c, a, d]);
    expect(order(2)).toEqual([b, c]);
    draft.edit('job', b)!.held = true;
    expect(order(1)).toEqual([c]);
    draft.edit('job', b)!.held = false;
    expect(order(1)).toEqual([b]);
    draft.remove('job', c);
    expect(order()).toEqual([b, a, d]);
    expect(draft.get('job', c)).toBeUndefined();
    expect(draft.edit('job', c)).toBeUndefined();
    expect(w.view().get('job', a)?.priority).toBe(10); // nothing reaches the store
  });

  it('and what the view has answered once with a limit is asked again when more is wanted', async () => {
    const w = await world();
    const ids = await queue(w, 10, 20, 30);
    const draft = draftOf(w);
    const ready = subQueue(w.view().get('job', ids[0]!)!);
    const order = (limit?: number) => draft.select('job', 'ready', ready, limit).map((job) => job.job_id);
    expect(order(1)).toEqual(ids.slice(0, 1));
    expect(order(2)).toEqual(ids.slice(0, 2));
    expect(order(1)).toEqual(ids.slice(0, 1));
    expect(order()).toEqual(ids);
    expect(order(2)).toEqual(ids.slice(0, 2));
    draft.select('job', 'ready', ready).pop(); // a caller's list is his own
    expect(order()).toEqual(ids);
  });

  it('and the values of an index in their order, without those of rows that are gone', async () => {
    const w = await world();
    const [a] = (await queue(w, 10, 20)) as [string, string];
    const draft = draftOf(w);
    const before = draft.distinct('job', 'ready');
    expect(before).toHaveLength(1);
    draft.edit('job', a)!.model_id = 'a/first';
    expect(draft.distinct('job', 'ready')).toEqual([subQueue(draft.get('job', a)!), ...before].sort());
    draft.edit('job', a)!.model_id = 'z/last';
    expect(draft.distinct('job', 'ready')).toEqual([...before, subQueue(draft.get('job', a)!)].sort());
    draft.remove('job', a);
    expect(draft.distinct('job', 'ready')).toEqual(before);
  });
});

it('a row of a session that nobody knows is refused by its id', async () => {
  const w = await world();
  expect(() => draftOf(w).session('nobody')).toThrow(/^no session has the id nobody$/);
});

it('what goes wrong inside a command is no refusal', async () => {
  const w = await world();
  w.ids = {
    uuid7: () => {
      throw new Error('no ids');
    },
  };
  await expect(w.root()).rejects.toThrow(/^no ids$/);
});
