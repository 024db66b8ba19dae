import type { ConsentReceipt, ProjectionPlan } from '../../generated/index.ts';
import { redact } from '../../text/index.ts';
import { Refused } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { PlanRow } from '../rows.ts';
import { storeArtifact } from '../spawn/announce.ts';
import { coverageKey, hasBegun, subjectOf } from './coverage.ts';
import { goOn, isStuck, sessionsOf } from './go-on.ts';
import { faultOf } from './judge.ts';

export interface Consent {
  receipt: ConsentReceipt;
  /** May be left out once an earlier receipt has brought it. */
  plan?: ProjectionPlan;
}

/**
 * A person has agreed to a plan (11.1.7.2). Receipt and plan become artifacts, and who waited for such a receipt goes
 * on at once. A receipt that would cover nothing is refused: it would only look like consent.
 */
export function consent(draft: Draft, given: Consent): { consent_receipt_id: string } {
  const receipt = redact(given.receipt); // notes and references are free text, and no place for secrets
  const { consent_receipt_id } = receipt;
  const { artifact_id: receipt_artifact_id } = storeArtifact(draft, receipt);
  const plan = planFor(draft, receipt, given.plan);
  const known = draft.get('receipt', consent_receipt_id);
  if (known?.receipt_artifact_id === receipt_artifact_id) return { consent_receipt_id };
  if (known) throw invalid(`receipt ${consent_receipt_id} is known with other content`);
  const fault = faultOf(receipt, plan, draft.now);
  if (fault) throw invalid(`receipt ${consent_receipt_id} ${fault}`);
  draft.put('plan', plan);
  const row = draft.put('receipt', {
    ...receipt,
    receipt_artifact_id,
    used_by_job_id: null,
    revoked_by: null,
    revocation_artifact_id: null,
    awaited: false,
  });
  for (const subject of subjectsOf(receipt, plan)) {
    draft.put('coverage', { key: coverageKey(subject, row), subject, consent_receipt_id });
  }
  for (const session of sessionsOf(draft, row).filter(isStuck)) {
    if (hasBegun(row, draft.now)) goOn(draft, session);
    else row.awaited = true;
  }
  return { consent_receipt_id };
}

const invalid = (message: string): Refused => new Refused('consent_invalid', message);

/** The plan that was agreed to. One id is one plan: a change after the fact must be seen (11.1.7.3). */
function planFor(draft: Draft, receipt: ConsentReceipt, given: ProjectionPlan | undefined): PlanRow {
  const id = given?.projection_plan_id ?? receipt.projection_plan_id;
  const known = draft.get('plan', id);
  if (!given) {
    if (known) return known;
    throw invalid(
      `receipt ${receipt.consent_receipt_id} is for plan ${id}, which is not known and did not come with it`,
    );
  }
  const plan = redact(given);
  const { artifact_id: plan_artifact_id } = storeArtifact(draft, plan);
  if (known && known.plan_artifact_id !== plan_artifact_id)
    throw invalid(`plan ${id} is known with other content`);
  return { ...plan, plan_artifact_id };
}

function subjectsOf({ scope, session_ids }: ConsentReceipt, { wp_id }: PlanRow): string[] {
  return scope === 'WP_SCOPED' ? [subjectOf.packet(wp_id!)] : session_ids.map(subjectOf.session);
}
