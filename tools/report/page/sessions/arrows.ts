import type { SessionArrow } from '../../data/sessions.ts';
import { round } from './shapes.ts';
import { type Piece, xOf } from './span-of-time.ts';

/** Arrows as paths: `line` is stroked, `head` is filled, `hollow` is stroked without a dash. */
export interface ArrowPaths {
  line: string;
  head: string;
  hollow: string;
}

/** How an arrow is told from the others: by the shape of its head and by its dash. */
export type ArrowLook = 'spawn' | 'read' | 'unread';

export const arrowLook = ({ kind, read_at }: Pick<SessionArrow, 'kind' | 'read_at'>): ArrowLook =>
  kind === 'spawn' ? 'spawn' : read_at === null ? 'unread' : 'read';

/**
 * Down to the child, or up to the requester and along its lane to where the letter is read. A spawn ends in a
 * filled head, a letter that was read in an open one, one that was not in a ring.
 */
export function arrowPaths(
  arrows: readonly SessionArrow[],
  middle: (lane: number) => number | undefined,
  piece: Piece,
  width: number,
): Record<ArrowLook, ArrowPaths> {
  const paths: Record<ArrowLook, ArrowPaths> = { spawn: empty(), read: empty(), unread: empty() };
  for (const arrow of arrows) {
    const [from, to] = [middle(arrow.from), middle(arrow.to)];
    if (from === undefined || to === undefined || from === to) continue;
    const x = xOf(arrow.at, piece, width);
    const until = arrow.read_at === null ? x : xOf(arrow.read_at, piece, width);
    if (Math.max(x, until) < 0 || Math.min(x, until) > width) continue;
    draw(paths[arrowLook(arrow)], arrowLook(arrow), round(x), round(from), round(to), round(until));
  }
  return paths;
}

const empty = (): ArrowPaths => ({ line: '', head: '', hollow: '' });
const HEAD = 5;

function draw(paths: ArrowPaths, look: ArrowLook, x: number, from: number, to: number, until: number): void {
  const back = to > from ? -HEAD : HEAD;
  if (look === 'spawn') {
    paths.line += `M${x} ${from}V${to}`;
    paths.head += `M${x} ${to}l-3.5 ${back}h7Z`;
  } else if (look === 'unread') {
    paths.line += `M${x} ${from}V${to + back}`;
    paths.hollow += `M${round(x - 3)} ${to}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;
  } else if (until - x > HEAD) {
    paths.line += `M${x} ${from}V${to}H${until}`;
    paths.hollow += `M${round(until - HEAD)} ${round(to - 3.5)}L${until} ${to}L${round(until - HEAD)} ${round(to + 3.5)}`;
  } else {
    paths.line += `M${x} ${from}V${to}`;
    paths.hollow += `M${round(x - 3.5)} ${round(to + back)}L${x} ${to}L${round(x + 3.5)} ${round(to + back)}`;
  }
}
