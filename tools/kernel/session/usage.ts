import type { Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import type { JobRow, SessionRow } from '../rows.ts';
import { takeTokens } from '../schedule/rates.ts';
import { wasActive } from './activity.ts';
import { checkpointDue } from './checkpoint.ts';

export interface Usage {
  job_id: string;
  run_epoch: number;
  tokens: number;
  cost_usd: number | null;
}

export interface Booked {
  /** The job has passed its hard cap (`max_tokens_budget`). */
  over_budget: boolean;
  /** A pause was asked for; this is a boundary (D-07). */
  pause: boolean;
  /** So much was streamed since the last checkpoint that another is due (4.3.9.19.3). */
  checkpoint_due: boolean;
}

/** Books what a call has cost, also when its result comes too late to count (D-14). */
export function bookUsage(draft: Draft, usage: Usage): Booked {
  const job = draft.edit('job', usage.job_id)!;
  const session = draft.session(job.session_id);
  job.tokens += usage.tokens;
  job.cost_usd = add(job.cost_usd, usage.cost_usd);
  session.total_tokens += usage.tokens;
  session.total_cost_usd = add(session.total_cost_usd, usage.cost_usd);
  session.context_window_used = (session.context_window_used ?? 0) + usage.tokens;
  const attempt_span_id = identity.attemptSpan(job.job_id, usage.run_epoch);
  const span = draft.edit('span', attempt_span_id);
  if (span) {
    span.token_count = (span.token_count ?? 0) + usage.tokens;
    span.cost_usd = add(span.cost_usd, usage.cost_usd);
  }
  takeTokens(draft, job.provider, usage.tokens);
  warn(draft, session, job, usage, attempt_span_id);
  const current = session.running_job_id === job.job_id && job.run_epoch === usage.run_epoch;
  if (current) wasActive(draft, session);
  return {
    over_budget: current && job.max_tokens_budget !== null && job.tokens > job.max_tokens_budget,
    pause: current && session.pause_requested !== null,
    checkpoint_due: current && checkpointDue(draft, session),
  };
}

/** Null means unknown, not zero; a known part makes the sum known as far as it goes. */
const add = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.round((a + b) * 1e9) / 1e9;

type BudgetType = 'session_tokens' | 'session_cost_usd' | 'wp_tokens' | 'wp_cost_usd';

function warn(draft: Draft, session: SessionRow, job: JobRow, usage: Usage, activity_span_id: string): void {
  const { budgets } = draft.rules;
  const totals: [BudgetType, string, number | null][] = [
    ['session_tokens', session.session_id, session.total_tokens],
    ['session_cost_usd', session.session_id, session.total_cost_usd],
  ];
  if (session.wp_id !== null) {
    const stored = draft.get('packet', session.wp_id);
    const packet = {
      wp_id: session.wp_id,
      total_tokens: (stored?.total_tokens ?? 0) + usage.tokens,
      total_cost_usd: add(stored?.total_cost_usd ?? null, usage.cost_usd),
    };
    draft.put('packet', packet);
    totals.push(['wp_tokens', session.wp_id, packet.total_tokens]);
    totals.push(['wp_cost_usd', session.wp_id, packet.total_cost_usd]);
  }
  if (session.terminal) return;
  for (const [type, owner, current] of totals) {
    const budget = budgets[type];
    if (budget === null || current === null) continue;
    for (const share of [80, 100]) {
      warnOnce(draft, session, job, { type, owner, current, budget, share, activity_span_id });
    }
    if (current >= budget && budgets.pause && session.running_job_id) session.pause_requested ??= 'budget';
  }
}

interface Threshold {
  type: BudgetType;
  owner: string;
  current: number;
  budget: number;
  share: number;
  activity_span_id: string;
}

/** One warning at 80 % and one at 100 %, each at most once (D-39). */
function warnOnce(draft: Draft, session: SessionRow, job: JobRow, threshold: Threshold): void {
  const { type, owner, current, budget, share, activity_span_id } = threshold;
  const amount = (budget * share) / 100;
  const key = JSON.stringify([owner, type, share]);
  if (current < amount || draft.get('warning', key)) return;
  draft.put('warning', { key });
  draft.emit(
    'FR-EVT-SESS-005',
    { session, actor: 'system', job_id: job.job_id, activity_span_id },
    { session_id: session.session_id, budget_type: type, current_value: current, threshold_value: amount },
  );
}
