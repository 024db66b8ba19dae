/** Each word that says how something stands has a shape of its own, so that none is told by its colour alone. */
export const MARKS = {
  // A filled circle with a tick: proven.
  proven: ['M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z', 'M4.6 8.3l2.3 2.3 4.5-5'],
  // Half filled: somebody's word.
  half: ['M8 1a7 7 0 1 0 0 14Z', 'M8 1.5a6.5 6.5 0 0 1 0 13'],
  // A diamond: somebody has to decide.
  diamond: ['M8 .5 15.5 8 8 15.5.5 8Z', 'M8 4.5v4M8 10.6v.9'],
  // A ring: not yet.
  ring: ['', 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z'],
  // A square with a cross: wrong.
  cross: ['M1.5 1.5h13v13h-13Z', 'M5 5l6 6M11 5l-6 6'],
  // A triangle: look at it.
  triangle: ['M8 1 15.5 14.5H.5Z', 'M8 6v4M8 11.7v.9'],
  // A stroke: not asked for.
  dash: ['', 'M3 8h10'],
  // A dotted ring: nothing behind it.
  hollow: ['', 'M8 2a6 6 0 0 1 4 1.6M14 8a6 6 0 0 1-1.6 4M8 14a6 6 0 0 1-4-1.6M2 8a6 6 0 0 1 1.6-4'],
  // A wave: not what it was.
  wave: ['M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z', 'M3.8 9c1.4-2.6 2.8-2.6 4.2-1s2.8 1.6 4.2-1'],
  // Two bars: held.
  bars: ['M3 2h3.5v12H3ZM9.5 2H13v12H9.5Z', ''],
  // A play sign: at work.
  play: ['M3.5 1.5 14 8 3.5 14.5Z', ''],
} as const;

export type MarkName = keyof typeof MARKS;

export function Mark({ name }: { name: MarkName }) {
  const [fill, stroke] = MARKS[name];
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {fill !== '' && <path class="fill" d={fill} />}
      {stroke !== '' && <path class={fill === '' ? 'line' : 'cut'} d={stroke} />}
    </svg>
  );
}
