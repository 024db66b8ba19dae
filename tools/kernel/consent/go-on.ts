// Work that waited for consent, or was cancelled when consent was withdrawn, goes on.
import type { Draft } from '../draft.ts';
import type { JobRow, ReceiptRow, SessionRow } from '../rows.ts';
import { addJob, type RunOptions, unhold } from '../schedule/enqueue.ts';
import { type Cause, settle } from '../session/settle.ts';
import { hasBegun, isGood } from './coverage.ts';

/** A day: the look-out for a receipt of next year is no timer that a computer can set. */
const LONGEST_WAIT_MS = 86_400_000;

/** Sessions that exist and are covered; a listed child may come later (D-17). */
export function sessionsOf(draft: Draft, receipt: ReceiptRow): SessionRow[] {
  if (receipt.scope === 'WP_SCOPED') {
    const { wp_id } = draft.get('plan', receipt.projection_plan_id)!;
    return draft.select('session', 'wp', wp_id!);
  }
  return [...new Set(receipt.session_ids)].flatMap((id) => draft.get('session', id) ?? []);
}

/** Waits for consent: for its next call, or for work that a revocation has cancelled. */
export const isStuck = (session: SessionRow): boolean =>
  session.terminal === null && (session.consent_missing || session.revoked_job_ids.length > 0);

/** The job that waited returns to its place; what a revocation has cancelled is queued anew, with what was left to it. */
export function goOn(draft: Draft, { session_id }: SessionRow, cause?: Cause): void {
  const session = draft.session(session_id);
  session.consent_missing = false;
  const cancelled = session.revoked_job_ids.map((id) => draft.get('job', id)!);
  session.revoked_job_ids = [];
  for (const job of cancelled) addJob(draft, session, rest(draft, job), job.wake);
  unhold(draft, session);
  settle(draft, session, cause); // once, so that no place is given away in between (D-23)
}

function rest(draft: Draft, job: JobRow): RunOptions {
  const { lane, priority, concurrency_group, max_retries, retry_backoff, timeout_ms } = job;
  const { cancellation_token, estimated_cost_usd, max_tokens_budget: budget, deadline } = job;
  return {
    ...{ lane, priority, concurrency_group, max_retries, retry_backoff, timeout_ms },
    ...{ cancellation_token, estimated_cost_usd },
    max_tokens_budget: budget === null ? null : Math.max(0, budget - job.tokens),
    deadline_ms: deadline === null ? null : deadline - draft.now,
  };
}

/** Receipts whose time has come let go on who waited for them; says when the next one comes due. */
export function openDueReceipts(draft: Draft): number | null {
  for (const receipt of draft.select('receipt', 'awaited', 'awaited')) {
    if (!hasBegun(receipt, draft.now)) {
      return Math.min(Date.parse(receipt.valid_from), draft.now + LONGEST_WAIT_MS);
    }
    draft.edit('receipt', receipt.consent_receipt_id)!.awaited = false;
    if (!isGood(receipt, draft.now)) continue; // revoked, or over before anybody looked
    for (const session of sessionsOf(draft, receipt).filter(isStuck)) goOn(draft, session);
  }
  return null;
}
