import type { SpanColumns } from '../../data/sessions.ts';
import type { Mark } from './marks.ts';
import { box, heightOf, LANE_HEIGHT, topOf } from './shapes.ts';
import { dollars, short } from './words.ts';

export type Overlay = 'off' | 'tokens' | 'cost';
export const LEVELS = 5;

export const overlayOf = (text: string | null): Overlay =>
  text === 'tokens' || text === 'cost' ? text : 'off';

export function amountOf(spans: SpanColumns, span: number, overlay: Overlay): number | null {
  return overlay === 'cost' ? spans.cost_usd[span]! : overlay === 'tokens' ? spans.tokens[span]! : null;
}

/** The largest amount of one attempt: what the bars are measured by. */
export function largest(spans: SpanColumns, overlay: Overlay): number {
  let most = 0;
  for (let span = 0; span < spans.kind.length; span++)
    if (spans.kind[span] === ATTEMPT) most = Math.max(most, amountOf(spans, span, overlay) ?? 0);
  return most;
}

const ATTEMPT = 2;
/** Room for a number above a bar. */
const WIDE_ENOUGH = 34;

export interface Amounts {
  /** Bars by how much they stand for, from little to much. */
  levels: string[];
  /** Spans that used something, and nobody knows at what price. */
  unpriced: string;
  numbers: { x: number; text: string }[];
}

/** What attempts used: the height of a bar is their share of the largest, its shade says it once more. */
export function amountsOf(
  spans: SpanColumns,
  marks: readonly Mark[],
  overlay: Overlay,
  most: number,
  width: number,
): Amounts {
  const levels = Array.from({ length: LEVELS }, () => '');
  const numbers: Amounts['numbers'] = [];
  let unpriced = '';
  const foot = LANE_HEIGHT - topOf(1);
  for (const mark of marks) {
    if (mark.kind !== ATTEMPT) continue;
    let amount: number | null = null;
    // A mark of several spans stands for the largest of them: small ones must not hide what was dear.
    for (const span of mark.spans) {
      const one = amountOf(spans, span, overlay);
      if (one !== null) amount = Math.max(amount ?? 0, one);
    }
    const wide = Math.max(mark.width, 1.5);
    if (amount === null) {
      if (mark.spans.some((span) => (spans.tokens[span] ?? 0) > 0))
        unpriced += box(mark.x, foot - 4, wide, 4);
      continue;
    }
    const share = most === 0 ? 0 : amount / most;
    const high = Math.max(2, share * heightOf(1));
    const level = Math.min(LEVELS - 1, Math.floor(share * LEVELS));
    levels[level] += box(mark.x, foot - high, wide, high);
    const [left, right] = [Math.max(mark.x, 0), Math.min(mark.x + mark.width, width)];
    if (mark.spans.length === 1 && right - left >= WIDE_ENOUGH)
      numbers.push({
        x: Math.round((left + right) / 2),
        text: overlay === 'cost' ? dollars(amount) : short(amount),
      });
  }
  return { levels, unpriced, numbers };
}
