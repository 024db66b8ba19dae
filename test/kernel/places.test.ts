// Who has a place among its parent's children, who waits for one, and up to where (D-23).
import { describe, expect, it } from 'vitest';
import { closed, done, type World, world } from './world.ts';

const persistent = { spawn_mode: 'SESSION_PERSISTENT' } as const;
const silent = { announce_back: false } as const;
const capped = () => world({ limits: { max_active_children_per_session: 1, max_spawn_depth: 9 } });

/** A child that rests. */
async function resting(w: World, parent: string, over: object = {}): Promise<string> {
  const id = await w.child(parent, { ...persistent, ...over });
  await w.play(id, { outcome: 'yield' });
  return id;
}

/** Root and, below it, a session whose one place is taken by a child that works, beside a child that rests. */
async function full(w: World, over: object = {}) {
  const { session_id: root } = await w.root();
  const parent = await w.child(root);
  const idle = await resting(w, parent, over);
  return { root, parent, idle, takeThePlace: () => w.child(parent, silent) };
}

const wanted = (w: World, ...ids: string[]) => ids.map((id) => w.session(id).place_wanted);

describe('D-23: a child that rests has to win a place to work again', () => {
  it('and hears whose place is taken, of how many', async () => {
    const w = await capped();
    const { parent, idle, takeThePlace } = await full(w);
    await takeThePlace();
    expect(await w.decide('enqueue', { session_id: idle })).toEqual({
      rejected: true,
      code: 'children_cap_reached',
      message: `session ${parent} has 1 active children, its cap is 1`,
    });
    expect(w.jobs(idle)).toEqual([]);
  });

  it('one that works has its place, and gets as much work as it likes; a root needs none', async () => {
    const w = await capped();
    const { root, takeThePlace } = await full(w);
    const busy = await takeThePlace();
    await w.run('enqueue', { session_id: busy });
    expect(w.jobs(busy)).toHaveLength(2);
    await w.run('enqueue', { session_id: root });
    await w.run('enqueue', { session_id: root });
    expect(w.jobs(root)).toHaveLength(2);
  });

  it('a parent that would only then wait for it needs a place as well, and one that need not wait does not', async () => {
    const w = await capped();
    const { parent, idle, takeThePlace } = await full(w);
    const announces = await resting(w, idle);
    const says = await resting(w, idle, silent);
    await takeThePlace();
    expect(await w.decide('enqueue', { session_id: announces })).toMatchObject({
      message: `session ${parent} has 1 active children, its cap is 1`,
    });
    expect(await w.run('enqueue', { session_id: says })).toEqual({ job_id: w.jobs(says)[0]?.job_id });
  });

  it('a parent that has ended waits for nobody: nothing above it is asked', async () => {
    const w = await capped();
    const { idle, takeThePlace } = await full(w);
    const below = await resting(w, idle);
    await w.run('enqueue', { session_id: idle });
    await w.play(idle, closed);
    expect(w.session(idle).state).toBe('COMPLETED');
    await takeThePlace();
    await w.run('enqueue', { session_id: below });
    expect(w.jobs(below)).toHaveLength(1);
  });

  it('a child never runs in the PRIMARY lane, whoever asks', async () => {
    const w = await world();
    const child = await w.child((await w.root()).session_id);
    expect(await w.decide('enqueue', { session_id: child, lane: 'PRIMARY' })).toEqual({
      rejected: true,
      code: 'invalid_request',
      message: 'a child never runs in the PRIMARY lane',
    });
  });
});

