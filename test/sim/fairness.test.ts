// The law of lanes at full size (engine.md 3.6, D-13): who waits how long, over a million dispatches.
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../tools/kernel/draft.ts';
import { defaultRules, lanes, type Rows } from '../../tools/kernel/index.ts';
import { nextLane } from '../../tools/kernel/schedule/lanes.ts';
import { world } from '../kernel/world.ts';
import { Random } from './random.ts';

type Lane = (typeof lanes)[number];
const { weights } = defaultRules.scheduler;
const W = lanes.reduce((sum, lane) => sum + weights[lane], 0);

/** The lane of each dispatch, on nothing but the row that the kernel keeps of them. */
function turns(): (candidates: ReadonlySet<Lane>) => Lane {
  let row: Rows['lanes'] | undefined;
  const draft = {
    rules: defaultRules,
    get: () => row,
    put: (_table: string, next: Rows['lanes']) => {
      row = next;
    },
  } as unknown as Draft;
  return (candidates) => nextLane(draft, candidates);
}

const MILLION = 1_000_000;

describe('FM-20: of any n dispatches a lane that waits gets at least n·w/W, rounded down, less one', () => {
  it('when all lanes wait all the time, at each of 1,000,000 dispatches', () => {
    const next = turns();
    const all = new Set(lanes);
    const given = { PRIMARY: 0, SUBAGENT: 0, VALIDATION: 0, BACKGROUND: 0 };
    const last = { PRIMARY: 0, SUBAGENT: 0, VALIDATION: 0, BACKGROUND: 0 };
    const longest = { PRIMARY: 0, SUBAGENT: 0, VALIDATION: 0, BACKGROUND: 0 };
    let broken = 0;
    for (let n = 1; n <= MILLION; n++) {
      const lane = next(all);
      given[lane] += 1;
      longest[lane] = Math.max(longest[lane], n - last[lane]);
      last[lane] = n;
      for (const each of lanes) if (given[each] < Math.floor((n * weights[each]) / W) - 1) broken += 1;
    }
    expect(broken).toBe(0);
    for (const lane of lanes)
      expect(Math.abs(given[lane] - (MILLION * weights[lane]) / W)).toBeLessThanOrEqual(1);
    for (const lane of lanes) expect(longest[lane]).toBeLessThanOrEqual(Math.ceil(W / weights[lane]) + 2);
  });

  it('when lanes come and go, over each stretch in which a lane waits', () => {
    const random = new Random(20_260_224);
    const next = turns();
    const here = new Set<Lane>(lanes);
    const stretch = new Map<Lane, { n: number; given: number }>();
    let broken = 0;
    for (let step = 0; step < MILLION; step++) {
      if (random.below(50) === 0) {
        const lane = random.pick(lanes);
        if (here.has(lane) && here.size > 1) here.delete(lane);
        else here.add(lane);
      }
      const chosen = next(here);
      for (const lane of lanes) {
        if (!here.has(lane)) {
          stretch.delete(lane);
          continue;
        }
        const own = stretch.get(lane) ?? { n: 0, given: 0 };
        stretch.set(lane, own);
        own.n += 1;
        if (chosen === lane) own.given += 1;
        if (own.given < Math.floor((own.n * weights[lane]) / W) - 1) broken += 1;
      }
    }
    expect(broken).toBe(0);
  });
});

describe('FM-19: 10,000 BACKGROUND jobs never delay a PRIMARY', () => {
  const crowd = async (global: number) => {
    const w = await world({ scheduler: { max_concurrent_sessions_global: global } });
    const role = 'Sweeper';
    for (let count = 0; count < 10_000; count++) {
      const { session_id } = await w.root({ role });
      await w.run('enqueue', { session_id, lane: 'BACKGROUND' });
    }
    const { session_id } = await w.root();
    return { w, primary: session_id };
  };

  it('at a limit of 8 its permit is there while all others are taken: it is the next dispatch', async () => {
    const { w, primary } = await crowd(8);
    expect(await w.dispatchAll()).toHaveLength(7);
    await w.run('enqueue', { session_id: primary });
    expect(await w.dispatch()).toMatchObject({ session_id: primary, lane: 'PRIMARY' });
    expect(await w.dispatch()).toBeNull();
  }, 120_000);

  it('at a limit of 1 it waits for the call that runs, and for no other', async () => {
    const { w, primary } = await crowd(1);
    const running = (await w.dispatch())!;
    expect(running.lane).toBe('BACKGROUND');
    await w.run('enqueue', { session_id: primary });
    expect(await w.dispatch()).toBeNull();
    await w.finish(running, { outcome: 'completed', close: true });
    expect(await w.dispatch()).toMatchObject({ session_id: primary, lane: 'PRIMARY' });
  }, 120_000);
});
