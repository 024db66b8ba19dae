import type { SpanColumns } from '../data/sessions.ts';

/** How many spans that began before are looked at: of those that run side by side an older one may last longer. */
const BESIDE = 16;

/** The innermost span of a lane that holds a moment; that of the session where none does. */
export function innermost(spans: SpanColumns): (lane: number, at: number) => number {
  /** By lane and depth, each in the order of their beginning. */
  const lanes: number[][][] = [];
  for (const [span, lane] of spans.lane.entries()) {
    lanes[lane] ??= [];
    const levels = lanes[lane];
    levels[spans.depth[span]!] ??= [];
    levels[spans.depth[span]!]!.push(span);
  }
  const begun = (level: readonly number[], at: number): number => {
    let [low, high] = [0, level.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spans.start[level[middle]!]! <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (lane, at) => {
    const levels = lanes[lane]!;
    for (const level of [...levels].reverse()) {
      const next = begun(level, at);
      for (let place = next - 1; place >= Math.max(0, next - BESIDE); place -= 1) {
        const span = level[place]!;
        if ((spans.end[span] ?? Number.POSITIVE_INFINITY) >= at) return span;
      }
    }
    return levels[0]![0]!;
  };
}
