import { ConsentReceipt, ProjectionPlan, type SessionMessage } from '../generated/index.ts';
import type { MailboxRow, MessageRow, PlanRow, ReceiptRow } from '../kernel/index.ts';
import type { ConsentRecord, MailboxMessage } from './api.ts';

export { sessionRecord } from '../kernel/index.ts';

const receiptFields = Object.keys(ConsentReceipt.shape) as (keyof ConsentReceipt)[];
const planFields = Object.keys(ProjectionPlan.shape) as (keyof ProjectionPlan)[];

const pick = <Wanted extends object>(row: Wanted, fields: readonly (keyof Wanted)[]): Wanted =>
  Object.fromEntries(fields.map((field) => [field, row[field]])) as Wanted;

/** A message with where it came from, if that was elsewhere. */
export const threadRecord = (row: MessageRow) => ({ ...messageRecord(row), provenance: row.provenance });

export function messageRecord({
  message_seq: _,
  provenance: __,
  activity_span_id: ___,
  ...message
}: MessageRow): SessionMessage {
  return message;
}

/** A letter without what only the store needs. */
export const letterRecord = ({
  inbox_seq: _,
  activity_span_id: __,
  announces: ___,
  ...letter
}: MailboxRow): MailboxMessage => letter;

export function consentRecord(receipt: ReceiptRow, plan: PlanRow): ConsentRecord {
  const { used_by_job_id, revoked_by, receipt_artifact_id, revocation_artifact_id } = receipt;
  return {
    receipt: pick<ConsentReceipt>(receipt, receiptFields),
    plan: pick<ProjectionPlan>(plan, planFields),
    ...{ used_by_job_id, revoked_by, receipt_artifact_id, revocation_artifact_id },
    plan_artifact_id: plan.plan_artifact_id,
  };
}
