// Whom a receipt covers, and which receipt a call may be made under.
import type { Draft } from '../draft.ts';
import type { JobRow, ReceiptRow, SessionRow } from '../rows.ts';

/** The code that answers whoever wanted a call to the cloud without consent (4.3.9.14.4). */
export const CONSENT_MISSING = 'CX-MM-CONSENT-MISSING';

/** What of a session decides who covers it; a child's id is known before the child is (D-17). */
export type Covered = Pick<SessionRow, 'session_id' | 'wp_id'>;

export const subjectOf = {
  session: (id: string) => `session:${id}`,
  packet: (wp_id: string) => `packet:${wp_id}`,
};

/** Both ends belong to it: its time has come at `valid_from` and has not passed at `valid_until` (D-62). */
export function isGood(receipt: ReceiptRow, now: number): boolean {
  if (receipt.revoked_at !== null || !hasBegun(receipt, now)) return false;
  return receipt.valid_until === null || now <= Date.parse(receipt.valid_until);
}

export const hasBegun = (receipt: ReceiptRow, now: number): boolean => now >= Date.parse(receipt.valid_from);

/** Every receipt that may still serve for a new call of this session, in the order of their issue. */
function covering(draft: Draft, { session_id, wp_id }: Covered): ReceiptRow[] {
  const subjects = [subjectOf.session(session_id)];
  if (wp_id !== null) subjects.push(subjectOf.packet(wp_id));
  const rows = subjects.flatMap((subject) => draft.select('coverage', 'subject', subject));
  return rows.map((row) => draft.get('receipt', row.consent_receipt_id)!);
}

/** The receipt for a new call. One that serves for one call only is spent last. */
export function coverOf(draft: Draft, session: Covered): ReceiptRow | undefined {
  const good = covering(draft, session).filter((receipt) => isGood(receipt, draft.now));
  return good.find((receipt) => receipt.scope !== 'SINGLE_CALL') ?? good[0];
}

/** The receipt for the next call of a job: the one it was dispatched under as long as that is good, else another. */
export function consentFor(draft: Draft, session: SessionRow, job: JobRow): ReceiptRow | undefined {
  const own = boundReceipt(draft, job);
  if (own && (own.scope !== 'SINGLE_CALL' || !heardMore(session))) return own;
  return coverOf(draft, session);
}

/** The receipt that a job was dispatched under, if it is still good. */
export function boundReceipt(draft: Draft, job: JobRow): ReceiptRow | undefined {
  if (job.consent_receipt_id === null) return undefined;
  const receipt = draft.get('receipt', job.consent_receipt_id)!;
  return isGood(receipt, draft.now) ? receipt : undefined;
}

/** A retry is the same call only with the same payload (D-62); what came in since the dispatch would be sent too. */
const heardMore = (session: SessionRow): boolean =>
  session.unread_thread || session.inbox_seq > session.inbox_cursor;

/** A session cannot go on without consent. A receipt whose time has not come yet is waited for. */
export function lackConsent(draft: Draft, session: SessionRow): void {
  session.consent_missing = true;
  for (const receipt of covering(draft, session)) {
    if (receipt.revoked_at === null && !hasBegun(receipt, draft.now)) {
      draft.edit('receipt', receipt.consent_receipt_id)!.awaited = true;
    }
  }
}

/** The call of one job has used up a receipt: from now on it serves for that job and for nothing else (D-62). */
export function useUp(draft: Draft, consent_receipt_id: string, { job_id }: JobRow): void {
  const receipt = draft.edit('receipt', consent_receipt_id)!;
  receipt.used_by_job_id = job_id;
  for (const id of receipt.session_ids) draft.remove('coverage', coverageKey(subjectOf.session(id), receipt));
}

export const coverageKey = (subject: string, receipt: Pick<ReceiptRow, 'consent_receipt_id'>): string =>
  JSON.stringify([subject, receipt.consent_receipt_id]);
