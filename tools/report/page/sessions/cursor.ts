import type { Row } from './rows.ts';

/** Where the keyboard is: a row, and in it a span (counted from the first of its lane) or the lane itself (-1). */
export interface Cursor {
  row: number;
  span: number;
}

/** What a key asks for beside moving. */
export type Move = { cursor: Cursor } | { fold: number } | null;

/**
 * Up and down go from lane to lane, left and right through the spans of one; left of the first span is the lane
 * itself, left of that its parent, or it is folded.
 */
export function movedBy(
  key: string,
  cursor: Cursor,
  rows: readonly Row[],
  spansOf: (lane: number) => number,
  page: number,
): Move {
  if (rows.length === 0) return null;
  const at = Math.min(cursor.row, rows.length - 1);
  const row = rows[at]!;
  const to = (next: number): Move => ({
    cursor: { row: Math.max(0, Math.min(rows.length - 1, next)), span: -1 },
  });
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'ArrowRight':
      if (cursor.span < 0 && row.folded) return { fold: row.lane };
      return { cursor: { row: at, span: Math.min(cursor.span + 1, spansOf(row.lane) - 1) } };
    case 'ArrowLeft':
      if (cursor.span >= 0) return { cursor: { row: at, span: cursor.span - 1 } };
      if (row.below > 0 && !row.folded) return { fold: row.lane };
      return to(aboveOf(rows, at));
    case 'Home':
      return cursor.span < 0 ? to(0) : { cursor: { row: at, span: 0 } };
    case 'End':
      return cursor.span < 0 ? to(rows.length - 1) : { cursor: { row: at, span: spansOf(row.lane) - 1 } };
    case ' ':
      return row.below > 0 ? { fold: row.lane } : null;
    default:
      return null;
  }
}

/** The row of the nearest lane above it in the tree; itself where there is none. */
function aboveOf(rows: readonly Row[], at: number): number {
  const { depth } = rows[at]!;
  for (let above = at - 1; above >= 0; above--) if (rows[above]!.depth < depth) return above;
  return at;
}
