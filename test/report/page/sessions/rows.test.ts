import { describe, expect, it } from 'vitest';
import { bracketsOf } from '../../../../tools/report/page/sessions/brackets.ts';
import { movedBy } from '../../../../tools/report/page/sessions/cursor.ts';
import { eventsOf, found, lookupOf, shortIds } from '../../../../tools/report/page/sessions/lookup.ts';
import { rowsInSight, rowsOf } from '../../../../tools/report/page/sessions/rows.ts';
import { sortedLanes, sortingOf } from '../../../../tools/report/page/sessions/sorting.ts';
import { made } from './made.ts';

const { sessions } = made(80, 400);
const lookup = lookupOf(sessions);
const all = sessions.lanes.map(() => true);
const none = new Set<number>();

describe('rows of the list', () => {
  it('have every session once, parents above their children, sub-trees together', () => {
    const rows = rowsOf(lookup, all, none);
    expect(rows.map(({ lane }) => lane).toSorted((a, b) => a - b)).toEqual(all.map((_, at) => at));
    expect(rows.slice(0, 6).map(({ lane, depth, below }) => [lane, depth, below])).toEqual([
      [0, 0, 39],
      [1, 1, 12],
      [4, 2, 3],
      [13, 3, 0],
      [14, 3, 0],
      [15, 3, 0],
    ]);
  });

  it('leave out what lies below a folded one, and say how many', () => {
    const rows = rowsOf(lookup, all, new Set([1]));
    expect(rows[1]).toEqual({ lane: 1, depth: 1, below: 12, folded: true });
    expect(rows).toHaveLength(80 - 12);
  });

  it('hang under the nearest one above that answers', () => {
    const rows = rowsOf(
      lookup,
      all.map((_, at) => at === 0 || at === 13),
      none,
    );
    expect(rows).toEqual([
      { lane: 0, depth: 0, below: 1, folded: false },
      { lane: 13, depth: 1, below: 0, folded: false },
    ]);
  });

  it('are in sight by some, with a few around', () => {
    expect(rowsInSight(0, 400, 40, 1000)).toEqual([0, 14]);
    expect(rowsInSight(4000, 400, 40, 1000)).toEqual([96, 114]);
    expect(rowsInSight(39_990, 400, 40, 1000)).toEqual([995, 1000]);
    expect(rowsInSight(500, 400, 40, 3)).toEqual([3, 3]);
  });
});

describe('what is found once', () => {
  it('has all events of a lane in their order', () => {
    const naive = sessions.events.lane.flatMap((lane, at) => (lane === 5 ? [at] : []));
    expect(naive.length).toBeGreaterThan(0);
    expect([...eventsOf(lookup, 5)]).toEqual(naive);
  });

  it('shortens ids so that no two look alike', () => {
    expect(shortIds(['lead', '0190aaaa-1111-7222', '0190aaaa-1111-7333', 'f00dbabe-0000'])).toEqual([
      'lead',
      '0190…111-72…',
      '0190…111-73…',
      'f00dbabe…',
    ]);
  });

  it('leaves nothing out of two ids that would be cut to the same', () => {
    const ids = ['0190aaaa1234567', '0190aaaa1234568', '0190bbbb1234567', '0190bbbb1234568'];
    expect(shortIds(ids)).toEqual(ids);
  });

  it('takes the beginning of an id only where one alone begins so', () => {
    expect(found(['aa', 'ab', 'b'], 'a')).toBe(-1);
    expect(found(['aa', 'ab', 'b'], 'ab')).toBe(1);
    expect(found(['a', 'ab'], 'a')).toBe(0);
    expect(found(['aa', 'b'], 'a')).toBe(0);
    expect(found(['aa'], '')).toBe(-1);
    expect(found(['aa'], 'c')).toBe(-1);
  });
});

