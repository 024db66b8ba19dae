interface Shape {
  fill?: string;
  /** Cut out of the fill. */
  cut?: string;
  line?: string;
}

const DISC = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z';
const RING = 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z';

/** Each word that says how something stands has a shape, so that none is told by its colour alone. */
const MARKS = {
  /** A disc with a tick: proven. */
  tick: { fill: DISC, cut: 'M4.6 8.3l2.3 2.3 4.5-5' },
  /** Half filled: somebody's word, or half of what it takes. */
  half: { fill: 'M8 2a6 6 0 1 0 0 12Z', line: RING },
  /** A diamond: somebody has to decide. */
  diamond: { fill: 'M8 .2 15.8 8 8 15.8.2 8Z', cut: 'M8 4.4v4.2M8 10.4v1.4' },
  /** A ring: not yet. */
  ring: { line: RING },
  /** A square with a cross: wrong. */
  cross: { fill: 'M1.5 1.5h13v13h-13Z', cut: 'M5 5l6 6M11 5l-6 6' },
  /** A triangle: look at it. */
  triangle: { fill: 'M8 1 15.5 14.5H.5Z', cut: 'M8 5.8v4M8 11.4v1.4' },
  /** A disc with an i: to be known. */
  note: { fill: DISC, cut: 'M8 7v5M8 4v1.4' },
  /** A stroke: not asked for. */
  dash: { line: 'M3 8h10' },
  /** A broken ring: nothing behind it. */
  hollow: {
    line: 'M8 2a6 6 0 0 1 4 1.6M14 8a6 6 0 0 1-1.6 4M8 14a6 6 0 0 1-4-1.6M2 8a6 6 0 0 1 1.6-4',
  },
  /** A wave: not what it was. */
  wave: { fill: DISC, cut: 'M3.8 9c1.4-2.6 2.8-2.6 4.2-1s2.8 1.6 4.2-1' },
  /** Two bars: held. */
  bars: { fill: 'M3 2h3.5v12H3ZM9.5 2H13v12H9.5Z' },
  /** An arrow: at work, or gone elsewhere. */
  arrow: { fill: 'M3.5 1.5 14 8 3.5 14.5Z' },
  /** A struck ring: put to an end. */
  struck: { line: `${RING}M3.8 12.2l8.4-8.4` },
} satisfies Record<string, Shape>;

export type MarkName = keyof typeof MARKS;

export function Mark({ name }: { name: MarkName }) {
  const { fill, cut, line }: Shape = MARKS[name];
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {fill && <path class="fill" d={fill} />}
      {cut && <path class="cut" d={cut} />}
      {line && <path class="line" d={line} />}
    </svg>
  );
}
