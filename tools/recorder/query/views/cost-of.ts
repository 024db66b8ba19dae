import type { SpanRow } from '../../../kernel/index.ts';

/**
 * What runs have cost. Null is not zero: `cost_usd` is null where no run has a price, and a sum over priced and
 * unpriced runs says both. A run counts as unpriced where it used tokens and no price came with them.
 */
export interface Cost {
  cost_usd: number | null;
  unpriced_runs: number;
}

/** Runs, tokens and cost of some sessions, or of a part of one. */
export interface Spent {
  /** Attempts that were dispatched; retries count. */
  runs: number;
  tokens: number;
  cost: Cost;
}

export const nothing: Spent = { runs: 0, tokens: 0, cost: { cost_usd: null, unpriced_runs: 0 } };

/** Amounts are sums of decimal prices: what floating point adds to them is cut off at a billionth of a dollar. */
export const exact = (amount: number): number => Math.round(amount * 1e9) / 1e9;

const add = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : exact(a + b);

export function spentBy({ token_count, cost_usd }: SpanRow): Spent {
  const tokens = token_count ?? 0;
  return { runs: 1, tokens, cost: { cost_usd, unpriced_runs: cost_usd === null && tokens > 0 ? 1 : 0 } };
}

export function sumOf(parts: Iterable<Spent>): Spent {
  let sum = nothing;
  for (const { runs, tokens, cost } of parts) {
    sum = {
      runs: sum.runs + runs,
      tokens: sum.tokens + tokens,
      cost: {
        cost_usd: add(sum.cost.cost_usd, cost.cost_usd),
        unpriced_runs: sum.cost.unpriced_runs + cost.unpriced_runs,
      },
    };
  }
  return sum;
}
