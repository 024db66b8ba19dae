import { scaleUtc } from 'd3-scale';

/** A piece of time in milliseconds since `from`. */
export interface Piece {
  from: number;
  to: number;
}

/** Nobody looks closer than at a millisecond. */
export const SHORTEST = 1;

/** All of it, with a little room behind the end in which what is open fades. */
export const whole = (length: number): Piece => ({ from: 0, to: length * 1.02 });

/** The piece, moved and cut so that it lies inside of all of it. */
export function held(piece: Piece, length: number): Piece {
  const all = whole(length);
  const wide = Math.min(Math.max(piece.to - piece.from, SHORTEST), all.to);
  const from = Math.min(Math.max(piece.from, 0), all.to - wide);
  return { from, to: from + wide };
}

/** Nearer by `factor`, so that what is under `at` stays there. */
export function zoomed(piece: Piece, factor: number, at: number, length: number): Piece {
  const wide = Math.min(Math.max((piece.to - piece.from) / factor, SHORTEST), whole(length).to);
  const share = (at - piece.from) / (piece.to - piece.from);
  const from = at - share * wide;
  return held({ from, to: from + wide }, length);
}

/** To the side, by a share of what is in sight. */
export function moved(piece: Piece, share: number, length: number): Piece {
  const by = (piece.to - piece.from) * share;
  return held({ from: piece.from + by, to: piece.to + by }, length);
}

/** The piece, moved as little as it takes to show a moment. */
export function showing(piece: Piece, from: number, to: number, length: number): Piece {
  if (to >= piece.from && from <= piece.to) return piece;
  const wide = piece.to - piece.from;
  const middle = (from + to) / 2;
  return held({ from: middle - wide / 2, to: middle + wide / 2 }, length);
}

/** Where a time stands, in pixels. */
export const xOf = (time: number, { from, to }: Piece, width: number): number =>
  ((time - from) / (to - from)) * width;

export const timeAt = (x: number, { from, to }: Piece, width: number): number =>
  from + (x / width) * (to - from);

export interface Tick {
  x: number;
  text: string;
  /** The tick begins a day, and its text says which. */
  day: boolean;
}

/** Pixels from tick to tick: enough for what stands there, also where letters grow with the screen. */
export const spacing = (width: number): number => (width < 500 ? 80 : width > 2400 ? 170 : 110);

/** Ticks at whole times of the clock in UTC, about one for each `every` pixels. */
export function ticksOf(piece: Piece, zero: number, width: number, every = 96): Tick[] {
  if (width <= 0) return [];
  const scale = scaleUtc()
    .domain([zero + piece.from, zero + piece.to])
    .range([0, width]);
  const ticks = scale.ticks(Math.max(1, Math.floor(width / every)));
  const step = ticks.length > 1 ? ticks[1]!.getTime() - ticks[0]!.getTime() : 0;
  return ticks.map((time) => {
    const iso = time.toISOString();
    const day = time.getTime() % 86_400_000 === 0;
    const text = day
      ? iso.slice(0, 10)
      : step > 0 && step < 1_000
        ? iso.slice(11, 23)
        : step > 0 && step < 60_000
          ? iso.slice(11, 19)
          : iso.slice(11, 16);
    return { x: scale(time), text, day };
  });
}
