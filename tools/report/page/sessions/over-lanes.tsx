import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import type { Cancel } from '../../data/sessions.ts';
import { arrowPaths } from './arrows.ts';
import { bracketsOf } from './brackets.ts';
import type { Lookup } from './lookup.ts';
import type { Row } from './rows.ts';
import { LANE_HEIGHT, round } from './shapes.ts';
import { type Piece, spacing, ticksOf, xOf } from './span-of-time.ts';
import { many } from './words.ts';

interface Props {
  lookup: Lookup;
  rows: readonly Row[];
  first: number;
  end: number;
  rowHeight: number;
  laneTop: number;
  left: number;
  piece: Piece;
  width: number;
}

/** What lies across lanes: lines of the clock, arrows from session to session, brackets of cancelled sub-trees. */
export const OverLanes = memo(function OverLanes(props: Props) {
  const { lookup, rows, first, end, rowHeight, laneTop, left, piece, width } = props;
  const { data, zero, length } = lookup;
  const places = useMemo(() => new Map(rows.map(({ lane }, at) => [lane, at])), [rows]);
  const brackets = useMemo(() => bracketsOf(lookup, rows), [lookup, rows]);
  const middle = (lane: number) => {
    const at = places.get(lane);
    return at === undefined ? undefined : (at - first) * rowHeight + laneTop + LANE_HEIGHT / 2;
  };
  // Those with an end in sight: the others would be lines from nowhere to nowhere.
  const near = new Set(
    rows.slice(first, end).flatMap(({ lane }) => [...lookup.from[lane]!, ...lookup.to[lane]!]),
  );
  const arrows = arrowPaths(
    [...near].map((at) => data.arrows[at]!),
    middle,
    piece,
    width,
  );
  const height = (end - first) * rowHeight;
  const now = xOf(length, piece, width);
  return (
    <svg
      class="over"
      aria-hidden="true"
      width={width}
      height={height}
      style={{ top: `${first * rowHeight}px`, left: `${left}px` }}
    >
      <defs>
        <pattern
          id="cancelled-hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line class="hatch" x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      </defs>
      {ticksOf(piece, zero, width, spacing(width)).map(({ x, text }) => (
        <line key={text} class="clock" x1={x} x2={x} y1={0} y2={height} />
      ))}
      {now <= width && <line class="now" x1={now} x2={now} y1={0} y2={height} />}
      {(['spawn', 'read', 'unread'] as const).map((look) => (
        <g key={look} class={`arrow ${look}`}>
          <path class="line" d={arrows[look].line} />
          <path class="head" d={arrows[look].head} />
          <path class="hollow" d={arrows[look].hollow} />
        </g>
      ))}
      {brackets
        .filter((bracket) => bracket.last >= first && bracket.first < end)
        .map(({ cancel, first: from, last, at }) => {
          const x = round(Math.min(Math.max(xOf(at, piece, width) + 3, 6), width - 4));
          const top = Math.max((from - first) * rowHeight + laneTop + 2, -8);
          const bottom = Math.min((last - first + 1) * rowHeight - 4, height + 8);
          const toLeft = x > width / 2;
          const room = toLeft ? x : width - x;
          return (
            <g key={cancel} class="bracket">
              <path d={`M${x - 5} ${top}H${x}V${bottom}H${x - 5}`} />
              <text x={toLeft ? x - 8 : x + 6} y={top + 10} text-anchor={toLeft ? 'end' : 'start'}>
                {bracketText(data.cancels[cancel]!, room)}
              </text>
            </g>
          );
        })}
    </svg>
  );
});

/** Who, why, and how far it went, as far as there is room: the letters are about so wide. */
function bracketText({ by, reason, cancelled, skipped }: Cancel, room: number): string {
  const ended = skipped.length > 0 ? `, ${skipped.length} had ended` : '';
  const all = `× cancelled by ${by}: ${reason} · took ${many(cancelled.length, 'session')}${ended}`;
  return all.length * LETTER < room ? all : `× ${by}: ${reason}`;
}

const LETTER = 7;
