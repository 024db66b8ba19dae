import type { ModelSessionState } from '../../../generated/index.ts';
import type { Budgets, PacketRow, SessionRow } from '../../../kernel/index.ts';
import type { StoredEvent } from '../query.ts';
import { type BudgetUse, budgetsOf, crossingsOf } from './budget.ts';
import { type Spent, spentBy, sumOf } from './cost-of.ts';
import { type GlobalRate, globalRate, rateOf, type SessionRate } from './rate.ts';
import { attemptsBySession, grouped, type ViewSource } from './source.ts';

/** What all runs of a session have cost together, and what it spends now. */
export interface SessionCost extends Spent {
  session_id: string;
  root_session_id: string;
  role: string;
  model_id: string;
  wp_id: string | null;
  state: ModelSessionState;
  /** Null while no run of it is open. */
  rate: SessionRate | null;
  budgets: BudgetUse[];
}

/** What the selected sessions of a work packet have cost together; its budgets count all of its sessions. */
export interface PacketCost extends Spent {
  wp_id: string;
  sessions: number;
  budgets: BudgetUse[];
}

/** The aggregated views of 4.3.9.18.3. */
export interface CostView {
  now: string;
  total: Spent & { sessions: number };
  rate: GlobalRate;
  /** In the order of their ids. */
  packets: PacketCost[];
  /** In the order of their creation. */
  sessions: SessionCost[];
}

export interface CostOptions {
  /** RFC 3339: rates are those of this moment. */
  now: string;
  /** FR-EVT-SESS-005 of the log, in its order; other events are passed over. */
  warnings?: Iterable<StoredEvent>;
  /** What all sessions of a packet have used, where its budget is looked at. */
  packets?: readonly PacketRow[];
  /** Where they are known; of others only those are told that have warned. */
  budgets?: Partial<Budgets>;
}

/** Tokens and dollars by session, by work packet and by the minute. Pure: the same rows and `now`, the same view. */
export function costView(source: ViewSource, options: CostOptions): CostView {
  const { now, warnings = [], budgets } = options;
  const attempts = attemptsBySession(source.spans);
  const crossings = crossingsOf(warnings);
  const sessions = source.sessions.map((row): SessionCost => {
    const own = attempts.get(row.session_id) ?? [];
    const used = { session_tokens: row.total_tokens, session_cost_usd: row.total_cost_usd };
    return {
      ...about(row),
      ...sumOf(own.map(spentBy)),
      rate: rateOf(row, own, now),
      budgets: budgetsOf(row.session_id, used, crossings, budgets),
    };
  });
  const totals = new Map(options.packets?.map((packet) => [packet.wp_id, packet]));
  const packets = [...grouped(sessions, ({ wp_id }) => wp_id)].flatMap(([wp_id, own]): PacketCost[] => {
    if (wp_id === null) return [];
    const sum = sumOf(own);
    const whole = totals.get(wp_id) ?? { total_tokens: sum.tokens, total_cost_usd: sum.cost.cost_usd };
    const used = { wp_tokens: whole.total_tokens, wp_cost_usd: whole.total_cost_usd };
    return [{ wp_id, sessions: own.length, ...sum, budgets: budgetsOf(wp_id, used, crossings, budgets) }];
  });
  return {
    now,
    total: { sessions: sessions.length, ...sumOf(sessions) },
    rate: globalRate(sessions.flatMap(({ rate }) => rate ?? [])),
    packets: packets.sort((a, b) => (a.wp_id < b.wp_id ? -1 : 1)),
    sessions,
  };
}

const about = (row: SessionRow) => ({
  session_id: row.session_id,
  root_session_id: row.root_session_id,
  role: row.role,
  model_id: row.model_id,
  wp_id: row.wp_id,
  state: row.state,
});
