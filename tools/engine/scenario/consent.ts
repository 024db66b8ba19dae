import { v5 } from 'uuid';
import type { ConsentReceipt, ProjectionPlan } from '../../generated/index.ts';
import { sha256 } from '../../text/index.ts';
import type { ActionOf } from './actions.ts';

const NAMESPACE = 'c9a1b3e0-5d1f-4c56-9a0e-0f6a6f2f3a11';

/** The id of a receipt that a scenario calls by a name. */
export const receiptId = (name: string): string => v5(`receipt:${name}`, NAMESPACE);

/** What somebody is shown, and what they agree to. */
export function papersOf(
  { receipt: name, scope, wp_id, for_ms, by }: ActionOf<'consent'>,
  session_ids: string[],
  now: number,
): { receipt: ConsentReceipt; plan: ProjectionPlan } {
  const at = new Date(now).toISOString();
  const projection_plan_id = v5(`plan:${name}`, NAMESPACE);
  const payload_sha256 = sha256(`what ${name} lets out`);
  const plan: ProjectionPlan = {
    schema_version: 'hsk.projection_plan@0.4',
    projection_plan_id,
    include_artifact_refs: [],
    include_fields: null,
    redactions_applied: [],
    max_bytes: 65_536,
    payload_sha256,
    created_at: at,
    job_id: null,
    wp_id: wp_id ?? null,
    mt_id: null,
  };
  const receipt: ConsentReceipt = {
    schema_version: 'hsk.consent_receipt@0.4',
    consent_receipt_id: receiptId(name),
    projection_plan_id,
    payload_sha256,
    approved: true,
    approved_at: at,
    user_id: by,
    ui_surface: null,
    notes: null,
    scope,
    session_ids,
    valid_from: at,
    valid_until: for_ms === undefined ? null : new Date(now + for_ms).toISOString(),
    revoked_at: null,
  };
  return { receipt, plan };
}
