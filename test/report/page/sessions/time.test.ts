import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsOf, largest } from '../../../../tools/report/page/sessions/amounts.ts';
import { arrowLook, arrowPaths } from '../../../../tools/report/page/sessions/arrows.ts';
import { densityOf, densityPath } from '../../../../tools/report/page/sessions/density.ts';
import { marksOf } from '../../../../tools/report/page/sessions/marks.ts';
import {
  held,
  moved,
  showing,
  ticksOf,
  timeAt,
  whole,
  xOf,
  zoomed,
} from '../../../../tools/report/page/sessions/span-of-time.ts';
import { made } from './made.ts';
import { spansWith } from './spans-with.ts';

describe('a piece of time', () => {
  it('keeps what is under the pointer where it is', () => {
    expect(zoomed({ from: 0, to: 1000 }, 2, 250, 1000)).toEqual({ from: 125, to: 625 });
    expect(zoomed({ from: 125, to: 625 }, 0.5, 250, 1000)).toEqual({ from: 0, to: 1000 });
  });

  it('stays inside of all of it, and is never shorter than a millisecond', () => {
    const length = 10_000;
    const time = fc.double({ min: -20_000, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(time, time, fc.double({ min: 0.01, max: 100, noNaN: true }), (from, wide, factor) => {
        for (const piece of [
          held({ from, to: from + wide }, length),
          zoomed(held({ from, to: from + Math.abs(wide) }, length), factor, from, length),
          moved(held({ from, to: from + Math.abs(wide) }, length), factor, length),
        ]) {
          expect(piece.from).toBeGreaterThanOrEqual(0);
          expect(piece.to).toBeLessThanOrEqual(whole(length).to + 1e-6);
          expect(piece.to - piece.from).toBeGreaterThan(0.999);
        }
      }),
    );
  });

  it('moves only when what is meant is out of sight', () => {
    const piece = { from: 100, to: 200 };
    expect(showing(piece, 120, 130, 1000)).toBe(piece);
    expect(showing(piece, 50, 500, 1000)).toBe(piece);
    expect(showing(piece, 300, 320, 1000)).toEqual({ from: 260, to: 360 });
  });

  it('says where a time stands, and which time stands there', () => {
    expect(xOf(150, { from: 100, to: 200 }, 80)).toBe(40);
    expect(timeAt(40, { from: 100, to: 200 }, 80)).toBe(150);
  });

  it('has ticks at whole times of the clock in UTC', () => {
    const zero = Date.UTC(2026, 10, 21, 9, 0, 0);
    expect(ticksOf({ from: 0, to: 3_600_000 }, zero, 400, 100)).toEqual([
      { x: 0, text: '09:00', day: false },
      { x: 100, text: '09:15', day: false },
      { x: 200, text: '09:30', day: false },
      { x: 300, text: '09:45', day: false },
      { x: 400, text: '10:00', day: false },
    ]);
    expect(ticksOf({ from: 0, to: 4 }, zero, 200, 100).map(({ text }) => text)).toEqual([
      '09:00:00.000',
      '09:00:00.002',
      '09:00:00.004',
    ]);
    expect(
      ticksOf({ from: 54_000_000 - 3_600_000, to: 54_000_000 + 3_600_000 }, zero, 200, 100).map(
        ({ text }) => text,
      ),
    ).toEqual(['23:00', '2026-11-22', '01:00']);
    expect(ticksOf({ from: 0, to: 1 }, zero, 0)).toEqual([]);
  });
});

describe('arrows', () => {
  const piece = { from: 0, to: 100 };
  const middle = (lane: number) => [22, 66, undefined][lane];
  const arrow = { from_span: -1, to_span: -1 };
  const empty = { line: '', head: '', hollow: '' };

  it('differ by their heads: filled for a spawn, open for what was read, a ring for what was not', () => {
    expect(
      arrowPaths(
        [
          { ...arrow, kind: 'spawn', at: 10, read_at: null, from: 0, to: 1 },
          { ...arrow, kind: 'announce', at: 50, read_at: 70, from: 1, to: 0 },
          { ...arrow, kind: 'announce', at: 60, read_at: null, from: 1, to: 0 },
        ],
        middle,
        piece,
        100,
      ),
    ).toEqual({
      spawn: { line: 'M10 22V66', head: 'M10 66l-3.5 -5h7Z', hollow: '' },
      read: { line: 'M50 66V22H70', head: '', hollow: 'M65 18.5L70 22L65 25.5' },
      unread: { line: 'M60 66V27', head: '', hollow: 'M57 22a3 3 0 1 0 6 0a3 3 0 1 0 -6 0' },
    });
    expect(arrowLook({ kind: 'announce', read_at: null })).toBe('unread');
  });

  it('are left out where an end is not shown, or where all of it lies out of sight', () => {
    expect(
      arrowPaths(
        [
          { ...arrow, kind: 'spawn', at: 10, read_at: null, from: 0, to: 2 },
          { ...arrow, kind: 'spawn', at: 200, read_at: null, from: 0, to: 1 },
        ],
        middle,
        piece,
        100,
      ),
    ).toEqual({ spawn: empty, read: empty, unread: empty });
  });
});

describe('the cost overlay', () => {
  const spans = spansWith([
    { kind: 2, depth: 2, start: 0, end: 400, status: 'completed', tokens: 1_000, cost_usd: 0.5 },
    { kind: 2, depth: 2, start: 400, end: 800, status: 'completed', tokens: 250, cost_usd: null },
    { kind: 2, depth: 2, start: 900, end: 901, status: 'completed', tokens: 10, cost_usd: 0.1 },
    { kind: 2, depth: 2, start: 902, end: 903, status: 'completed', tokens: 10, cost_usd: 0.25 },
  ]);
  const marks = marksOf(spans, { first: 0, count: 4 }, { from: 0, to: 1000 }, 100, 1000);

  it('draws the largest as high as there is room, and marks what has no price', () => {
    expect(largest(spans, 'cost')).toBe(0.5);
    expect(amountsOf(spans, marks, 'cost', 0.5, 100)).toEqual({
      levels: ['', '', 'M90 22h1.5v13h-1.5Z', '', 'M0 9h40v26h-40Z'],
      unpriced: 'M40 31h40v4h-40Z',
      numbers: [{ x: 20, text: '$0.50' }],
    });
  });

  it('counts tokens the same way', () => {
    expect(largest(spans, 'tokens')).toBe(1_000);
    expect(amountsOf(spans, marks, 'tokens', 1_000, 100).numbers).toEqual([
      { x: 20, text: '1k' },
      { x: 60, text: '250' },
    ]);
  });
});

describe('the overview', () => {
  it('counts what was at work at once', () => {
    const spans = spansWith([
      { kind: 2, depth: 2, start: 0, end: 49 },
      { kind: 2, depth: 2, start: 25, end: null },
      { kind: 1, depth: 1, start: 0, end: 99 },
    ]);
    const lanes = [{ spans: { first: 0, count: 3 } }];
    const data = { lanes, spans } as unknown as Parameters<typeof densityOf>[0];
    expect([...densityOf(data, [true], 4, 100)]).toEqual([1, 2, 1, 1]);
    expect([...densityOf(data, [false], 4, 100)]).toEqual([0, 0, 0, 0]);
    expect(densityPath(Float64Array.of(1, 2, 0), 10)).toBe('M0 10V5H1V0H2V10H3V10Z');
    expect(densityPath(Float64Array.of(0, 0), 10)).toBe('');
  });
});

it('makes the same sessions twice', () => {
  expect(JSON.stringify(made(10, 50))).toBe(JSON.stringify(made(10, 50)));
});
