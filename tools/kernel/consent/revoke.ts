import { ConsentReceipt } from '../../generated/index.ts';
import { redactText } from '../../text/index.ts';
import { Refused } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { JobRow, ReceiptRow, SessionRow } from '../rows.ts';
import { unhold } from '../schedule/enqueue.ts';
import { cancelJob } from '../session/ending.ts';
import { type Cause, settle } from '../session/settle.ts';
import { storeArtifact } from '../spawn/announce.ts';
import { actorOf } from '../spawn/cascade.ts';
import { consentFor, coverOf, lackConsent } from './coverage.ts';
import { goOn, sessionsOf } from './go-on.ts';

export interface RevokeConsent {
  consent_receipt_id: string;
  by: string;
}

/**
 * Consent is withdrawn (INV-CONSENT-003, D-16). Runs that rely on it are cancelled; their sessions are BLOCKED with
 * `consent` and keep what they were to do, so that another receipt lets them do it. A session with nothing to run
 * stays as it is, and will be asked when it has.
 */
export function revokeConsent(draft: Draft, { consent_receipt_id, ...given }: RevokeConsent): void {
  const stored = draft.get('receipt', consent_receipt_id);
  if (!stored) throw new Refused('receipt_not_found', `no receipt has the id ${consent_receipt_id}`);
  if (stored.revoked_at !== null) return;
  const by = redactText(given.by);
  const under = sessionsOf(draft, stored).map((session) => pending(draft, session, consent_receipt_id));
  const receipt = draft.edit('receipt', consent_receipt_id)!;
  receipt.revoked_at = draft.time;
  receipt.revoked_by = by;
  receipt.awaited = false;
  receipt.revocation_artifact_id = storeArtifact(draft, recordOf(receipt)).artifact_id;
  const cause = { actor: actorOf(by), reason: 'consent_revoked', policy_decision_id: consent_receipt_id };
  for (const work of under) withdraw(draft, work, cause, by);
}

/** The receipt as the spec has it, without what is kept beside it. */
function recordOf(receipt: ReceiptRow): ConsentReceipt {
  const fields = Object.keys(ConsentReceipt.shape) as (keyof ConsentReceipt)[];
  return Object.fromEntries(fields.map((field) => [field, receipt[field]])) as unknown as ConsentReceipt;
}

interface Pending {
  session: SessionRow;
  jobs: JobRow[];
}

/** Jobs that were dispatched under the receipt, and those that would be. */
function pending(draft: Draft, session: SessionRow, receipt_id: string): Pending {
  const jobs = draft.select('job', 'live', session.session_id).filter((job) => {
    if (job.backend !== 'cloud') return false;
    const next = job.state === 'running' ? undefined : consentFor(draft, session, job);
    return job.consent_receipt_id === receipt_id || next?.consent_receipt_id === receipt_id;
  });
  return { session, jobs };
}

/** A call that is under way was agreed to by this receipt alone; one that is yet to come may have another (D-62). */
function withdraw(
  draft: Draft,
  work: Pending,
  cause: Cause & { policy_decision_id: string },
  by: string,
): void {
  const bound = work.session.consent_receipt_id === cause.policy_decision_id;
  const jobs = work.jobs.filter((job) => job.state === 'running' || !consentFor(draft, work.session, job));
  if (!bound && jobs.length === 0) return;
  const session = draft.session(work.session.session_id);
  if (bound) {
    session.consent_receipt_id = null;
    session.projection_plan_id = null;
  }
  if (jobs.length === 0) return;
  if (jobs.some((job) => job.state === 'running')) {
    session.pause_reason = session.pause_requested; // its boundary has come (D-07)
    session.pause_requested = null;
  }
  for (const { job_id } of jobs) cancelJob(draft, session, draft.edit('job', job_id)!, cause, by);
  session.revoked_job_ids = [...session.revoked_job_ids, ...jobs.map((job) => job.job_id)];
  if (coverOf(draft, session)) {
    goOn(draft, session, cause);
    return;
  }
  lackConsent(draft, session);
  unhold(draft, session);
  settle(draft, session, cause);
}
