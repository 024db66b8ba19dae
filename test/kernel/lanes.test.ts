import { describe, expect, it } from 'vitest';
import { seededIds } from '../../tools/engine/index.ts';
import type { ModelRunJobLane } from '../../tools/generated/index.ts';
import { Draft } from '../../tools/kernel/draft.ts';
import { nextLane } from '../../tools/kernel/schedule/lanes.ts';
import { world } from './world.ts';

const lane = { P: 'PRIMARY', S: 'SUBAGENT', V: 'VALIDATION', B: 'BACKGROUND' } as const;

/** Lanes that could run something, one set for each dispatch; answers whose turn it was, by first letters. */
async function turns(weights: Partial<Record<ModelRunJobLane, number>> = {}) {
  const w = await world();
  Object.assign(w.rules.scheduler.weights, weights);
  const draft = new Draft(w.view(), w.rules, w.now, seededIds(1));
  const among = (letters: string, times: number): string => {
    const waiting = new Set([...letters].map((letter) => lane[letter as keyof typeof lane]));
    return Array.from({ length: times }, () => nextLane(draft, waiting)[0]).join('');
  };
  return { among, row: () => draft.get('lanes', 'lanes') };
}

describe('D-13: whose turn it is', () => {
  it('all four wait: 8 to 4 to 2 to 1, and of lanes that are level the higher one first', async () => {
    const { among, row } = await turns();
    expect(among('BVSP', 15)).toBe('PPSPPSVPPSPPSVB');
    expect(among('PSVB', 15)).toBe('PPSPPSVPPSPPSVB');
    expect(row()).toEqual({
      key: 'lanes',
      virtual: 1.875,
      pass: { PRIMARY: 2, SUBAGENT: 2, VALIDATION: 2, BACKGROUND: 2 },
      waiting: ['PRIMARY', 'SUBAGENT', 'VALIDATION', 'BACKGROUND'],
    });
  });

  it('only a lane that could run something is chosen, and only that moves on', async () => {
    const { among, row } = await turns();
    expect(among('B', 2)).toBe('BB');
    expect(row()).toEqual({
      key: 'lanes',
      virtual: 1,
      pass: { PRIMARY: 0, SUBAGENT: 0, VALIDATION: 0, BACKGROUND: 2 },
      waiting: ['BACKGROUND'],
    });
  });

  it('FM-20: a lane that had nothing to run banks nothing', async () => {
    const { among } = await turns();
    expect(among('P', 9)).toBe('P'.repeat(9));
    expect(among('PB', 9)).toBe('PPPPPPPBP'); // it joins at the present: as if it had had its share until now
  });

  it('a lane that has had more than its share does not come back with less', async () => {
    const { among } = await turns();
    expect(among('B', 1)).toBe('B');
    expect(among('P', 1)).toBe('P');
    expect(among('PB', 16)).toBe(`${'P'.repeat(15)}B`);
  });

  it('a lane that kept waiting keeps what it is owed', async () => {
    const { among } = await turns();
    expect(among('PB', 6)).toBe('PPPPPP');
    expect(among('PB', 3)).toBe('PPB');
  });

  it('the present never goes back: whoever joins after a lane that was owed much joins where the others are', async () => {
    const { among, row } = await turns({ PRIMARY: 4, BACKGROUND: 1 });
    expect(among('PB', 5)).toBe('PPPPB');
    expect(row()?.virtual).toBe(0.75);
    expect(among('PS', 1)).toBe('S');
    expect(row()?.pass.SUBAGENT).toBe(1);
  });
});
