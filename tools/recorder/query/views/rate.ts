import type { SessionRow, SpanRow } from '../../../kernel/index.ts';
import { exact } from './cost-of.ts';

/** Tokens and dollars a minute of one session, over the attempt that it has open. */
export interface SessionRate {
  tokens_per_minute: number;
  /** Null where the attempt has no price so far. */
  usd_per_minute: number | null;
}

/** The same over all active sessions: the sum of their rates (4.3.9.18.3). */
export interface GlobalRate {
  active_sessions: number;
  tokens_per_minute: number;
  /** Over those that have a price; null where none has. */
  usd_per_minute: number | null;
  /** Active sessions without a price: what they spend is not in the dollars. */
  unpriced_sessions: number;
}

/** A younger attempt counts as old as this: what came in its first moment is no rate for a minute. */
const LEAST_MS = 1_000;

/**
 * What a session that is ACTIVE spends now: what its open attempt has used so far, by the minutes since that
 * started. A session that waits spends nothing and has no rate.
 */
export function rateOf(session: SessionRow, attempts: readonly SpanRow[], now: string): SessionRate | null {
  if (session.state !== 'ACTIVE') return null;
  const open = attempts.find(({ end_time }) => end_time === null);
  if (!open) return null;
  const minutes = Math.max(LEAST_MS, Date.parse(now) - Date.parse(open.start_time)) / 60_000;
  return {
    tokens_per_minute: exact((open.token_count ?? 0) / minutes),
    usd_per_minute: open.cost_usd === null ? null : exact(open.cost_usd / minutes),
  };
}

export function globalRate(rates: readonly SessionRate[]): GlobalRate {
  const priced = rates.flatMap(({ usd_per_minute }) => (usd_per_minute === null ? [] : [usd_per_minute]));
  return {
    active_sessions: rates.length,
    tokens_per_minute: exact(rates.reduce((sum, { tokens_per_minute }) => sum + tokens_per_minute, 0)),
    usd_per_minute: priced.length === 0 ? null : exact(priced.reduce((sum, rate) => sum + rate, 0)),
    unpriced_sessions: rates.length - priced.length,
  };
}
