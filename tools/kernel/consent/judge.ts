import type { ConsentReceipt } from '../../generated/index.ts';
import type { PlanRow } from '../rows.ts';

/** Why a receipt would cover nothing, in words that follow its id; null = it covers something (D-62). */
export function faultOf(receipt: ConsentReceipt, plan: PlanRow, now: number): string | null {
  const { scope, session_ids, valid_from, valid_until, revoked_at } = receipt;
  if (!receipt.approved) return 'is not approved, expected approved: true';
  if (revoked_at !== null) return `was revoked at ${revoked_at}, expected revoked_at: null`;
  if (receipt.projection_plan_id !== plan.projection_plan_id) {
    return `is for plan ${receipt.projection_plan_id}, and came with plan ${plan.projection_plan_id}`;
  }
  if (receipt.payload_sha256 !== plan.payload_sha256) {
    return `has payload_sha256 ${receipt.payload_sha256}, expected the plan's ${plan.payload_sha256}`;
  }
  if (valid_until !== null) {
    const end = Date.parse(valid_until);
    if (!(end >= Date.parse(valid_from))) return `ends at ${valid_until}, before it begins at ${valid_from}`;
    if (end < now) return `expired at ${valid_until}, expected a time from ${new Date(now).toISOString()} on`;
  }
  if (scope === 'WP_SCOPED') {
    return plan.wp_id === null ? `is WP_SCOPED, and plan ${plan.projection_plan_id} names no packet` : null;
  }
  return session_ids.length === 0 ? `lists no session, expected those that ${scope} is for` : null;
}
