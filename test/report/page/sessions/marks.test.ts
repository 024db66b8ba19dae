import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf, NARROWEST } from '../../../../tools/report/page/sessions/marks.ts';
import { markAt, pathsOf } from '../../../../tools/report/page/sessions/shapes.ts';
import { spansWith } from './spans-with.ts';

const all = { first: 0, count: 4 };

describe('marks of a lane', () => {
  const spans = spansWith([
    { kind: 0, depth: 0, start: 0, end: null },
    { kind: 2, depth: 2, start: 10, end: 11, status: 'completed' },
    { kind: 2, depth: 2, start: 12, end: 13, status: 'failed' },
    { kind: 2, depth: 2, start: 500, end: 900, status: 'completed' },
  ]);

  it('merges what is narrower than a pixel and keeps what is wide; a failure is seen', () => {
    expect(marksOf(spans, all, { from: 0, to: 1000 }, 100, 1000)).toEqual([
      { x: 0, width: 100, depth: 0, spans: [0], kind: 0, status: null },
      { x: 1, width: 0.30000000000000004, depth: 2, spans: [1, 2], kind: 2, status: 'failed' },
      { x: 50, width: 40, depth: 2, spans: [3], kind: 2, status: 'completed' },
    ]);
  });

  it('leaves out what lies outside of the piece', () => {
    expect(marksOf(spans, all, { from: 400, to: 600 }, 100, 1000).map(({ spans: of }) => of)).toEqual([
      [0],
      [3],
    ]);
  });

  it('becomes one path for each look, the outer ones first', () => {
    const marks = marksOf(spans, all, { from: 0, to: 1000 }, 100, 1000);
    expect(pathsOf(marks)).toEqual([
      { look: 'kind-0 open', depth: 0, d: 'M0 4h100v36h-100Z' },
      { look: 'kind-2 failed dense', depth: 2, d: 'M1 14h1.5v16h-1.5Z' },
      { look: 'kind-2 ended', depth: 2, d: 'M50 14h40v16h-40Z' },
    ]);
  });

  it('is hit where it is drawn, the innermost first, and a narrow one a little beside it', () => {
    const marks = marksOf(spans, all, { from: 0, to: 1000 }, 100, 1000);
    expect(markAt(marks, 60, 20)?.spans).toEqual([3]);
    expect(markAt(marks, 60, 5)?.spans).toEqual([0]);
    expect(markAt(marks, 3.5, 20)?.spans).toEqual([1, 2]);
    expect(markAt(marks, 60, 2)).toBeNull();
  });

  it('loses no span and no pixel of any: each lies in exactly one mark, inside of its edges', () => {
    const span = fc.record({
      kind: fc.constantFrom(1, 2, 3),
      depth: fc.constantFrom(1, 2, 3),
      start: fc.integer({ min: 0, max: 1000 }),
      lasts: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(span, { maxLength: 60 }), fc.integer({ min: 1, max: 400 }), (drafts, width) => {
        const sorted = drafts.toSorted((a, b) => a.start - b.start);
        const columns = spansWith(
          sorted.map(({ lasts, ...rest }) => ({ ...rest, end: rest.start + lasts, status: 'completed' })),
        );
        const piece = { from: 200, to: 700 };
        const marks = marksOf(columns, { first: 0, count: sorted.length }, piece, width, 1300);
        const seen = marks.flatMap(({ spans: of }) => of).toSorted((a, b) => a - b);
        const inSight = sorted.flatMap(({ start, lasts }, at) =>
          start <= piece.to && start + lasts >= piece.from ? [at] : [],
        );
        expect(seen).toEqual(inSight);
        for (const mark of marks)
          for (const at of mark.spans) {
            const x = ((columns.start[at]! - piece.from) / 500) * width;
            const end = ((columns.end[at]! - piece.from) / 500) * width;
            expect(mark.depth).toBe(columns.depth[at]);
            expect(mark.x).toBeLessThanOrEqual(Math.max(x, -1) + 1e-9);
            expect(mark.x + mark.width).toBeGreaterThanOrEqual(Math.min(end, width + 1) - 1e-9);
          }
      }),
    );
  });

  it('draws no more narrow marks than a lane has pixels', () => {
    const many = spansWith(
      Array.from({ length: 30_000 }, (_, at) => ({
        kind: 3,
        depth: 3,
        start: at,
        end: at,
        status: 'completed',
      })),
    );
    const marks = marksOf(many, { first: 0, count: 30_000 }, { from: 0, to: 30_000 }, 300, 30_000);
    expect(marks.length).toBeLessThanOrEqual(300 / NARROWEST);
    expect(marks.reduce((sum, { spans: of }) => sum + of.length, 0)).toBe(30_000);
  });
});
