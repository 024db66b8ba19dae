import { go, type Route } from '../shell/route.ts';
import { addressWith } from './address.ts';
import type { Overlay } from './amounts.ts';
import { Legend } from './legend.tsx';
import type { Lookup } from './lookup.ts';
import { type Piece, whole, zoomed } from './span-of-time.ts';
import { clock, lasted } from './words.ts';

/** Zoom, overlay and legend: everything that a wheel can do, a button can. */
export function TimelineBar({
  lookup,
  route,
  overlay,
  piece,
  onPiece,
}: {
  lookup: Lookup;
  route: Route;
  overlay: Overlay;
  piece: Piece;
  onPiece: (piece: Piece) => void;
}) {
  const { length, zero } = lookup;
  const middle = (piece.from + piece.to) / 2;
  const iso = (time: number) => new Date(zero + Math.round(time)).toISOString();
  return (
    <div class="timeline-bar">
      <fieldset class="overlay">
        <legend>Cost overlay</legend>
        {(['off', 'tokens', 'cost'] as const).map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="overlay"
              checked={overlay === name}
              onChange={() => go(addressWith(route, { overlay: name === 'off' ? null : name }), true)}
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
      <fieldset class="zoom">
        <legend class="hidden">Zoom</legend>
        <button type="button" aria-label="closer" onClick={() => onPiece(zoomed(piece, 2, middle, length))}>
          +
        </button>
        <button
          type="button"
          aria-label="further"
          onClick={() => onPiece(zoomed(piece, 0.5, middle, length))}
        >
          −
        </button>
        <button type="button" onClick={() => onPiece(whole(length))}>
          all
        </button>
        <button
          type="button"
          onClick={() => go(addressWith(route, { from: iso(Math.max(0, piece.from)), to: iso(piece.to) }))}
        >
          filter by this time
        </button>
      </fieldset>
      <p class="in-sight">
        {clock(zero + piece.from)} UTC, {lasted(piece.to - piece.from)} in sight
      </p>
      <Legend overlay={overlay} />
    </div>
  );
}
