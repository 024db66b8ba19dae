// Budgets as far as the log tells of them: a budget that nobody nears has no event, and only the engine knows it.
import type { Budgets } from '../../../kernel/index.ts';
import type { StoredEvent } from '../query.ts';
import { exact } from './cost-of.ts';

export const budgetTypes = ['session_tokens', 'session_cost_usd', 'wp_tokens', 'wp_cost_usd'] as const;
export type BudgetType = (typeof budgetTypes)[number];

/** How much of a budget is used, in its own unit: tokens or dollars. */
export interface BudgetUse {
  budget_type: string;
  /** Null = not known, which is not zero. */
  used: number | null;
  budget: number;
  /** Of the budget, to a tenth; null where it is not known how much is used. */
  percent: number | null;
  /** The warnings, in their order (FR-EVT-SESS-005). */
  crossed: Crossing[];
}

export interface Crossing {
  percent: 80 | 100;
  threshold_value: number;
  current_value: number;
  at: string;
  session_id: string;
  event_id: string;
}

export type Crossings = ReadonlyMap<string, readonly Crossing[]>;

/** Session or packet, and which of its budgets. */
const keyOf = (owner: string, type: string): string => JSON.stringify([owner, type]);

/** Each budget warns at 80 % and then at 100 %, each once (D-39): the first is the one, the second the other. */
export function crossingsOf(warnings: Iterable<StoredEvent>): Crossings {
  const crossings = new Map<string, Crossing[]>();
  for (const { event } of warnings) {
    if (event.fr_event_id !== 'FR-EVT-SESS-005') continue;
    const { session_id, budget_type, threshold_value, current_value } = event.payload;
    const owner = budget_type.startsWith('wp_') ? event.wp_id : session_id;
    if (owner === undefined) continue;
    const known = crossings.get(keyOf(owner, budget_type)) ?? [];
    const percent = known.length === 0 ? 80 : 100;
    const { timestamp: at, event_id } = event;
    known.push({ percent, threshold_value, current_value, at, session_id, event_id });
    crossings.set(keyOf(owner, budget_type), known);
  }
  return crossings;
}

/** What a session or a packet has used of its budgets: those that are configured, and those that have warned. */
export function budgetsOf(
  owner: string,
  used: Partial<Record<BudgetType, number | null>>,
  crossings: Crossings,
  configured: Partial<Budgets> = {},
): BudgetUse[] {
  return budgetTypes.flatMap((type) => {
    const amount = used[type];
    if (amount === undefined) return [];
    const crossed = crossings.get(keyOf(owner, type)) ?? [];
    const [first] = crossed;
    const budget = configured[type] ?? (first ? exact((first.threshold_value * 100) / first.percent) : null);
    if (budget === null) return [];
    const percent = amount === null || budget === 0 ? null : Math.round((amount / budget) * 1000) / 10;
    return [{ budget_type: type, used: amount, budget, percent, crossed: [...crossed] }];
  });
}
