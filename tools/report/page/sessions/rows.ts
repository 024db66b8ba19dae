import type { Lookup } from './lookup.ts';

/** A lane in sight of the list, under the nearest lane above it that is shown too. */
export interface Row {
  lane: number;
  /** 0 where no lane above it is shown. */
  depth: number;
  /** Lanes below it that answer, shown or folded away. */
  below: number;
  folded: boolean;
}

/** The lanes that answer, as a tree; what lies below a folded one is left out. */
export function rowsOf(
  { order, below, data }: Lookup,
  answers: readonly boolean[],
  folded: ReadonlySet<number>,
): Row[] {
  const rows: Row[] = [];
  const depths = new Map<number, number>();
  const counts = countsBelow({ order, below }, answers);
  for (let at = 0; at < order.length; at++) {
    const lane = order[at]!;
    if (!answers[lane]) continue;
    let above = data.lanes[lane]!.parent;
    while (above !== null && !answers[above]) above = data.lanes[above]!.parent;
    const depth = above === null ? 0 : (depths.get(above) ?? 0) + 1;
    depths.set(lane, depth);
    const isFolded = folded.has(lane) && counts[at]! > 0;
    rows.push({ lane, depth, below: counts[at]!, folded: isFolded });
    if (isFolded) at = below[lane]! - 1;
  }
  return rows;
}

/** Of each place in the order: how many lanes below it answer. */
function countsBelow(
  { order, below }: Pick<Lookup, 'order' | 'below'>,
  answers: readonly boolean[],
): Int32Array {
  const until = new Int32Array(order.length + 1);
  for (let at = 0; at < order.length; at++) until[at + 1] = until[at]! + (answers[order[at]!] ? 1 : 0);
  return Int32Array.from(order, (lane, at) => until[below[lane]!]! - until[at + 1]!);
}

/** The rows of which some part is in sight, and a few around them: from the first to the one behind the last. */
export function rowsInSight(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
  around = 4,
): [first: number, end: number] {
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight) - around));
  return [first, Math.max(first, Math.min(count, Math.ceil((top + height) / rowHeight) + around))];
}
