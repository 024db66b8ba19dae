import { useMemo, useRef } from 'preact/hooks';
import { densityOf, densityPath } from './density.ts';
import type { Lookup } from './lookup.ts';
import { held, moved, type Piece, whole, zoomed } from './span-of-time.ts';
import { clock } from './words.ts';

const BINS = 480;
const HEIGHT = 30;

/** All of the time in one strip, and the piece that is in sight: moved by a pointer or by keys. */
export function Overview({
  lookup,
  answers,
  piece,
  onPiece,
}: {
  lookup: Lookup;
  answers: readonly boolean[];
  piece: Piece;
  onPiece: (piece: Piece) => void;
}) {
  const { data, length, zero } = lookup;
  const all = whole(length).to;
  const path = useMemo(() => densityPath(densityOf(data, answers, BINS, all), HEIGHT), [data, answers, all]);
  const box = useRef<HTMLDivElement>(null);
  const wide = piece.to - piece.from;
  const to = (event: PointerEvent) => {
    const { left, width } = box.current!.getBoundingClientRect();
    const at = ((event.clientX - left) / width) * all;
    onPiece(held({ from: at - wide / 2, to: at + wide / 2 }, length));
  };
  const key = (event: KeyboardEvent) => {
    const middle = (piece.from + piece.to) / 2;
    const next: Record<string, () => Piece> = {
      ArrowLeft: () => moved(piece, -0.2, length),
      ArrowRight: () => moved(piece, 0.2, length),
      ArrowDown: () => moved(piece, -0.2, length),
      ArrowUp: () => moved(piece, 0.2, length),
      PageDown: () => moved(piece, -1, length),
      PageUp: () => moved(piece, 1, length),
      Home: () => held({ from: 0, to: wide }, length),
      End: () => held({ from: all, to: all + wide }, length),
      '+': () => zoomed(piece, 1.5, middle, length),
      '=': () => zoomed(piece, 1.5, middle, length),
      '-': () => zoomed(piece, 1 / 1.5, middle, length),
      '0': () => whole(length),
    };
    const then = event.ctrlKey || event.metaKey || event.altKey ? undefined : next[event.key];
    if (then === undefined) return;
    event.preventDefault();
    onPiece(then());
  };
  return (
    <div
      class="overview"
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label="Piece of time in sight"
      aria-valuemin={0}
      aria-valuemax={Math.round(all - wide)}
      aria-valuenow={Math.round(piece.from)}
      aria-valuetext={`${clock(zero + piece.from)} to ${clock(zero + piece.to)} UTC`}
      onKeyDown={key}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        box.current!.setPointerCapture(event.pointerId);
        to(event);
      }}
      onPointerMove={(event) => box.current!.hasPointerCapture(event.pointerId) && to(event)}
    >
      <svg viewBox={`0 0 ${BINS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={path} />
      </svg>
      <div
        class="window"
        style={{ left: `${(piece.from / all) * 100}%`, width: `${Math.max((wide / all) * 100, 0.3)}%` }}
      />
    </div>
  );
}
