import type { SpanColumns } from '../../data/sessions.ts';
import { type Piece, xOf } from './span-of-time.ts';

/** Spans of one depth as they are drawn: one that is wide enough, or several that share pixels. */
export interface Mark {
  /** Pixels from the left edge of the lane. */
  x: number;
  width: number;
  depth: number;
  /** The spans that it stands for, one or several. */
  spans: number[];
  kind: number;
  /** Null while it is open; of several the worst. */
  status: string | null;
}

/** A mark is never narrower: what cannot be seen cannot be clicked. */
export const NARROWEST = 1.5;

/**
 * The spans of a lane that lie in the piece. Those that are wide enough stay what they are; the others become
 * density marks, so that no lane draws more marks of a depth than it has pixels. No span is lost: each lies in
 * a mark, and their counts add up.
 */
export function marksOf(
  columns: SpanColumns,
  { first, count }: { first: number; count: number },
  piece: Piece,
  width: number,
  length: number,
): Mark[] {
  const marks: Mark[] = [];
  const open: (Mark | undefined)[] = [];
  for (let span = first; span < first + count; span++) {
    const start = columns.start[span]!;
    const end = columns.end[span] ?? length;
    if (end < piece.from || start > piece.to) continue;
    const x = Math.max(xOf(start, piece, width), -1);
    const wide = Math.min(xOf(end, piece, width), width + 1) - x;
    const depth = columns.depth[span]!;
    const status = columns.status[span] ?? null;
    const before = open[depth];
    if (
      wide < NARROWEST &&
      before &&
      before.kind === columns.kind[span] &&
      x <= before.x + before.width + 1
    ) {
      before.width = Math.max(before.width, x + wide - before.x);
      before.spans.push(span);
      before.status = worse(before.status, status);
      continue;
    }
    const mark = { x, width: wide, depth, spans: [span], kind: columns.kind[span]!, status };
    marks.push(mark);
    open[depth] = wide < NARROWEST ? mark : undefined;
  }
  return marks;
}

const GRAVITY = ['failed', 'cancelled', 'interrupted', 'awaiting_user', 'awaiting_approval'];

/** A failure is seen, however many spans it shares its pixels with. */
function worse(a: string | null, b: string | null): string | null {
  const [left, right] = [rank(a), rank(b)];
  return right < left ? b : a;
}

function rank(status: string | null): number {
  const at = GRAVITY.indexOf((status ?? '').toLowerCase());
  return at < 0 ? GRAVITY.length : at;
}