describe('D-23: mail for a child that rests waits for a place', () => {
  it('all sessions up to the full one know that a place is wanted, and none above it', async () => {
    const w = await capped();
    const { root, parent, idle, takeThePlace } = await full(w);
    const below = await resting(w, idle);
    const lowest = await resting(w, below);
    const busy = await takeThePlace();
    await w.run('close', { session_id: lowest }); // it announces to the one above it, which rests
    expect(wanted(w, root, parent, idle, below)).toEqual([false, true, true, false]);
    expect(w.jobs(below)).toEqual([]);
    await w.play(busy, done);
    expect(w.jobs(below)).toMatchObject([{ wake: true }]);
    expect(wanted(w, root, parent, idle, below)).toEqual([false, false, false, false]);
  });

  it('a place goes to the first that waits; whoever works, has ended, or waits for nothing is left alone', async () => {
    const w = await world({ limits: { max_active_children_per_session: 2 } });
    const { session_id: parent } = await w.root();
    const [first, second] = [await resting(w, parent), await resting(w, parent)];
    const below = [await resting(w, first), await resting(w, second)] as const;
    const ended = await w.child(parent, silent);
    await w.play(ended, done);
    const busy = await w.child(parent, silent);
    const other = await w.child(parent, silent);
    for (const id of below) await w.run('close', { session_id: id });
    const jobs = await w.dispatchAll();
    expect(w.session(parent)).toMatchObject({ active_children: 2, place_wanted: true });
    const free = async (id: string) => {
      const job = jobs.find(({ session_id }) => session_id === id)!;
      const { changes } = await w.full('finish_run', {
        job_id: job.job_id,
        run_epoch: job.run_epoch,
        result: done,
      });
      return changes.flatMap(({ table, key }) => (table === 'session' ? [key] : [])).sort();
    };
    expect(await free(busy)).toEqual([busy, parent, first, second].sort());
    expect([w.jobs(first), w.jobs(second)]).toMatchObject([[{ wake: true }], []]);
    expect(wanted(w, parent)).toEqual([true]);
    await w.run('cancel', { session_id: second, reason: 'no', by: 'operator' });
    expect(w.session(other).terminal).toBeNull();
  });

  it('D-08: a parent that was told to close does not wait for it: the last child that is cancelled ends the wait', async () => {
    const w = await capped();
    const { session_id: parent } = await w.root();
    await w.run('enqueue', { session_id: parent });
    await w.play(parent, { outcome: 'yield' });
    const idle = await resting(w, parent);
    const below = await resting(w, idle);
    const busy = await w.child(parent);
    await w.run('close', { session_id: below });
    await w.run('close', { session_id: parent });
    expect(w.session(parent)).toMatchObject({ state: 'BLOCKED', blocked_on: 'children', place_wanted: true });
    await w.run('cancel', { session_id: busy, reason: 'no', by: 'operator' });
    expect(w.session(parent).state).toBe('COMPLETED');
    expect(w.jobs(idle)).toMatchObject([{ wake: true }]);
  });

  it('where nobody waits for a place, one that is free is nobody’s business', async () => {
    const w = await world();
    const { session_id: parent } = await w.root();
    const idle = await resting(w, parent);
    const busy = await w.child(parent, silent);
    const { job_id, run_epoch } = (await w.dispatch())!;
    const { changes } = await w.full('finish_run', { job_id, run_epoch, result: done });
    const touched = changes.flatMap(({ table, key }) => (table === 'session' ? [key] : []));
    expect(touched.sort()).toEqual([busy, parent].sort());
    expect(w.session(idle)).toMatchObject({ state: 'BLOCKED', blocked_on: 'input' });
  });
});

describe('what a message and a job hold that say no more', () => {
  it('the defaults of the contract', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const { job_id } = await w.run('enqueue', { session_id });
    expect(w.view().get('job', job_id)).toMatchObject({
      job_kind: 'model_run',
      lane: 'PRIMARY',
      priority: 50,
      concurrency_group: null,
      max_retries: 3,
      retry_backoff: 'EXPONENTIAL',
      timeout_ms: 120_000,
      deadline: null,
      wake: false,
    });
  });

  it('what was said, and 0 is said', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const said = { priority: 0, max_retries: 0, timeout_ms: 1, retry_backoff: 'FIXED' as const };
    const { job_id } = await w.run('enqueue', { session_id, ...said, deadline_ms: 0, lane: 'BACKGROUND' });
    expect(w.view().get('job', job_id)).toMatchObject({ ...said, deadline: w.now, lane: 'BACKGROUND' });
  });
});
