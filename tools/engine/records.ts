import { ConsentReceipt, ModelSession, ProjectionPlan, type SessionMessage } from '../generated/index.ts';
import type { MessageRow, PlanRow, ReceiptRow, SessionRow } from '../kernel/index.ts';
import type { ConsentRecord } from './api.ts';

const sessionFields = Object.keys(ModelSession.shape) as (keyof ModelSession)[];
const receiptFields = Object.keys(ConsentReceipt.shape) as (keyof ConsentReceipt)[];
const planFields = Object.keys(ProjectionPlan.shape) as (keyof ProjectionPlan)[];

const pick = <Wanted extends object>(row: Wanted, fields: readonly (keyof Wanted)[]): Wanted =>
  Object.fromEntries(fields.map((field) => [field, row[field]])) as Wanted;

/** The spec's record of a session, without what the engine keeps beside it. */
export function sessionRecord(row: SessionRow): ModelSession {
  return pick<ModelSession>(row, sessionFields);
}

export function messageRecord({ message_seq: _, provenance: __, ...message }: MessageRow): SessionMessage {
  return message;
}

export function consentRecord(receipt: ReceiptRow, plan: PlanRow): ConsentRecord {
  const { used_by_job_id, revoked_by, receipt_artifact_id, revocation_artifact_id } = receipt;
  return {
    receipt: pick<ConsentReceipt>(receipt, receiptFields),
    plan: pick<ProjectionPlan>(plan, planFields),
    ...{ used_by_job_id, revoked_by, receipt_artifact_id, revocation_artifact_id },
    plan_artifact_id: plan.plan_artifact_id,
  };
}