describe('keys', () => {
  const rows = rowsOf(lookup, all, none);
  const press = (key: string, row: number, span = -1) => movedBy(key, { row, span }, rows, () => 5, 10);

  it('go from lane to lane, and stop at the ends', () => {
    expect(press('ArrowDown', 3, 2)).toEqual({ cursor: { row: 4, span: -1 } });
    expect(press('ArrowUp', 0)).toEqual({ cursor: { row: 0, span: -1 } });
    expect(press('PageDown', 75)).toEqual({ cursor: { row: 79, span: -1 } });
    expect(press('PageUp', 12)).toEqual({ cursor: { row: 2, span: -1 } });
    expect(press('End', 3)).toEqual({ cursor: { row: 79, span: -1 } });
    expect(press('Home', 3)).toEqual({ cursor: { row: 0, span: -1 } });
  });

  it('go through the spans of a lane', () => {
    expect(press('ArrowRight', 3)).toEqual({ cursor: { row: 3, span: 0 } });
    expect(press('ArrowRight', 3, 4)).toEqual({ cursor: { row: 3, span: 4 } });
    expect(press('ArrowLeft', 3, 0)).toEqual({ cursor: { row: 3, span: -1 } });
    expect(press('End', 3, 1)).toEqual({ cursor: { row: 3, span: 4 } });
    expect(press('Home', 3, 3)).toEqual({ cursor: { row: 3, span: 0 } });
  });

  it('fold, unfold, and lead up the tree', () => {
    expect(press(' ', 1)).toEqual({ fold: 1 });
    expect(press(' ', 3)).toBeNull();
    expect(press('ArrowLeft', 1)).toEqual({ fold: 1 });
    expect(press('ArrowLeft', 5)).toEqual({ cursor: { row: 2, span: -1 } });
    const folded = rowsOf(lookup, all, new Set([1]));
    expect(movedBy('ArrowRight', { row: 1, span: -1 }, folded, () => 5, 10)).toEqual({ fold: 1 });
    expect(movedBy('ArrowLeft', { row: 1, span: -1 }, folded, () => 5, 10)).toEqual({
      cursor: { row: 0, span: -1 },
    });
  });

  it('mean nothing where there is nothing, or where no key is known', () => {
    expect(movedBy('ArrowDown', { row: 0, span: -1 }, [], () => 0, 10)).toBeNull();
    expect(press('x', 0)).toBeNull();
  });
});

describe('brackets', () => {
  it('reach from the root of a cancelled sub-tree to its last session', () => {
    const { at } = sessions.cancels[0]!;
    expect(bracketsOf(lookup, rowsOf(lookup, all, none))).toEqual([{ cancel: 0, first: 0, last: 39, at }]);
    expect(bracketsOf(lookup, rowsOf(lookup, all, new Set([0])))).toEqual([
      { cancel: 0, first: 0, last: 0, at },
    ]);
    expect(
      bracketsOf(
        lookup,
        rowsOf(
          lookup,
          all.map((_, lane) => lane >= 40),
          none,
        ),
      ),
    ).toEqual([]);
  });
});

describe('sorting', () => {
  it('reads the address', () => {
    expect(sortingOf(null)).toEqual({ order: 'tree', down: false });
    expect(sortingOf('-cost')).toEqual({ order: 'cost', down: true });
    expect(sortingOf('-bogus')).toEqual({ order: 'tree', down: true });
  });

  it('orders by cost, those without one last in either direction', () => {
    const cost = (cost_usd: number | null) => ({
      ...sessions.lanes[0]!,
      spent: { runs: 1, tokens: 1, cost: { cost_usd, unpriced_runs: 0 } },
    });
    const some = {
      order: Int32Array.of(0, 1, 2, 3),
      data: { lanes: [cost(2), cost(null), cost(1), cost(2)] },
    };
    const four = [true, true, true, true];
    expect(sortedLanes(some, four, { order: 'cost', down: false })).toEqual([2, 0, 3, 1]);
    expect(sortedLanes(some, four, { order: 'cost', down: true })).toEqual([0, 3, 2, 1]);
    expect(sortedLanes(some, [true, false, true, false], { order: 'tree', down: true })).toEqual([2, 0]);
  });
});
