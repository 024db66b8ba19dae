import { useRef, useState } from 'preact/hooks';
import type { Lookup } from './lookup.ts';
import { type Piece, spacing, ticksOf, timeAt } from './span-of-time.ts';

/** Times of the clock; drawn across, it asks for a range. */
export function Axis({
  lookup,
  piece,
  width,
  onRange,
}: {
  lookup: Lookup;
  piece: Piece;
  width: number;
  onRange: (from: number, to: number) => void;
}) {
  const ticks = ticksOf(piece, lookup.zero, width, spacing(width));
  const box = useRef<SVGSVGElement>(null);
  const [brush, setBrush] = useState<[number, number] | null>(null);
  const xOf = (event: PointerEvent) =>
    Math.min(Math.max(event.clientX - box.current!.getBoundingClientRect().left, 0), width);
  return (
    <svg
      ref={box}
      class="ticks"
      width={width}
      height={34}
      aria-hidden="true"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        box.current!.setPointerCapture(event.pointerId);
        setBrush([xOf(event), xOf(event)]);
      }}
      onPointerMove={(event) => brush !== null && setBrush([brush[0], xOf(event)])}
      onPointerCancel={() => setBrush(null)}
      onPointerUp={() => {
        if (brush !== null && Math.abs(brush[1] - brush[0]) > 4) {
          const [from, to] = [Math.min(...brush), Math.max(...brush)];
          onRange(Math.round(timeAt(from, piece, width)), Math.round(timeAt(to, piece, width)));
        }
        setBrush(null);
      }}
    >
      {ticks.map(({ x, text, day }) => (
        <g key={text} class={day ? 'day' : ''}>
          <line x1={x} x2={x} y1={26} y2={34} />
          <text
            x={Math.min(Math.max(x, 2), width - 2)}
            y={20}
            text-anchor={x < 30 ? 'start' : x > width - 30 ? 'end' : 'middle'}
          >
            {text}
          </text>
        </g>
      ))}
      {brush !== null && (
        <rect class="brush" x={Math.min(...brush)} width={Math.abs(brush[1] - brush[0])} y={0} height={34} />
      )}
    </svg>
  );
}
