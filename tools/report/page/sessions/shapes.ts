import type { Mark } from './marks.ts';
import { NARROWEST } from './marks.ts';

/** How high the spans of a lane are drawn, in pixels: each depth inside of the one around it. */
export const LANE_HEIGHT = 44;
const INSET = 5;

export const topOf = (depth: number): number => 4 + INSET * Math.min(depth, 3);
export const heightOf = (depth: number): number => LANE_HEIGHT - 2 * topOf(depth);

/** How a mark looks: what it is and how it ended, as a class of the style sheet. */
export function lookOf({ kind, status, spans }: Mark): string {
  const how = ending(status);
  return `kind-${kind} ${how}${spans.length > 1 ? ' dense' : ''}`;
}

function ending(status: string | null): string {
  if (status === null) return 'open';
  switch (status.toLowerCase()) {
    case 'completed':
      return 'ended';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    default:
      return 'held';
  }
}

/** The marks of a lane as few paths: one for each look, in the order in which they lie upon each other. */
export function pathsOf(marks: readonly Mark[]): { look: string; depth: number; d: string }[] {
  const paths = new Map<string, { look: string; depth: number; parts: string[] }>();
  for (const mark of marks) {
    const look = lookOf(mark);
    const key = `${mark.depth} ${look}`;
    const path = paths.get(key) ?? { look, depth: mark.depth, parts: [] };
    path.parts.push(box(mark.x, topOf(mark.depth), Math.max(mark.width, NARROWEST), heightOf(mark.depth)));
    paths.set(key, path);
  }
  return [...paths.values()]
    .sort((a, b) => a.depth - b.depth)
    .map(({ look, depth, parts }) => ({ look, depth, d: parts.join('') }));
}

/** Where spans that have not ended go on behind the newest event: three boxes, each fainter than the last. */
export function fadesOf(marks: readonly Mark[], xOfEnd: number): string[] {
  const open = marks.filter(({ status, depth }) => status === null && depth === 0);
  return [0, 1, 2].map((step) =>
    open.map(({ depth }) => box(xOfEnd + step * 6, topOf(depth), 6, heightOf(depth))).join(''),
  );
}

export const box = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}Z`;

/** The mark that is drawn at a point of the lane: of several the innermost. */
export function markAt(marks: readonly Mark[], x: number, y: number): Mark | null {
  let hit: Mark | null = null;
  for (const mark of marks) {
    const near = Math.max(0, 6 - mark.width) / 2;
    if (x < mark.x - near || x > mark.x + mark.width + near) continue;
    const top = topOf(mark.depth);
    if (y < top || y > top + heightOf(mark.depth)) continue;
    if (hit === null || mark.depth >= hit.depth) hit = mark;
  }
  return hit;
}

/** Tenths of a pixel are enough for the eye, and keep paths short. */
export const round = (value: number): number => Math.round(value * 10) / 10;
